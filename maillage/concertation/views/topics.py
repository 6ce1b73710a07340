"""The themes of a group, kept by its animation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.concertation.community.permissions import can_keep_topics
from maillage.concertation.forms.questions import TopicForm
from maillage.concertation.models import Topic
from maillage.concertation.queries import GroupSeen, group_seen
from maillage.concertation.services.topics import save_topic
from maillage.core.errors import require
from maillage.core.text import as_number


@require_http_methods(["GET", "POST"])
def topics(request: HttpRequest, slug: str) -> HttpResponse:
    """The themes with how often each served; name one, rename, retire or take up one (`do`, `topic`)."""
    seen = group_seen(request, slug)
    require(can_keep_topics(request.user, seen.group, seen.member))
    form = TopicForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if request.POST.get("topic"):
            return _change(request, seen)
        if form.is_valid():
            try:
                save_topic(actor=request.user, group=seen.group, name=form.cleaned_data["name"])
            except ValidationError:
                form.add_error("name", _("Le groupe a déjà ce thème."))
            else:
                messages.success(request, _("Le thème est ajouté."))
                return redirect("concertation:topics", slug)
    return _shown(request, seen, form)


def _change(request: HttpRequest, seen: GroupSeen) -> HttpResponse:
    pk = as_number(request.POST["topic"])
    if pk is None:
        raise Http404
    topic = get_object_or_404(Topic, pk=pk, group=seen.group)
    do = request.POST.get("do")
    if do in ("retire", "take_up"):
        save_topic(actor=request.user, group=seen.group, topic=topic, is_retired=do == "retire")
        return redirect("concertation:topics", seen.group.slug)
    form = TopicForm(request.POST, instance=Topic.objects.get(pk=pk))
    if form.is_valid():
        try:
            save_topic(actor=request.user, group=seen.group, topic=topic, name=form.cleaned_data["name"])
        except ValidationError:
            form.add_error("name", _("Le groupe a déjà ce thème."))
        else:
            messages.success(request, _("Le thème est renommé."))
            return redirect("concertation:topics", seen.group.slug)
    messages.error(request, " ".join(str(error) for error in form.errors.get("name", [])))
    return _shown(request, seen, TopicForm(), 422)


def _shown(request: HttpRequest, seen: GroupSeen, form: TopicForm, status: int = 200) -> HttpResponse:
    found = Topic.objects.filter(group=seen.group).annotate(
        question_count=Count("questions", distinct=True), knowing_count=Count("practice_areas", distinct=True)
    )
    shown = {"seen": seen, "tab": "questions", "topics": found.order_by("is_retired", "name", "id"), "form": form}
    return render(request, "concertation/community/topics.html", shown, status=422 if form.errors else status)
