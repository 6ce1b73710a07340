"""Writes sheets of services and of organizations: the one door of forms, imports, exchanges and the demonstration."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from maillage.core.errors import require
from maillage.core.services import Outcome, Written, audit_each, differences
from maillage.directory.checking import Book, problems_of
from maillage.directory.models import Organization, Service, SheetTrouble, Source
from maillage.directory.permissions import can_edit_service, can_keep_directory, organizations_edited_by
from maillage.directory.quality import quality_of, said_in_short
from maillage.directory.reading import Shelf, parts, places_known
from maillage.directory.shapes import SERVICE_FIELDS, SERVICE_LISTS
from maillage.directory.sheets import OrganizationSheet, ServiceSheet
from maillage.directory.short_codes import make_distinct

from .indexing import index_what_changed
from .organization_sheets import write_organizations
from .plan import Plan, write_over
from .refused import SheetConflict, SheetsRefused

Pair = tuple[Service | None, ServiceSheet]


@transaction.atomic
def save_service(
    *, actor: Any, sheet: ServiceSheet, service: Service | None = None, revision: int | None = None
) -> Written[Service]:
    """Create a service, or make `service` say `sheet`; with `revision`, only if nobody wrote it since that one.

    Raises `ValidationError` with sentences by path, `SheetConflict`, or `NotAllowed`.
    """
    organization = Organization.objects.filter(uid=sheet.organization).first()
    if organization is None:
        raise ValidationError({"organization": _("Cette organisation n'est pas au répertoire.")})
    if service is not None:
        service = Service.objects.select_for_update(of=("self",)).select_related("organization").get(pk=service.pk)
        require(can_edit_service(actor, service))
        if revision is not None and service.revision != revision:
            raise SheetConflict(_("Quelqu'un d'autre a modifié cette fiche pendant que vous l'écriviez."))
    require(can_edit_service(actor, Service(organization=organization)))
    mine = None if can_keep_directory(actor) else organizations_edited_by(actor)
    try:
        written = _write(actor, [(service, sheet)], None, mine)[0]
    except SheetsRefused as refused:
        raise ValidationError(refused.problems[0]) from None
    if written.outcome is Outcome.CHANGED:  # what was said to be wrong is looked at again
        given = [value for value in (sheet.website, sheet.email) if value]
        SheetTrouble.objects.filter(service=written.obj).exclude(value__in=given).delete()
    return written


@transaction.atomic
def write_sheets(
    *,
    actor: Any,
    services: Sequence[Pair] = (),
    organizations: Sequence[tuple[Organization | None, OrganizationSheet]] = (),
    source: Source | None = None,
) -> list[Written[Service]]:
    """Write many organizations, then many services, with few statements whatever the number; in the order given.

    What comes from `source` is marked as its own, and is no longer gone. Raises `SheetsRefused`; nothing is written then.
    """
    require(can_keep_directory(actor))
    write_organizations(actor=actor, organizations=organizations, source=source)
    return _write(actor, services, source, None)


def _write(actor: Any, pairs: Sequence[Pair], source: Source | None, mine: set[int] | None) -> list[Written[Service]]:
    if not pairs:
        return []
    book = Book()
    if refused := {at: found for at, (_s, sheet) in enumerate(pairs) if (found := problems_of(sheet, book))}:
        raise SheetsRefused(refused)
    known = [service.pk for service, _sheet in pairs if service is not None]
    wanted = [at.place.uid for _service, sheet in pairs for at in sheet.at if at.place.uid]
    shelf = Shelf(known, places=places_known(wanted))
    plan = Plan(shelf, book, source, mine)
    rows = _rows(known, book, pairs)
    before = {number: shelf.service(rows[number]) for number in known}
    troubles = _troubles(known)
    written = [_one(plan, rows, at, pair, before, troubles) for at, pair in enumerate(pairs)]
    _refuse(plan, pairs, rows)
    _save(actor, plan, written)
    return written


def _one(
    plan: Plan, rows: dict[Any, Any], at: int, pair: Pair, before: Mapping[int, ServiceSheet], troubles: dict[int, int]
) -> Written[Service]:
    """Plan one service; what its write comes to."""
    given, sheet = pair
    values = {name: getattr(sheet, name) for name in SERVICE_FIELDS}
    values |= {"organization_id": plan.book.organizations[sheet.organization], "source_key": sheet.source_key}
    values["beyond"] = dict(sheet.beyond)
    if plan.source is not None:
        values |= {"source_id": plan.source.pk, "gone_on": None}
    if given is None:
        new = Service(**values, quality=quality_of(sheet))
        if sheet.uid is not None:
            new.uid = sheet.uid
        new.organization = rows[sheet.organization]
        for name in SERVICE_LISTS:
            plan.line_up(name, new, getattr(sheet, name), f"{at}.{name}")
        return Written(new, Outcome.NEW, {"name": [None, sheet.name]})
    row, old = rows[given.pk], before[given.pk]
    moved = [name for name in SERVICE_LISTS if _differ(plan, row, name, old, sheet, at)]
    changes = differences({name: getattr(row, name) for name in values}, values)
    if not changes and not moved:
        return Written(row, Outcome.UNCHANGED)
    plan.give(row, values | {"quality": quality_of(sheet, troubles.get(row.pk, 0)), "revision": row.revision + 1})
    changes = _in_names(changes, old, sheet, moved)
    return Written(row, Outcome.CHANGED, changes)


def _differ(plan: Plan, row: Service, name: str, old: ServiceSheet, sheet: ServiceSheet, at: int) -> bool:
    lines = getattr(sheet, name)
    if lines == getattr(old, name) and name != "at":
        return False
    return plan.line_up(name, row, lines, f"{at}.{name}")


def _in_names(
    changes: Mapping[str, Any], old: ServiceSheet, sheet: ServiceSheet, moved: Sequence[str]
) -> dict[str, Any]:
    """Changes as histories tell them: names instead of numbers, lists in a few words."""
    told = {name: pair for name, pair in changes.items() if not name.endswith("_id") and name != "beyond"}
    if "organization_id" in changes:
        told["organization"] = [str(old.organization), str(sheet.organization)]
    if "beyond" in changes:
        told["beyond"] = ["…", "…"]
    for name in moved:
        told[name] = ["; ".join(said_in_short(line) for line in getattr(one, name)) for one in (old, sheet)]
    return told


def _rows(known: Sequence[int], book: Book, pairs: Sequence[Pair]) -> dict[Any, Any]:
    """Services by number, with their organization; organizations by identifier."""
    found: dict[Any, Any] = {}
    for part in parts(known):
        found |= Service.objects.select_for_update(of=("self",)).select_related("organization").in_bulk(part)
    uids = {sheet.organization for _service, sheet in pairs}
    for part in parts(sorted(book.organizations[uid] for uid in uids)):
        found |= {row.uid: row for row in Organization.objects.filter(pk__in=part)}
    return found


def _troubles(known: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in parts(known):
        rows = Service.objects.filter(pk__in=part, troubles__isnull=False).annotate(n=Count("troubles"))
        found |= dict(rows.order_by("pk").values_list("pk", "n"))
    return found


def _refuse(plan: Plan, pairs: Sequence[Pair], rows: Mapping[Any, Any]) -> None:
    """Raise with everything that stands against the plan, each under its sheet."""
    plan.look_for_taken()
    found = plan.by_position()
    new = {sheet.uid: at for at, (service, sheet) in enumerate(pairs) if service is None and sheet.uid}
    for part in parts(list(new)):
        for uid in Service.objects.filter(uid__in=part).values_list("uid", flat=True):
            found.setdefault(new[uid], {})["uid"] = [_("Un service porte déjà l'identifiant {uid}.").format(uid=uid)]
    if len(new) < sum(1 for service, sheet in pairs if service is None and sheet.uid):
        raise SheetsRefused({0: {"uid": [_("Deux fiches portent le même identifiant.")]}})
    if found:
        raise SheetsRefused(found)


def _save(actor: Any, plan: Plan, written: Sequence[Written[Service]]) -> None:
    added = [one.obj for one in written if one.outcome is Outcome.NEW]
    moved = [one.obj for one in written if one.outcome is Outcome.CHANGED]
    make_distinct(added)
    Service.objects.bulk_create(added, batch_size=500)
    names = {field.name for field in Service._meta.concrete_fields} - {"id", "uid", "short_code", "created_at"}
    write_over(model=Service, rows=moved, fields=names)
    plan.carry_out()
    verbs = {Outcome.NEW: "directory.service_added", Outcome.CHANGED: "directory.service_edited"}
    audit_each(
        actor=actor,
        said=[(verbs[one.outcome], one.obj, one.changes) for one in written if one.outcome in verbs],
    )
    index_what_changed(services=[one.pk for one in (*added, *moved)], places=plan.changed_places)
