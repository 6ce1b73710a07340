"""Entries as they stand while a batch is applied: changed in memory, operation after operation, written once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from maillage.journal.drafts import EntryDraft, draft_of
from maillage.journal.models import Entry, EntryRevision, EntryTerm, Referral
from maillage.journal.reconciling import same_rows
from maillage.programs.models import Membership


@dataclass(slots=True)
class Said:
    """A line for the audit log: the verb and the changes."""

    verb: str
    changes: dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Standing:
    """One entry. `entry` is its row, None until the batch writes it; `versions` are drafts by revision, those replaced
    in this batch and those read from the history; `straight` are the revisions to which the batch brought it from the
    one before, without a merge."""

    uid: UUID
    program_id: int
    created_by: int | None
    draft: EntryDraft
    worker: Membership
    revision: int = 1
    deleted: bool = False
    entry: Entry | None = None
    versions: dict[int, EntryDraft] = field(default_factory=dict)
    replaced: list[int] = field(default_factory=list)
    straight: set[int] = field(default_factory=set)
    said: list[Said] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether the batch writes it for the first time."""
        return self.entry is None

    def version(self, revision: int) -> EntryDraft | None:
        """What it said at a revision; None when nobody knows any more."""
        return self.draft if revision == self.revision else self.versions.get(revision)

    def say_first(self, changes: dict[str, Any]) -> None:
        """It enters the journal."""
        self.said.append(Said("journal.log", changes))

    def say(self, draft: EntryDraft, verb: str, changes: dict[str, Any]) -> None:
        """It says something else from now on; what it said is kept."""
        self._keep()
        self.draft = draft
        self.said.append(Said(verb, changes))

    def delete(self, changes: dict[str, Any]) -> None:
        """It leaves the journal; its note goes to the history with the rest."""
        self._keep()
        self.draft, self.deleted = self.draft.with_(note=""), True
        self.said.append(Said("journal.delete", changes))

    def _keep(self) -> None:
        self.versions[self.revision] = self.draft
        self.replaced.append(self.revision)
        self.revision += 1


def standing_entries(uids: Iterable[UUID], lock: bool = True) -> dict[UUID, Standing]:
    """The entries that bear these identifiers, held until the end of the transaction where the database can."""
    wanted = set(uids)
    if not wanted or not Entry.objects.filter(uid__in=wanted).exists():  # new entries: nothing to hold
        return {}
    entries = Entry.objects.select_for_update(of=("self",)) if lock else Entry.objects.all()
    held = (
        entries.filter(uid__in=wanted)
        .select_related("program", "worker", "site", "contact_place", "collective_kind")
        .prefetch_related(
            Prefetch("entry_terms", EntryTerm.objects.select_related("term")),
            Prefetch("referrals", Referral.objects.select_related("destination", "need", "kind")),
        )
        .order_by("id")
    )
    return {
        entry.uid: Standing(
            uid=entry.uid,
            program_id=entry.program_id,
            created_by=entry.created_by_id,
            draft=draft_of(entry),
            worker=entry.worker,
            revision=entry.revision,
            deleted=entry.deleted_at is not None,
            entry=entry,
        )
        for entry in held
    }


def read_versions(found: dict[UUID, Standing], wanted: Iterable[tuple[UUID, int]]) -> None:
    """Read from the history what these entries said at these revisions."""
    pairs = {(found[uid].entry.pk, revision): found[uid] for uid, revision in wanted if uid in found}
    pairs = {key: standing for key, standing in pairs.items() if key[1] < standing.revision}
    if not pairs:
        return
    history = EntryRevision.objects.filter(entry__in={pk for pk, _ in pairs}, revision__in={r for _, r in pairs})
    for version in history.order_by("id"):
        if standing := pairs.get((version.entry_id, version.revision)):
            kept = EntryDraft.from_json(version.content)
            rows = same_rows(standing.draft.referrals, kept.referrals)  # kept before rows bore an identifier
            standing.versions[version.revision] = kept.with_(referrals=rows)
