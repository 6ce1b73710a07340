"""What becomes of each operation, in the order of its number, given how the entries stand. Nothing is written here."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.core.services import differences
from maillage.journal.drafts import EntryDraft, Problem
from maillage.journal.enums import OperationKind, OperationState
from maillage.journal.permissions import can_edit
from maillage.journal.reconciling import in_order, same_rows
from maillage.journal.screening import screen
from maillage.journal.validation import validate_draft
from maillage.programs.enums import TEAM, Role

from .authorship import Author, Desk
from .lives import Lives
from .lookups import Stale
from .merge import merged, parts_of
from .preparing import Draft, Prepared, identity_suspected, judge, may_name
from .standing import Standing

LONGEST_REASON = 300


@dataclass(slots=True)
class Decisions:
    """The state of a batch under way. `fates` are the states of the creations, of this batch or before, whose entry is
    not in the journal; `stopped` are those of changes that were refused or held."""

    author: Author
    standings: dict[UUID, Standing]
    fates: dict[UUID, str]
    lives: Lives
    touched: dict[UUID, Standing] = field(default_factory=dict)
    stopped: dict[UUID, str] = field(default_factory=dict)

    def decide(self, made: Prepared) -> None:
        """Give the operation its state; leave None for one that must be sent again."""
        if made.state is None:
            {OperationKind.CREATE: self._create, OperationKind.UPDATE: self._update}.get(
                made.operation.kind, self._delete
            )(made)
        if made.operation.kind == OperationKind.CREATE and made.operation.entry not in self.standings and made.state:
            self.fates[made.operation.entry] = made.state
        if made.state in (OperationState.REJECTED, OperationState.HELD):
            self.stopped[made.operation.entry] = made.state

    def _create(self, made: Prepared) -> None:
        desk, draft, uid = made.where, made.proposed, made.operation.entry
        standing = self.standings.get(uid)
        if standing is not None:
            self._create_again(made, standing, desk)
            return
        worker = desk.context.team[draft.worker_id]
        standing = Standing(
            uid=uid,
            program_id=desk.program.pk,
            created_by=self.author.user.pk,
            draft=desk.settled(draft),
            worker=worker,
        )
        standing.say_first(self._said(made))
        self.standings[uid] = standing
        self._applied(made, standing)

    def _create_again(self, made: Prepared, standing: Standing, desk: Desk) -> None:
        if standing.program_id != desk.program.pk:
            made.refuse(Problem("", _("Une intervention d'un autre programme porte déjà ce numéro.")))
            return
        first = standing.version(1)
        mine = standing.created_by == self.author.user.pk
        if first is not None:
            made.draft = made.proposed.with_(referrals=same_rows(first.referrals, made.proposed.referrals))
        if mine and first is not None and self._alike(first, made.proposed, desk):
            made.repeated = True
            self._applied(made, standing)
        else:
            self._beside(made)

    def _update(self, made: Prepared) -> None:
        desk, standing = made.where, self._found(made)
        if standing is None:
            return
        base = standing.version(made.operation.base)
        if base is None and self._awaits(made, standing):
            return
        seen = base or standing.draft
        desk.context.know(seen)
        desk.context.know(standing.draft)
        found = judge(made.said, desk, standing.worker, seen)
        made.draft, made.screened = found.draft, found.screened
        if not self._may_write(made, standing, found, seen):
            return
        if not standing.deleted and self._alike(standing.draft, found.draft, desk):
            self._applied(made, standing)
        elif standing.deleted or base is None or not self.lives.is_same(made.operation, standing):
            self._beside(made)
        else:
            self._correct(made, standing, base)

    def _may_write(self, made: Prepared, standing: Standing, found: Draft, seen: EntryDraft) -> bool:
        if found.draft.worker_id != seen.worker_id and not may_name(self.author, made.where, found.draft.worker_id):
            made.hold(_("Inscrire au nom d'une autre personne revient à la coordination du programme."))
        elif found.problems:
            made.refuse(*found.problems)
        return made.state is None

    def _correct(self, made: Prepared, standing: Standing, base: EntryDraft) -> None:
        desk, draft = made.where, made.proposed
        if made.operation.base != standing.revision:
            joined = merged(base, standing.draft, draft, desk.has_own_mrc)
            if joined is None or (joined is not standing.draft and not self._holds(joined, made, standing)):
                self._beside(made)
                return
            draft = joined
        if not self._alike(standing.draft, draft, desk):
            self._say(made, standing, draft)
        self._applied(made, standing)

    def _holds(self, joined: EntryDraft, made: Prepared, standing: Standing) -> bool:
        """Whether the union of both hands keeps the rules."""
        problems = validate_draft(joined, made.where.context, standing.draft)
        if problems and not made.where.fresh:
            raise Stale
        return not problems

    def _say(self, made: Prepared, standing: Standing, draft: EntryDraft) -> None:
        draft = made.where.settled(draft)
        if draft.site_id is not None and draft.site_id == standing.draft.site_id:
            draft = draft.with_(mrc_id=standing.draft.mrc_id)  # the place was copied when the site was chosen
        draft = draft.with_(referrals=in_order(standing.draft.referrals, draft.referrals))
        changes = differences(standing.draft.as_json(), draft.as_json(), ["note"])
        standing.worker = made.where.context.team.get(draft.worker_id, standing.worker)
        straight = made.operation.base == standing.revision
        standing.say(draft, "journal.edit", changes | self._said(made))
        if straight:
            standing.straight.add(standing.revision)
        self._touch(standing)

    def _delete(self, made: Prepared) -> None:
        standing = self._found(made)
        if standing is None:
            return
        reason = made.said.reason.strip()[:LONGEST_REASON]
        if reason and (findings := screen(reason, lambda: made.where.context.known_places)):
            if not made.where.fresh:
                raise Stale
            made.refuse(identity_suspected("reason", [str(finding.sentence) for finding in findings]))
        elif standing.deleted:
            made.repeated = True
            self._applied(made, standing)
        elif made.operation.base == standing.revision and self.lives.is_same(made.operation, standing):
            standing.delete(({"reason": reason} if reason else {}) | self._said(made))
            self._touch(standing)
            self._applied(made, standing)
        elif not self._awaits(made, standing):
            self._beside(made)

    def _found(self, made: Prepared) -> Standing | None:
        """The entry that the operation is about; None when that decides it."""
        uid, desk = made.operation.entry, made.where
        standing = self.standings.get(uid)
        if standing is None:
            self._orphan(made)
        elif standing.program_id != desk.program.pk:
            made.refuse(Problem("", _("Cette intervention n'est pas dans ce programme.")))
        elif not self._may_edit(standing, desk.roles):
            made.hold(_("Une intervention se corrige par son auteur·e ou par la coordination."))
        return standing if made.state is None else None

    def _orphan(self, made: Prepared) -> None:
        """Its entry is not in the journal: refused or held with it, awaited, or given to the coordination."""
        fate = self.fates.get(made.operation.entry)
        if fate == OperationState.REJECTED:
            made.refuse(Problem("", _("L'intervention elle-même a été refusée : corrigez-la d'abord.")))
        elif fate == OperationState.DISCARDED:
            made.refuse(Problem("", _("L'intervention elle-même a été écartée.")))
        elif fate == OperationState.HELD:
            made.hold(_("L'intervention elle-même attend la coordination."))
        elif not self.lives.may_come(made.operation):
            made.hold(_("L'intervention n'est pas au journal : la coordination décidera de cette correction."))

    def _awaits(self, made: Prepared, standing: Standing) -> bool:
        """Whether it rests on a revision to come; what is stopped on the same device stops it too."""
        if made.operation.base <= standing.revision:
            return False
        fate = self.stopped.get(made.operation.entry) or self.lives.stopped(made.operation)
        if fate == OperationState.REJECTED:
            made.refuse(Problem("", _("La correction d'avant a été refusée : corrigez-la d'abord.")))
        elif fate == OperationState.HELD:
            made.hold(_("La correction d'avant attend la coordination."))
        return fate is not None or self.lives.may_come(made.operation)

    def _may_edit(self, standing: Standing, roles: frozenset[str]) -> bool:
        if standing.entry is not None:
            return bool(can_edit(self.author.user, standing.entry, roles))
        return Role.COORDINATOR in roles or bool(roles & frozenset(TEAM))  # written by this very device

    def _alike(self, one: EntryDraft, other: EntryDraft, desk: Desk) -> bool:
        return parts_of(one, desk.has_own_mrc) == parts_of(other, desk.has_own_mrc)

    def _applied(self, made: Prepared, standing: Standing) -> None:
        made.state, made.revision = OperationState.APPLIED, standing.revision
        if standing.is_new:
            self._touch(standing)

    def _beside(self, made: Prepared) -> None:
        made.state, made.revision = OperationState.CONFLICT, self.standings[made.operation.entry].revision

    def _touch(self, standing: Standing) -> None:
        self.touched[standing.uid] = standing

    def _said(self, made: Prepared) -> dict[str, Any]:
        said: dict[str, Any] = {"device": str(self.author.device)}
        return said | ({"screening": made.screened} if made.screened else {})
