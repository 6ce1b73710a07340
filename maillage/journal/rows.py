"""Rows of entries, written with few statements whatever their number. Only the services call it."""

from collections.abc import Sequence
from typing import Any

from maillage.core.changes import announce as announce_change
from maillage.core.text import stems
from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, draft_of
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry, EntryRevision, EntryTerm, Referral
from maillage.journal.rules import BY_NAME, REFERRAL_BY_NAME
from maillage.territories.enums import Tenure


def insert(drafts: Sequence[EntryDraft], context: DraftContext, actor: Any, announce: bool = True) -> list[Entry]:
    """Write valid drafts as new entries, with their codes and referrals, and announce them."""
    entries = [_row(Entry(program=context.program), draft, context) for draft in drafts]
    for entry, draft in zip(entries, drafts, strict=True):
        entry.created_by_id = getattr(actor, "pk", None)
        entry.import_key = draft.import_key
        if draft.uid:
            entry.uid = draft.uid
    Entry.objects.bulk_create(entries)
    write_links(entries, drafts, context)
    if announce:
        announce_change(STREAM, [entry.pk for entry in entries])
    return entries


def rewrite(entry: Entry, draft: EntryDraft, context: DraftContext) -> None:
    """Make `entry` say what `draft` says; where it took place is copied again only when the site changed."""
    stays = entry.site_id is not None and entry.site_id == draft.site_id
    tenure, mrc = entry.tenure, entry.mrc_id
    _row(entry, draft, context)
    if stays:
        entry.tenure, entry.mrc_id = tenure, mrc
    entry.revision += 1
    entry.deleted_at = None
    entry.save()
    entry.entry_terms.all().delete()
    entry.referrals.all().delete()
    write_links([entry], [draft], context)
    announce_change(STREAM, [entry.pk])


def write_links(entries: Sequence[Entry], drafts: Sequence[EntryDraft], context: DraftContext) -> None:
    """Codes and referrals of entries that have none yet."""
    terms, links, referrals = context.terms, [], []
    for entry, draft in zip(entries, drafts, strict=True):
        for vocabulary, codes in draft.terms.items():
            numbers = {terms[vocabulary, code].pk for code in codes}
            links.extend(EntryTerm(entry_id=entry.pk, term_id=number) for number in sorted(numbers))
        referrals.extend(
            Referral(
                entry_id=entry.pk,
                destination=_term(context, REFERRAL_BY_NAME["destination"].vocabulary, line.destination),
                organization_id=line.organization_id,
                need=_term(context, REFERRAL_BY_NAME["need"].vocabulary, line.need),
                kind=_term(context, REFERRAL_BY_NAME["kind"].vocabulary, line.kind),
                persons=line.persons,
            )
            for line in draft.referrals
        )
    EntryTerm.objects.bulk_create(links)
    Referral.objects.bulk_create(referrals)


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


def _row(entry: Entry, draft: EntryDraft, context: DraftContext) -> Entry:
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
    return entry


def _term(context: DraftContext, vocabulary: str, code: str) -> Any:
    return context.terms[vocabulary, code] if code else None


def _search(draft: EntryDraft, site: Any, context: DraftContext) -> str:
    labels = [site.name] if site else []
    chosen = [(kind, code) for kind, codes in draft.terms.items() for code in codes]
    chosen += [(BY_NAME[name].vocabulary, getattr(draft, name)) for name in ("contact_place", "collective_kind")]
    for line in draft.referrals:
        chosen += [(REFERRAL_BY_NAME[n].vocabulary, getattr(line, n)) for n in ("destination", "need", "kind")]
    labels += [context.terms[key].label_fr for key in chosen if key[1]]
    return stems(" ".join(labels))
