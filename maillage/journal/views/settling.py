"""What synchronization brought and a person must settle: the list, and two versions of an entry side by side."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from maillage.core.errors import Refused, require
from maillage.core.text import as_number
from maillage.journal.comparison import OURS, THEIRS, Difference, differences_of, joined
from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, draft_of
from maillage.journal.enums import OperationKind, SiblingOutcome
from maillage.journal.models import Entry, Sibling
from maillage.journal.permissions import can_bring_file, can_read_note, can_settle
from maillage.journal.queries import to_settle_by, with_details, writes_a_journal
from maillage.journal.services import DraftRefused, EditedMeanwhile, IdentitySuspected, settle_sibling
from maillage.journal.settling import parts_of, why_compared
from maillage.journal.wording import lines_of
from maillage.programs.permissions import roles_in

from .quarantine import accept_held

OUTCOMES = {"keep": SiblingOutcome.KEPT, "take": SiblingOutcome.TAKEN, "merge": SiblingOutcome.MERGED}


@require_http_methods(["GET", "POST"])
def to_settle(request: HttpRequest) -> HttpResponse:
    """« À régler »: one's own, and one's team's for whoever coordinates, who may write at once all that is held."""
    if request.method == "POST" and writes_a_journal(request):
        return _all_held(request)
    parts = parts_of(request.user)
    if not parts and not writes_a_journal(request):
        raise Http404
    validates = to_settle_by(request.user).held > 0
    shown = {"parts": parts, "validates": validates, "brings_file": bool(can_bring_file(request.user))}
    return render(request, "journal/settling/list.html", shown)


def _all_held(request: HttpRequest) -> HttpResponse:
    done, left = accept_held(request)
    if done:
        said = ngettext("%d envoi est maintenant inscrit.", "%d envois sont maintenant inscrits.", done)
        messages.success(request, said % done)
    if left:
        said = ngettext(
            "%d envoi demande à être ouvert : une règle le refuse, ou l'intervention a changé.",
            "%d envois demandent à être ouverts : une règle les refuse, ou l'intervention a changé.",
            left,
        )
        messages.warning(request, said % left)
    return redirect("journal:to_settle")


@require_http_methods(["GET", "POST"])
def reconcile(request: HttpRequest, uid: str) -> HttpResponse:
    """An entry and the version that waits beside it: keep one, take the other, or choose field by field."""
    found = Sibling.objects.visible_to(request.user).select_related("made_by", "operation__device")
    sibling = get_object_or_404(found, uid=uid)
    sibling.entry = with_details(Entry.objects.all()).get(pk=sibling.entry_id)
    if request.method == "GET":
        return _compared(request, sibling)
    require(can_settle(request.user, sibling))
    chosen = {name.removeprefix("pick-"): side for name, side in request.POST.items() if name.startswith("pick-")}
    try:
        return _settled(request, sibling, chosen)
    except DraftRefused as refusal:
        sentences = [problem.sentence for problem in refusal.problems]
        return _compared(request, sibling, chosen, sentences, status=400)
    except IdentitySuspected as refusal:
        sentences = [f"« {finding.passage} » : {finding.sentence}" for finding in refusal.findings]
        return _compared(request, sibling, chosen, sentences, status=400)
    except EditedMeanwhile as refusal:
        sibling.entry = with_details(Entry.objects.all()).get(pk=sibling.entry_id)
        return _compared(request, sibling, {}, [str(refusal)], status=409)
    except Refused as refusal:
        sibling.refresh_from_db(fields=["settled_at", "settled_by_id", "outcome"])
        return _compared(request, sibling, chosen, [str(refusal)], status=409)


def _settled(request: HttpRequest, sibling: Sibling, chosen: dict[str, str]) -> HttpResponse:
    outcome = OUTCOMES.get(request.POST.get("do", ""))
    if outcome is None:
        raise Refused(_("Choisissez une des deux versions, ou réunissez-les."))
    draft = None
    if outcome == SiblingOutcome.MERGED and sibling.kind != OperationKind.DELETE:
        differences = _differences(sibling, with_note=True)
        if any(chosen.get(one.name) not in (OURS, THEIRS) for one in differences):
            raise Refused(_("Il reste une différence sans choix : pour chacune, choisissez une des deux versions."))
        draft = joined(_ours(sibling), _theirs(sibling), {one.name: chosen[one.name] for one in differences})
    revision = as_number(request.POST.get("revision")) or 0
    entry = settle_sibling(actor=request.user, sibling=sibling, revision=revision, outcome=outcome, draft=draft)
    if entry.deleted_at is not None:
        if outcome == SiblingOutcome.TAKEN:
            return redirect("journal:deleted", uid=entry.uid)
        messages.success(request, _("C'est réglé : l'intervention reste supprimée."))
        return redirect("journal:to_settle")
    said = {
        SiblingOutcome.KEPT: _("C'est réglé : la version inscrite est gardée."),
        SiblingOutcome.TAKEN: _("C'est réglé : l'autre version est maintenant inscrite."),
        SiblingOutcome.MERGED: _("C'est réglé : les deux versions sont réunies."),
    }
    messages.success(request, said[outcome])
    return redirect("journal:entry", uid=entry.uid)


def _compared(
    request: HttpRequest,
    sibling: Sibling,
    chosen: dict[str, str] | None = None,
    sentences: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    entry, actor = sibling.entry, request.user
    roles = roles_in(actor, entry.program)
    with_note = bool(can_read_note(actor, entry, roles))
    context = DraftContext.of_entry(entry)
    is_deletion, is_deleted = sibling.kind == OperationKind.DELETE, entry.deleted_at is not None
    differences = [] if is_deletion or is_deleted else _differences(sibling, with_note)
    for one in differences:
        one.chosen = (chosen or {}).get(one.name, one.chosen)
    different = {change.field for one in differences for change in one.changes}
    stays = _theirs(sibling) if is_deleted and not is_deletion else _ours(sibling)
    shown = {
        "sibling": sibling,
        "entry": entry,
        "sent": sibling.operation,
        "why": why_compared(sibling),
        "differences": differences,
        "same": [line for line in lines_of(stays, context, with_note) if line.field not in different],
        "is_deletion": is_deletion,
        "is_deleted": is_deleted,
        "last": entry.revisions.first(),
        "sentences": sentences or [],
        "refusal": can_settle(actor, sibling, roles).reason,
    }
    return render(request, "journal/settling/reconcile.html", shown, status=status)


def _differences(sibling: Sibling, with_note: bool) -> list[Difference]:
    entry = sibling.entry
    kept = entry.revisions.filter(revision=sibling.base).first()
    base = EntryDraft.from_json(kept.content) if kept else _ours(sibling) if entry.revision == sibling.base else None
    context = DraftContext.of_entry(entry)
    return differences_of(_ours(sibling), _theirs(sibling), base and _plain(base), context, with_note)


def _ours(sibling: Sibling) -> EntryDraft:
    return _plain(draft_of(sibling.entry))


def _theirs(sibling: Sibling) -> EntryDraft:
    return _plain(EntryDraft.from_json(sibling.content))


def _plain(draft: EntryDraft) -> EntryDraft:
    """The draft with what is computed when it is written: two versions that would be the same entry read the same."""
    return draft.with_(persons_referred=draft.distinct_referred, mrc_id=None if draft.site_id else draft.mrc_id)
