"""Writes what came of a project: coded, told, by whom it is said, and what it rests on."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.models import Meeting
from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.journal.models import Entry
from maillage.projects.enums import ProofKind
from maillage.projects.identities import names_of, refuse_identities
from maillage.projects.models import Activity, Project, ProjectDocument, Proof, Result
from maillage.projects.permissions import can_edit_project, can_edit_result, can_feed_project

TOLD, EDITED, REMOVED = "projects.result_told", "projects.result_edited", "projects.result_removed"
SHOWN, DROPPED = "projects.proof_added", "projects.proof_dropped"
MOST, MOST_PROOFS = 500, 40  # results of a project, proofs of a result


@transaction.atomic
def add_result(*, actor: Any, project: Project, values: Mapping[str, Any]) -> Result:
    """Tell what came of a project: `effect`, `statement`, `story`, `told_as`, `observed_on`, `is_public`.

    Raises `NotAllowed`, `Refused` or `ValidationError` with sentences.
    """
    require(can_feed_project(actor, project))
    if Result.objects.filter(project=project).count() >= MOST:
        raise Refused(_("Ce projet a déjà {most} retombées : réunissez celles qui se ressemblent.").format(most=MOST))
    said = _checked(actor, project, values)
    made = Result(project=project, added_by_label=str(actor)[:200])
    return write(actor=actor, obj=made, values=said, new=TOLD, changed=EDITED).obj


@transaction.atomic
def edit_result(*, actor: Any, result: Result, values: Mapping[str, Any]) -> Result:
    """Change what is told."""
    held = Result.objects.select_for_update(of=("self",)).select_related("project").get(pk=result.pk)
    require(can_edit_result(actor, held))
    said = _checked(actor, held.project, values)
    return write(actor=actor, obj=held, values=said, new=TOLD, changed=EDITED).obj


@transaction.atomic
def remove_result(*, actor: Any, result: Result) -> None:
    """Take a result away, with what it rested on."""
    require(can_edit_result(actor, result))
    audit(actor=actor, verb=REMOVED, obj=result)
    Result.objects.filter(pk=result.pk).delete()


@transaction.atomic
def add_proof(
    *,
    actor: Any,
    result: Result,
    words: str = "",
    url: str = "",
    meeting: Meeting | None = None,
    entry: Entry | None = None,
    document: ProjectDocument | None = None,
    activity: Activity | None = None,
) -> list[Proof]:
    """Say what `result` rests on, one piece for each thing given; `words` say of each what it shows.

    Raises `NotAllowed`, `Refused` (nothing given, too much, what is not the project's or not the person's to read), or
    `ValidationError`.
    """
    held = Result.objects.select_for_update(of=("self",)).select_related("project").get(pk=result.pk)
    require(can_feed_project(actor, held.project))
    if any(given is not None and given.project_id != held.project_id for given in (document, activity)):
        raise Refused(_("Ce document ou cette activité n'est pas de ce projet."))
    if meeting is not None and not Meeting.objects.visible_to(actor).filter(pk=meeting.pk).exists():
        raise Refused(_("Vous ne voyez pas cette rencontre."))
    if entry is not None and not Entry.objects.visible_to(actor).filter(pk=entry.pk).exists():
        raise Refused(_("Aucune intervention que vous lisez n'a cette adresse."))
    said = " ".join(words.split())
    refuse_identities({"words": said}, known=lambda: names_of(held.project), confirmed=None)
    pieces: list[tuple[str, dict[str, Any]]] = [
        (ProofKind.MEETING, {"meeting": meeting}),
        (ProofKind.ENTRY, {"entry": entry}),
        (ProofKind.DOCUMENT, {"document": document}),
        (ProofKind.ACTIVITY, {"activity": activity}),
        (ProofKind.ADDRESS, {"url": url.strip()}),
    ]
    given = [(kind, piece) for kind, piece in pieces if any(piece.values())]
    if not given:
        raise Refused(_("Donnez au moins une chose qui montre ce qui a changé."))
    if held.proofs.count() + len(given) > MOST_PROOFS:
        raise Refused(_("Cette retombée a déjà beaucoup de preuves : retirez-en avant d'en ajouter."))
    return [_proof(actor, held, kind, piece, said) for kind, piece in given]


@transaction.atomic
def drop_proof(*, actor: Any, proof: Proof) -> None:
    """Take a proof away."""
    require(can_feed_project(actor, proof.result.project))
    audit(actor=actor, verb=DROPPED, obj=proof.result, changes={"kind": [proof.kind, None]})
    Proof.objects.filter(pk=proof.pk).delete()


def _proof(actor: Any, result: Result, kind: str, piece: dict[str, Any], words: str) -> Proof:
    same = Proof.objects.filter(result=result, kind=kind, **piece).order_by("id").first()
    if same is not None:
        return same
    proof = Proof(result=result, kind=kind, words=words, **piece)
    proof.full_clean()
    proof.save()
    audit(actor=actor, verb=SHOWN, obj=result, changes={"kind": [None, kind]})
    return proof


def _checked(actor: Any, project: Project, values: Mapping[str, Any]) -> dict[str, Any]:
    said = {**values, "statement": " ".join(str(values.get("statement", "")).split())}
    if said.get("is_public"):
        require(can_edit_project(actor, project))
    texts = {"statement": said["statement"], "story": said.get("story") or ""}
    refuse_identities(texts, known=lambda: names_of(project), confirmed=None)
    day = said.get("observed_on")
    if day is not None and day > timezone.localdate():
        raise ValidationError({"observed_on": _("Une retombée s'observe au plus tard aujourd'hui.")})
    return said
