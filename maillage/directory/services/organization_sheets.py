"""Writes what exchanges say of organizations: their fields, numbers, telephones, contacts and places."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from maillage.core.errors import require
from maillage.core.services import Outcome, Written, audit_each, differences
from maillage.directory.checking import Book, organization_problems_of
from maillage.directory.enums import OrganizationKind, PrivacyRegime
from maillage.directory.models import Organization, Source
from maillage.directory.permissions import can_keep_directory
from maillage.directory.queries import organization_search
from maillage.directory.reading import Shelf, parts, places_known
from maillage.directory.shapes import ORGANIZATION_FIELDS, ORGANIZATION_LISTS
from maillage.directory.sheets import OrganizationSheet

from .indexing import index_what_changed
from .organizations import REGIME_OF
from .plan import Plan, write_over
from .refused import SheetsRefused

Pair = tuple[Organization | None, OrganizationSheet]
VERBS = {Outcome.NEW: "directory.organization_added", Outcome.CHANGED: "directory.organization_edited"}


@transaction.atomic
def write_organizations(
    *, actor: Any, organizations: Sequence[Pair], source: Source | None = None
) -> list[Written[Organization]]:
    """Write many organizations with few statements, in the order given; raises `SheetsRefused`, then nothing is written.

    Places that a sheet does not name any longer stay: services are given there.
    """
    require(can_keep_directory(actor))
    if not organizations:
        return []
    book, coming = Book(), [sheet.uid for _row, sheet in organizations if sheet.uid]
    found = {at: organization_problems_of(sheet, book, coming) for at, (_row, sheet) in enumerate(organizations)}
    if refused := {at: problems for at, problems in found.items() if problems}:
        raise SheetsRefused(refused)
    known = [row.pk for row, _sheet in organizations if row is not None]
    rows: dict[int, Organization] = {}
    for part in parts(known):
        rows |= Organization.objects.in_bulk(part)
    plan = Plan(_shelf(known, organizations), book, source)
    written = [_one(plan, rows, at, pair) for at, pair in enumerate(organizations)]
    plan.look_for_taken()
    if plan.problems:
        raise SheetsRefused(plan.by_position())
    added = [one.obj for one in written if one.outcome is Outcome.NEW]
    moved = [one.obj for one in written if one.outcome is Outcome.CHANGED]
    Organization.objects.bulk_create(added, batch_size=500)
    names = {field.name for field in Organization._meta.concrete_fields} - {
        "id",
        "uid",
        "privacy_regime",
        "external_id",
    }
    write_over(model=Organization, rows=moved, fields=names - {"parent"})
    plan.carry_out()
    _set_parents(organizations, written)
    audit_each(
        actor=actor, said=[(VERBS[one.outcome], one.obj, one.changes) for one in written if one.outcome in VERBS]
    )
    index_what_changed(organizations=[one.pk for one in moved], places=plan.changed_places)
    return written


def _shelf(known: Sequence[int], organizations: Sequence[Pair]) -> Shelf:
    uids = [place.uid for _row, sheet in organizations for place in sheet.places if place.uid]
    return Shelf(organizations=known, places=places_known(uids))


def _one(plan: Plan, rows: dict[int, Organization], at: int, pair: Pair) -> Written[Organization]:
    given, sheet = pair
    values: dict[str, Any] = {
        name: getattr(sheet, name) for name in ORGANIZATION_FIELDS if name != "kind" or sheet.kind
    }
    values["division_id"] = plan.book.division(sheet.division) if sheet.division else None
    values |= {"source_key": sheet.source_key, "beyond": dict(sheet.beyond)}
    if plan.source is not None:
        values |= {"source_id": plan.source.pk, "gone_on": None}
    search = organization_search(sheet.name, sheet.short_name)
    if given is None:
        kind = sheet.kind or OrganizationKind.OTHER
        regime = REGIME_OF.get(OrganizationKind(kind), PrivacyRegime.HEALTH)
        row = Organization(**values, search=search, privacy_regime=regime)
        if sheet.uid is not None:
            row.uid = sheet.uid
        _lines(plan, row, sheet, at)
        return Written(row, Outcome.NEW, {"name": [None, sheet.name]})
    row = rows[given.pk]
    changes = differences({name: getattr(row, name) for name in values}, values)
    plan.give(row, values | {"search": search})
    moved = _lines(plan, row, sheet, at)
    told = {name: pair for name, pair in changes.items() if not name.endswith("_id") and name != "beyond"}
    told |= {name: ["…", "…"] for name in moved}
    parent = (sheet.parent and plan.book.organizations.get(sheet.parent, 0)) or None
    is_changed = bool(changes or moved or row.parent_id != parent)
    return Written(row, Outcome.CHANGED if is_changed else Outcome.UNCHANGED, told)


def _lines(plan: Plan, row: Organization, sheet: OrganizationSheet, at: int) -> list[str]:
    moved = [name for name in ORGANIZATION_LISTS if plan.line_up(name, row, getattr(sheet, name), f"{at}.{name}")]
    changed = [plan.own_place(row, place, f"{at}.places.{n}") for n, place in enumerate(sheet.places)]
    return [*moved, "places"] if any(changed) else moved


def _set_parents(organizations: Sequence[Pair], written: Sequence[Written[Organization]]) -> None:
    """Say what each is part of, once all are written."""
    numbers = dict(Organization.objects.order_by("pk").values_list("uid", "pk"))
    moved = []
    for (_row, sheet), done in zip(organizations, written, strict=True):
        parent = numbers.get(sheet.parent) if sheet.parent else None
        if done.obj.parent_id != parent and parent != done.obj.pk:
            done.obj.parent_id = parent
            moved.append(done.obj)
    Organization.objects.bulk_update(moved, ["parent"], batch_size=500)
