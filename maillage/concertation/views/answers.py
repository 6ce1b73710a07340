"""One answer: corrected, taken back, said to have helped."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.concertation.community.permissions import can_correct
from maillage.concertation.forms.questions import AnswerForm
from maillage.concertation.models import Answer, Question
from maillage.concertation.queries import GroupSeen, as_seen
from maillage.concertation.services.questions import edit_answer, say_helped, withdraw_answer
from maillage.core.errors import require


@require_http_methods(["GET", "POST"])
def answer_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct an answer, or take it back (`do=withdraw`)."""
    found, seen = _answer_seen(request, uid)
    require(can_correct(request.user, seen.group, found.answered_by, seen.member))
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        withdraw_answer(actor=request.user, answer=found)
        messages.success(request, _("La réponse est retirée."))
        return redirect("concertation:question", found.question.uid)
    form = AnswerForm(request.POST if request.method == "POST" else None, instance=Answer.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        try:
            edit_answer(actor=request.user, answer=found, text=form.cleaned_data["text"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("La réponse est enregistrée."))
            return redirect("concertation:question", found.question.uid)
    shown = {"seen": seen, "tab": "questions", "form": form, "question": found.question, "answer": found}
    status = 422 if request.method == "POST" else 200
    return render(request, "concertation/community/answer_form.html", shown, status=status)


@require_POST
def answer_helped(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that an answer helped, or take that back."""
    found, _seen = _answer_seen(request, uid)
    say_helped(actor=request.user, answer=found, helped=request.POST.get("do") != "no")
    return redirect("concertation:question", found.question.uid)


def _answer_seen(request: HttpRequest, uid: UUID) -> tuple[Answer, GroupSeen]:
    seen = Question.objects.visible_to(request.user).order_by().values("pk")
    known = Answer.objects.filter(question__in=seen).select_related("question__group", "answered_by__person")
    found = get_object_or_404(known, uid=uid)
    return found, as_seen(request.user, found.question.group)
