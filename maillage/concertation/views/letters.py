"""Letters of a group: the list, composing, finishing, sending once, and what anybody reads."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.community.letters import kept_sections, letters_of, next_span
from maillage.concertation.community.news import KINDS
from maillage.concertation.forms.letters import LetterForm, NewLetterForm, lines_said, lines_shown
from maillage.concertation.models import Newsletter
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import GroupSeen, as_seen, group_seen
from maillage.concertation.services.initiatives import WrittenMeanwhile
from maillage.concertation.services.newsletters import (
    compose_letter,
    discard_letter,
    edit_letter,
    send_letter,
    show_letter,
)
from maillage.core.errors import Refused, require

PER_PAGE = 25


@require_safe
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters of a group, the latest first."""
    seen = group_seen(request, slug)
    page = Paginator(letters_of(seen), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "concertation/community/letters.html", {"seen": seen, "tab": "group", "page": page})


@require_http_methods(["GET", "POST"])
def letter_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Compose a letter from what is new; proposed since the last one."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    start, end = next_span(seen.group)
    initial = {"start": start, "end": end, "title": _("Nouvelles de {group}").format(group=seen.group.name)[:200]}
    form = NewLetterForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            made = compose_letter(actor=request.user, group=seen.group, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("concertation:letter_edit", made.uid)
    shown = {"seen": seen, "tab": "group", "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "concertation/community/letter_new.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def letter_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Finish a letter: opening words, which lines are kept and in which words; throw it away (`do=discard`)."""
    found, seen = _letter_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    if found.sent_at is not None:
        return redirect("concertation:letter", uid)
    if request.method == "GET":
        return _form(request, found, seen, LetterForm(instance=found))
    if request.POST.get("do") == "discard":
        discard_letter(actor=request.user, letter=found)
        messages.success(request, _("Le brouillon est jeté."))
        return redirect("concertation:letters", seen.group.slug)
    form, status = LetterForm(request.POST, instance=Newsletter.objects.get(pk=found.pk)), 422
    if form.is_valid():
        said = {"seen": request.POST.get("seen", ""), "lines": lines_said(found, request.POST)}
        try:
            edit_letter(actor=request.user, letter=found, **said, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409 if isinstance(refused, WrittenMeanwhile) else 422
        else:
            return redirect("concertation:letter", uid)
    return _form(request, found, seen, form, status)


@require_safe
def letter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A letter as its readers see it: the preview of a draft, or what was sent."""
    found, seen = _letter_seen(request, uid)
    return render(request, "concertation/community/letter.html", _shown(found, seen))


@require_POST
def letter_send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a letter to the members, once."""
    found, seen = _letter_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    try:
        count = send_letter(actor=request.user, letter=found)
    except Refused as refused:
        shown = {**_shown(found, seen), "problem": str(refused)}
        return render(request, "concertation/community/letter.html", shown, status=409)
    said = ngettext("L'infolettre part à %d membre.", "L'infolettre part à %d membres.", count) % count
    messages.success(request, said)
    return redirect("concertation:letter", uid)


@require_POST
def letter_show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let everybody read the public lines of a letter, or keep it in the group."""
    found, _seen = _letter_seen(request, uid)
    show_letter(actor=request.user, letter=found, public=request.POST.get("do") == "show")
    return redirect("concertation:letter", uid)


@login_not_required
@require_safe
def letter_public(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What anybody reads of a letter: its opening words and the lines whose pages are public."""
    known = Newsletter.objects.filter(is_public=True, sent_at__isnull=False, group__is_public=True)
    found = get_object_or_404(known.select_related("group"), uid=uid)
    shown = {"letter": found, "sections": kept_sections(found, public_only=True)}
    return render(request, "concertation/community/letter_public.html", shown)


def _letter_seen(request: HttpRequest, uid: UUID) -> tuple[Newsletter, GroupSeen]:
    """A letter of the groups that the person sees; a draft, only for who animates; 404 for any other."""
    found = get_object_or_404(Newsletter.objects.visible_to(request.user).select_related("group"), uid=uid)
    seen = as_seen(request.user, found.group)
    if found.sent_at is None and not seen.animates:
        raise Http404
    return found, seen


def _shown(found: Newsletter, seen: GroupSeen) -> dict[str, Any]:
    return {
        "seen": seen,
        "tab": "group",
        "letter": found,
        "sections": kept_sections(found),
        "readers": found.group.members.current().count() if found.sent_at is None else 0,
        "problem": "",
    }


def _form(
    request: HttpRequest, found: Newsletter, seen: GroupSeen, form: LetterForm, status: int = 200
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    sections = [{**section, "label": KINDS.get(section["kind"], "")} for section in lines_shown(found, sent)]
    shown = {
        "seen": seen,
        "tab": "group",
        "letter": found,
        "form": form,
        "sections": sections,
        "revision": found.updated_at.isoformat(),
        "moved": status == 409,
    }
    return render(request, "concertation/community/letter_form.html", shown, status=status)
