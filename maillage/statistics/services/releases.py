"""The life of a release: prepared, looked at, published for ever or discarded; corrected or withdrawn later."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.programs.models import Program
from maillage.statistics import periods
from maillage.statistics.definitions import ORDER
from maillage.statistics.enums import AreaLevel, ReleaseState
from maillage.statistics.models import Release
from maillage.statistics.permissions import can_release
from maillage.statistics.release import calendar, refusals
from maillage.statistics.release.attack import attack, report
from maillage.statistics.release.former import released
from maillage.statistics.release.frozen import digest
from maillage.statistics.release.judgement import policy_of
from maillage.statistics.release.prepare import prepare as make
from maillage.statistics.release.prepare import says, state_of, truth
from maillage.statistics.release.state import Asked


def prepare(
    *,
    actor: Any,
    program: Program,
    period: str,
    start: date | None = None,
    title: str = "",
    levels: Sequence[str] = (AreaLevel.WHOLE, AreaLevel.MRC),
    tables: Sequence[str] = (),
    correction_of: Release | None = None,
    note: str = "",
) -> Release:
    """A draft: the figures counted, judged, protected with all that was published before, and attacked.

    `period` is a `PeriodKind`, `start` its first day (not needed for the whole programme); `tables` are ids, all when
    empty. `correction_of` is the release in force that this one would take the place of: same period, `note` says
    what it corrects. Nothing is written before all is computed. `Refused`, with what to do, otherwise.
    """
    require(can_release(actor, program))
    asked = _asked(program, period, start, levels, tables)
    _correctable(correction_of, program, asked, note)
    draft = _computed(asked)
    draft.title, draft.period, draft.note = title.strip() or _title(program, asked, period), period, note.strip()
    draft.prepared_by = actor if getattr(actor, "pk", None) else None
    with transaction.atomic():
        draft.number, draft.version = _number(program, correction_of)
        draft.full_clean()
        draft.save()
        audit(actor=actor, verb="statistics.release_prepared", obj=draft, changes={"digest": [None, draft.digest]})
    return draft


def _computed(asked: Asked) -> Release:
    """The release as it would be published, attacked once; nothing is written."""
    policy = policy_of(asked.program)
    former = released(asked.program.pk, asked.months)
    made = make(asked, policy, former)
    draft = Release(
        program=asked.program,
        start=asked.bounds[0],
        end=asked.bounds[1],
        levels=list(asked.levels),
        tables=list(asked.tables),
        content=made.content,
        digest=digest(made.content),
        ledger=made.ledger,
        findings=made.findings,
        policy=policy.as_json(),
    )
    found = attack(draft, others=former)
    if found.exposed:
        raise Refused(refusals.exposed(len(found.exposed)))
    draft.attack = report(found, draft)
    return draft


def publish(*, actor: Any, release: Release) -> Release:
    """Publish a draft for ever, if nothing changed since it was prepared and an outsider's attack finds nothing."""
    _seen(actor, release)
    if release.state != ReleaseState.DRAFT:
        raise Refused(_("Cette publication n'est plus un brouillon."))
    former = released(release, calendar.months_between(release.start, release.end))
    _unchanged(release, former)
    found = attack(release, others=former)
    if found.exposed:
        raise Refused(refusals.exposed(len(found.exposed)))
    with transaction.atomic():
        held = Release.objects.select_for_update().get(pk=release.pk)
        if held.state != ReleaseState.DRAFT or held.digest != release.digest:
            raise Refused(_("Cette publication n'est plus un brouillon."))
        _same_forerunners(held, released(held, calendar.months_between(held.start, held.end)))
        before = Release.objects.filter(
            program=held.program_id, number=held.number, state=ReleaseState.PUBLISHED
        ).first()
        if before:
            before.state = ReleaseState.SUPERSEDED
            before.save(update_fields=["state"])
            audit(actor=actor, verb="statistics.release_superseded", obj=before, changes=_state(before))
        held.state, held.published_at = ReleaseState.PUBLISHED, timezone.now()
        held.published_by = actor if getattr(actor, "pk", None) else None
        held.attack = report(found, held)
        held.full_clean()
        held.save()
        audit(actor=actor, verb="statistics.release_published", obj=held, changes={"digest": [None, held.digest]})
    return held


@transaction.atomic
def discard(*, actor: Any, release: Release) -> None:
    """Throw a draft away. What was published is never erased."""
    _seen(actor, release)
    held = Release.objects.select_for_update().get(pk=release.pk)
    if held.state != ReleaseState.DRAFT:
        raise Refused(_("Ce qui a été publié ne s'efface pas : retirez la publication, ou publiez une correction."))
    audit(actor=actor, verb="statistics.release_discarded", obj=held, changes={"title": [held.title, None]})
    held.delete()


@transaction.atomic
def withdraw(*, actor: Any, release: Release, reason: str) -> Release:
    """Put a release in force forward no more: its page says why and shows no figure any longer.

    It goes on protecting later releases: what was read cannot be unread.
    """
    _seen(actor, release)
    held = Release.objects.select_for_update().get(pk=release.pk)
    if held.state != ReleaseState.PUBLISHED:
        raise Refused(_("Seule une publication en vigueur se retire."))
    if not reason.strip():
        raise Refused(_("Écrivez pourquoi la publication est retirée : la page le dira."))
    before = held.state
    held.state, held.withdrawal = ReleaseState.WITHDRAWN, reason.strip()
    held.full_clean()
    held.save(update_fields=["state", "withdrawal"])
    changes = {"state": [before, held.state], "reason": held.withdrawal}
    audit(actor=actor, verb="statistics.release_withdrawn", obj=held, changes=changes)
    return held


def _seen(actor: Any, release: Release) -> None:
    """404 for what the actor may not see, a refusal for what they may not do."""
    if not Release.objects.visible_to(actor).filter(pk=release.pk).exists():
        raise Http404
    require(can_release(actor, release.program))


def _asked(program: Program, period: str, start: date | None, levels: Sequence[str], tables: Sequence[str]) -> Asked:
    unknown = [id for id in tables if id not in ORDER]
    if unknown:
        raise Refused(_("Le portrait n'a pas de tableau « %(id)s ».") % {"id": unknown[0]})
    strange = [level for level in levels if level not in AreaLevel.values]
    if strange:
        raise Refused(_("« %(level)s » n'est pas un niveau de territoire.") % {"level": strange[0]})
    kept = tuple(str(level.value) for level in AreaLevel if level in (AreaLevel.WHOLE, *levels))
    chosen = tuple(id for id in ORDER if id in tables)
    return Asked(program, calendar.bounds(program, period, start), kept, chosen)


def _correctable(former: Release | None, program: Program, asked: Asked, note: str) -> None:
    if former is None:
        return
    if former.program_id != program.pk or former.state != ReleaseState.PUBLISHED:
        raise Refused(_("Seule une publication en vigueur de ce programme se corrige."))
    if (former.start, former.end) != asked.bounds:
        raise Refused(_("Une correction porte sur la même période que la publication qu'elle corrige."))
    if not note.strip():
        raise Refused(_("Écrivez ce que la nouvelle version corrige."))


def _number(program: Program, former: Release | None) -> tuple[int, int]:
    """The number and version of a new draft."""
    if former is None:
        last = Release.objects.filter(program=program).aggregate(last=Max("number"))["last"] or 0
        return last + 1, 1
    versions = Release.objects.filter(program=program, number=former.number)
    return former.number, (versions.aggregate(last=Max("version"))["last"] or 0) + 1


def _title(program: Program, asked: Asked, period: str) -> str:
    return f"{program.name} – {periods.words(*asked.bounds)}"[:200]


def _unchanged(release: Release, former: Sequence[Release]) -> None:
    """Refuse what was prepared from something that has changed, or was changed by hand."""
    altered = _("Les chiffres de ce brouillon ont été modifiés : préparez la publication de nouveau.")
    if digest(release.content) != release.digest:
        raise Refused(altered)
    policy = policy_of(release.program)
    if policy.as_json() != release.policy:
        raise Refused(_("Les règles de protection ont changé entre-temps : préparez la publication de nouveau."))
    _same_forerunners(release, former)
    asked = Asked(release.program, (release.start, release.end), tuple(release.levels), tuple(release.tables))
    state = state_of(asked, policy, former)
    if truth(state) != release.ledger.get("truth"):
        raise Refused(_("Le journal ou les vocabulaires ont changé entre-temps : préparez la publication de nouveau."))
    if not says(release, state):
        raise Refused(altered)


def _same_forerunners(release: Release, former: Sequence[Release]) -> None:
    if sorted(str(found.uid) for found in former) != sorted(release.ledger.get("earlier", [])):
        raise Refused(_("Une autre publication a paru entre-temps : préparez celle-ci de nouveau."))


def _state(release: Release) -> dict[str, list[str]]:
    return {"state": [ReleaseState.PUBLISHED, release.state]}
