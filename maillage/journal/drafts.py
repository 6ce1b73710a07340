"""What an entry will say, before it is one: the same shape for the form, imports, synchronization and history."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from maillage.programs.enums import VocabularyKind

from .models import Entry, Referral

# Vocabularies of which an entry bears several codes.
MANY = (
    VocabularyKind.ACTION,
    VocabularyKind.GROUP,
    VocabularyKind.THEME,
    VocabularyKind.AXIS,
    VocabularyKind.SUCCESS,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What stops a draft: the field (« persons », « referrals.0.need »…) and a sentence for the person."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDraft:
    """A referral inside a draft. `destination`, `need` and `kind` are codes of their vocabularies; a service goes with
    its organization. `uid` is by which the referral is known once the entry is corrected; None gives it one.
    """

    destination: str
    organization_id: int | None = None
    service_id: int | None = None
    need: str = ""
    kind: str = ""
    persons: int = 1
    consent: bool = False
    uid: UUID | None = None

    def as_json(self) -> dict[str, Any]:
        """The row for a JSON column. What it does not say is left out, so that an older row is written as it was."""
        content = asdict(self)
        for name in ("service_id", "consent", "uid"):
            if not content[name]:
                del content[name]
        if self.uid:
            content["uid"] = str(self.uid)
        return content

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "ReferralDraft":
        """The row that `as_json` wrote, now or before rows were known by `uid`."""
        known = {name: content[name] for name in cls.__dataclass_fields__ if name in content}
        return cls(**known | ({"uid": UUID(content["uid"])} if content.get("uid") else {}))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """An entry to be written.

    `worker_id` is a membership; `terms` maps a vocabulary of `MANY` to codes; `mrc_id` counts only where there is no
    site (a site's MRC and tenure are copied). `persons_referred` is computed from the referrals when it is None.
    `minutes` are minutes; counts are persons. `uid` makes a save repeatable: the same one is never written twice.
    """

    worker_id: int
    date: date
    nature: str
    persons: int | None
    site_id: int | None = None
    mrc_id: int | None = None
    minutes: int | None = None
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contact_place: str = ""
    contact_rank: str = ""
    contact_initiative: str = ""
    collective_kind: str = ""
    participants: int | None = None
    participations: int | None = None
    tenant_body_id: int | None = None
    referrals: tuple[ReferralDraft, ...] = ()
    persons_referred: int | None = None
    note: str = ""
    import_key: str = ""
    uid: UUID | None = None

    def codes(self, vocabulary: str) -> tuple[str, ...]:
        """Codes of one vocabulary of `MANY`."""
        return tuple(self.terms.get(vocabulary, ()))

    @property
    def distinct_referred(self) -> int:
        """Distinct persons referred: as given, else the most that one referral concerns."""
        if self.persons_referred is not None:
            return self.persons_referred
        return max((referral.persons for referral in self.referrals), default=0)

    def with_(self, **changes: Any) -> "EntryDraft":
        """The same draft, some fields changed."""
        return replace(self, **changes)

    def as_json(self) -> dict[str, Any]:
        """The draft for a JSON column: what a revision keeps."""
        content = asdict(self)
        content["date"] = self.date.isoformat()
        content["terms"] = {kind: list(codes) for kind, codes in self.terms.items() if codes}
        content["referrals"] = [line.as_json() for line in self.referrals]
        content.pop("uid")
        content.pop("import_key")
        return content

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "EntryDraft":
        """The draft that `as_json` wrote."""
        known = {name: content[name] for name in cls.__dataclass_fields__ if name in content}
        known["date"] = date.fromisoformat(content["date"])
        known["terms"] = {kind: tuple(codes) for kind, codes in content.get("terms", {}).items()}
        known["referrals"] = tuple(ReferralDraft.from_json(line) for line in content.get("referrals", ()))
        return cls(**known)


def draft_of(entry: Entry) -> EntryDraft:
    """The draft that would write `entry` as it is now; uses `entry_terms__term` and `referrals` when prefetched."""
    return EntryDraft(
        worker_id=entry.worker_id,
        date=entry.date,
        nature=entry.nature,
        persons=entry.persons,
        site_id=entry.site_id,
        mrc_id=entry.mrc_id,
        minutes=entry.minutes,
        terms=terms_by_vocabulary(link.term for link in entry.entry_terms.all()),
        contact_place=_code(entry.contact_place),
        contact_rank=entry.contact_rank,
        contact_initiative=entry.contact_initiative,
        collective_kind=_code(entry.collective_kind),
        participants=entry.participants,
        participations=entry.participations,
        tenant_body_id=entry.tenant_body_id,
        referrals=tuple(referral_draft_of(referral) for referral in entry.referrals.all()),
        persons_referred=entry.persons_referred,
        note=entry.note,
    )


def referral_draft_of(referral: Referral) -> ReferralDraft:
    """The row that would write `referral` as it is now."""
    return ReferralDraft(
        destination=referral.destination.code,
        organization_id=referral.organization_id,
        service_id=referral.service_id,
        need=_code(referral.need),
        kind=_code(referral.kind),
        persons=referral.persons,
        consent=referral.consent,
        uid=referral.uid,
    )


def terms_by_vocabulary(terms: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """Codes of terms, by vocabulary, in the order of the vocabulary."""
    found: dict[str, list[tuple[int, str]]] = {}
    for term in terms:
        found.setdefault(str(term.vocabulary), []).append((term.position, term.code))
    return {kind: tuple(code for _, code in sorted(codes)) for kind, codes in found.items()}


def _code(term: Any) -> str:
    return term.code if term else ""
