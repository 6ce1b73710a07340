"""Writes what an exchange brings beside sheets: the partner, its terms, and what it no longer sends."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import Written, audit_each, write
from maillage.directory.enums import ServiceStatus, TaxonomyKind
from maillage.directory.exchange.drafts import TermDraft
from maillage.directory.models import Organization, Service, Source, Taxonomy, TaxonomyTerm
from maillage.directory.permissions import can_keep_directory
from maillage.directory.reading import parts

from .indexing import index_services


@transaction.atomic
def save_source(*, actor: Any, slug: str, name: str = "", **values: Any) -> Written[Source]:
    """Create a partner or change the one of this code; without a name, a new one bears its code."""
    require(can_keep_directory(actor))
    if not slug or slugify(slug) != slug:
        raise Refused(
            _("« {slug} » n'est pas un code de source : lettres minuscules sans accent, chiffres et tirets.").format(
                slug=slug[:60]
            )
        )
    source = Source.objects.filter(slug=slug).first() or Source(slug=slug)
    if name or source._state.adding:
        values["name"] = name or slug
    return write(
        actor=actor, obj=source, values=values, new="directory.source_added", changed="directory.source_edited"
    )


@transaction.atomic
def write_terms(*, actor: Any, drafts: Iterable[TermDraft], source: Source | None) -> int:
    """Write terms that the directory does not know, with their taxonomies; how many."""
    require(can_keep_directory(actor))
    wanted = list(drafts)
    taxonomies = {taxonomy.code: taxonomy for taxonomy in Taxonomy.objects.order_by("pk")}
    numbers = set(Taxonomy.objects.values_list("uid", flat=True))
    made = []
    for draft in wanted:
        if draft.taxonomy not in taxonomies:
            taxonomy = Taxonomy(code=draft.taxonomy, name=draft.taxonomy_name, kind=TaxonomyKind.OTHER, source=source)
            if draft.taxonomy_uid not in numbers:
                taxonomy.uid = draft.taxonomy_uid
            taxonomy.full_clean()
            taxonomy.save()
            taxonomies[draft.taxonomy] = taxonomy
        term = TaxonomyTerm(
            uid=draft.uid,
            taxonomy=taxonomies[draft.taxonomy],
            code=draft.code,
            name=draft.name,
            description=draft.description,
            uri=draft.uri,
            source=source,
        )
        term.clean_fields(exclude=["taxonomy", "parent", "source"])
        made.append(term)
    TaxonomyTerm.objects.bulk_create(made, batch_size=500)
    _set_parents(wanted)
    audit_each(actor=actor, said=[("directory.term_added", term, {"code": [None, term.code]}) for term in made])
    return len(made)


def _set_parents(drafts: Sequence[TermDraft]) -> None:
    """Say what each is part of, where the broader term is known and in the same taxonomy."""
    uids = {uid for draft in drafts for uid in (draft.uid, draft.parent) if uid and draft.parent}
    rows = {term.uid: term for part in parts(sorted(uids)) for term in TaxonomyTerm.objects.filter(uid__in=part)}
    moved = []
    for draft in drafts:
        term, parent = rows.get(draft.uid), rows.get(draft.parent) if draft.parent else None
        if (
            term
            and parent
            and term.pk != parent.pk
            and term.taxonomy_id == parent.taxonomy_id
            and parent.parent_id != term.pk
        ):
            term.parent = parent
            moved.append(term)
    TaxonomyTerm.objects.bulk_update(moved, ["parent"], batch_size=500)


@transaction.atomic
def mark_gone(*, actor: Any, source: Source, services: Sequence[UUID], organizations: Sequence[UUID]) -> int:
    """A partner no longer sends these: its services become inactive, dated; nothing is deleted. How many services."""
    require(can_keep_directory(actor))
    today = timezone.localdate()
    gone = []
    for part in parts(sorted(services)):
        gone += Service.objects.filter(source=source, uid__in=part).order_by("pk")
    changes = {
        service.pk: {"status": [service.status, ServiceStatus.INACTIVE.value], "gone_on": [None, today.isoformat()]}
        for service in gone
    }
    for service in gone:
        service.status, service.gone_on = ServiceStatus.INACTIVE, today
        service.revision += 1
        service.updated_at = timezone.now()
    Service.objects.bulk_update(gone, ["status", "gone_on", "revision", "updated_at"], batch_size=500)
    for part in parts(sorted(organizations)):
        Organization.objects.filter(source=source, uid__in=part, gone_on=None).update(gone_on=today)
    audit_each(actor=actor, said=[("directory.service_gone", one, changes[one.pk]) for one in gone])
    index_services(ids=[service.pk for service in gone])
    return len(gone)


@transaction.atomic
def note_import(*, actor: Any, source: Source) -> None:
    """Write when a partner's file was last taken in."""
    require(can_keep_directory(actor))
    source.imported_at = timezone.now()
    source.save(update_fields=["imported_at"])
