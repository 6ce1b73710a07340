"""« Besoins sans réponse »: the board, the evidence behind a figure, and the needs that are raised."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.journal.enums import RaisedState
from maillage.journal.models import RaisedNeed, Referral
from maillage.journal.permissions import can_answer_need, can_raise_need
from maillage.journal.queries import team_programs
from maillage.journal.services import IdentitySuspected, answer_need, raise_need
from maillage.journal.unmet.asking import UnmetAsked, board_program, need_name, place_name
from maillage.journal.unmet.counting import board_of
from maillage.journal.unmet.kinds import KIND, UnmetKind
from maillage.journal.unmet.offer import territories_without_service

PER_PAGE = 25
WITH = ("entry__mrc", "need", "destination", "organization", "service__organization")


def _asked(request: HttpRequest, *, of_team: bool = False) -> UnmetAsked:
    """What is asked of the board of a programme that the person belongs to; of its team alone where evidence stands."""
    program, exact = board_program(request)
    if program is None or (of_team and not exact):
        raise Http404
    return UnmetAsked(program, request.GET, exact)


def _shown(asked: UnmetAsked, actor: Any) -> dict[str, Any]:
    return {
        "program": asked.program,
        "asked": asked,
        "applied": asked.applied(),
        "problems": asked.problems,
        "query": asked.address(),
        "clear": asked.address(annee="", du="", au="", besoin="", mrc="", quoi=""),
        "raises": bool(can_raise_need(actor, asked.program)),
    }


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The board of the programme: exact with its evidence for the team, protected for its other members."""
    asked = _asked(request)
    shown = _shown(asked, request.user)
    found = board_of(asked)
    mrcs = [asked.mrcs[asked.mrc]] if asked.mrc in asked.mrcs else list(asked.mrcs.values())
    lacking = territories_without_service(asked.needs, mrcs)
    names = {one.pk: one.name for one in mrcs}
    without = []
    for code, places in (lacking or {}).items():
        if places and code != "other" and (not asked.need or code == asked.need):
            everywhere = len(places) == len(mrcs)
            raising = asked.address(besoin=code, mrc="" if everywhere or len(places) > 1 else _code(asked, places))
            without.append((asked.needs[code], [] if everywhere else sorted(names[one] for one in places), raising))
    shown |= {"board": found, "without": without, "knows_services": lacking is not None}
    shown |= {"needs": asked.needs.values(), "mrcs": asked.mrcs.values(), "kinds": UnmetKind.choices}
    return render(request, "journal/unmet/board.html", shown)


def _code(asked: UnmetAsked, places: frozenset[int]) -> str:
    return next(one.code for one in asked.mrcs.values() if one.pk in places)


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """The referrals that a figure of the board counts, each with its entry; for the team."""
    asked = _asked(request, of_team=True)
    found = asked.referrals().select_related(*WITH).order_by("-entry__date", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(referral, UnmetKind(referral.unmet).label) for referral in page]
    return render(request, "journal/unmet/evidence.html", _shown(asked, request.user) | {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request: HttpRequest) -> HttpResponse:
    """Raise the need that the filters describe, in one sentence that a group will read."""
    asked = _asked(request, of_team=True)
    require(can_raise_need(request.user, asked.program))
    shown = _shown(asked, request.user) | {"evidence": asked.referrals().count(), "statement": _statement(asked)}
    if request.method != "POST":
        return render(request, "journal/unmet/raise.html", shown)
    shown["statement"] = request.POST.get("statement", "")
    try:
        need = raise_need(actor=request.user, asked=asked, statement=shown["statement"])
    except NotAllowed:
        raise
    except IdentitySuspected as refusal:
        seen = [f"« {one.passage} » : {one.sentence}" for one in refusal.findings]
        shown["sentences"] = [*seen, _("Ce besoin sera lu hors de l'équipe : dites-le sans nommer personne.")]
    except ValidationError as error:
        shown["sentences"] = error.messages
    except Refused as refusal:
        shown["sentences"] = [str(refusal)]
    else:
        messages.success(request, _("Le besoin est porté : un groupe peut maintenant s'en saisir."))
        return redirect("journal:raised_need", uid=need.uid)
    return render(request, "journal/unmet/raise.html", shown, status=422)


def _statement(asked: UnmetAsked) -> str:
    """A first sentence, which the coordinator makes theirs."""
    need = need_name(asked.needs.get(asked.need)) if asked.need else ""
    place = place_name(asked.mrcs.get(asked.mrc)) if asked.mrc else asked.program.territory
    if not need:
        return ""
    return _("%(need)s : des personnes référées restent sans réponse (%(place)s).") % {"need": need, "place": place}


@require_safe
def raised(request: HttpRequest) -> HttpResponse:
    """The needs that were raised in the programme, the newest first."""
    asked = _asked(request)
    found = RaisedNeed.objects.visible_to(request.user).filter(program=asked.program).select_related("need", "division")
    page = Paginator(found.order_by("-raised_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/unmet/raised_list.html", _shown(asked, request.user) | {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def raised_one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A raised need: its sentence and figure for everybody in the programme, its evidence for the team."""
    seen = RaisedNeed.objects.visible_to(request.user).select_related("need", "division", "program")
    need = get_object_or_404(seen, uid=uid)
    if request.method == "POST":
        answer_need(actor=request.user, need=need, state=request.POST.get("state", ""))
        messages.success(request, _("C'est noté."))
        return redirect("journal:raised_need", uid=need.uid)
    exact = request.user.is_administrator or need.program_id in team_programs(request)
    shown = {"need": need, "exact": exact, "raises": bool(can_answer_need(request.user, need))}
    request.shown_need = need  # type: ignore[attr-defined]
    shown["states"] = [choice for choice in RaisedState.choices if choice[0] != need.state]
    if exact:
        shown |= _evidence_of(need, request.GET.get("page"))
    return render(request, "journal/unmet/raised.html", shown)


def _evidence_of(need: RaisedNeed, number: str | None) -> dict[str, Any]:
    """The referrals that stood behind the need when it was raised, as they stand now."""
    found = Referral.objects.filter(raised_needs=need, entry__deleted_at=None).annotate(unmet=KIND)
    page = Paginator(found.select_related(*WITH).order_by("-entry__date", "-pk"), PER_PAGE).get_page(number)
    return {"page": page, "lines": [(referral, referral.get_state_display()) for referral in page]}
