"""Rows of entries, written with few statements whatever their number. Only the services call it."""

from collections.abc import Iterable, Sequence
from typing import Any

from maillage.core.changes import announce as announce_change
from maillage.core.lines import write_lines
from maillage.core.text import stems
from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, draft_of
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry, EntryRevision, EntryTerm
from maillage.journal.referral_rows import CODES, rewrite_referrals, write_new
from maillage.journal.rules import BY_NAME, REFERRAL_BY_NAME
from maillage.territories.enums import Tenure


def insert(drafts: Sequence[EntryDraft], context: DraftContext, actor: Any, announce: bool = True) -> list[Entry]:
    """Write valid drafts as new entries, with their codes and referrals, and announce them."""
    entries = [say(Entry(program=context.program), draft, context) for draft in drafts]
    for entry, draft in zip(entries, drafts, strict=True):
        entry.created_by_id = getattr(actor, "pk", None)
        entry.import_key = draft.import_key
        if draft.uid:
            entry.uid = draft.uid
    Entry.objects.bulk_create(entries)
    said = [(entry, draft, context) for entry, draft in zip(entries, drafts, strict=True)]
    write_terms(said)
    write_new(said)
    if announce:
        announce_change(STREAM, [entry.pk for entry in entries])
    return entries


def rewrite(entry: Entry, draft: EntryDraft, context: DraftContext, actor: Any) -> None:
    """Make `entry` say what `draft` says; where it took place is copied again only when the site changed, and a
    referral keeps what came of it."""
    say(entry, draft, context, entry.site_id)
    entry.revision += 1
    entry.deleted_at = None
    rewrite_referrals([(entry, draft, context)], actor)
    entry.save()
    entry.entry_terms.all().delete()
    write_terms([(entry, draft, context)])
    announce_change(STREAM, [entry.pk])


def write_terms(said: Iterable[tuple[Entry, EntryDraft, DraftContext]]) -> None:
    """Codes of entries that have none yet, each with its draft and its context."""
    links: list[tuple[int, int]] = []
    for entry, draft, context in said:
        for vocabulary, codes in draft.terms.items():
            numbers = {context.terms[vocabulary, code].pk for code in codes}
            links.extend((entry.pk, number) for number in sorted(numbers))
    write_lines(EntryTerm, ("entry_id", "term_id"), links)


def keep_revision(entry: Entry, actor: Any) -> EntryRevision:
    """Keep what `entry` says before it changes."""
    return EntryRevision.objects.create(
        entry=entry,
        revision=entry.revision,
        replaced_by_id=getattr(actor, "pk", None),
        replaced_by_label=str(actor)[:200] if actor else "",
        content=draft_of(entry).as_json(),
    )


def locked(entry: Entry) -> Entry:
    """The entry as it is now, held until the end of the transaction where the database can."""
    held = Entry.objects.select_for_update(of=("self",)).select_related("program", "worker", "site")
    return held.prefetch_related("entry_terms__term", "referrals").get(pk=entry.pk)


def say(entry: Entry, draft: EntryDraft, context: DraftContext, stays: int | None = None) -> Entry:
    """Give the row of `entry` what `draft` says; the tenure and MRC of the site `stays` are not copied again."""
    place = (entry.tenure, entry.mrc_id) if stays is not None and stays == draft.site_id else None
    site = context.sites.get(draft.site_id) if draft.site_id else None
    entry.worker_id, entry.date, entry.nature, entry.site_id = draft.worker_id, draft.date, draft.nature, draft.site_id
    entry.tenure = site.tenure if site else Tenure.OTHER
    entry.mrc_id = (site.mrc_id if site and site.mrc_id else draft.mrc_id) or 0
    entry.persons = draft.persons or 0
    entry.persons_referred = draft.distinct_referred
    for name in ("minutes", "contact_rank", "contact_initiative", "participants", "participations", "tenant_body_id"):
        setattr(entry, name, getattr(draft, name))
    entry.contact_place = _term(context, BY_NAME["contact_place"].vocabulary, draft.contact_place)
    entry.collective_kind = _term(context, BY_NAME["collective_kind"].vocabulary, draft.collective_kind)
    entry.note = draft.note
    entry.note_search = stems(draft.note) if draft.note else ""
    entry.search = _search(draft, site, context)
    if place:
        entry.tenure, entry.mrc_id = place
    return entry


def _term(context: DraftContext, vocabulary: str, code: str) -> Any:
    return context.terms[vocabulary, code] if code else None


def _search(draft: EntryDraft, site: Any, context: DraftContext) -> str:
    labels = [site.name] if site else []
    chosen = [(kind, code) for kind, codes in draft.terms.items() for code in codes]
    chosen += [(BY_NAME[name].vocabulary, getattr(draft, name)) for name in ("contact_place", "collective_kind")]
    for line in draft.referrals:
        chosen += [(REFERRAL_BY_NAME[n].vocabulary, getattr(line, n)) for n in CODES]
    labels += [context.terms[key].label_fr for key in chosen if key[1]]
    return stems(" ".join(labels))
