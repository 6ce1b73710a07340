"""Tries the addresses that sheets give; those that do not answer are shown as such until they do again."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.directory.enums import TroubleKind
from maillage.directory.models import Organization, Service, SheetTrouble
from maillage.directory.quality import quality_of
from maillage.directory.reading import sheets_of
from maillage.directory.web_tries import Outcome, Tried, try_email, try_website

MOST = 600  # addresses of one run; each day takes the next ones
AT_ONCE = 8
Address = tuple[str, str]  # kind, value
Try = Callable[[str], Tried]


def try_addresses(*, website: Try = try_website, email: Try = try_email, most: int = MOST) -> int:
    """Try the next addresses of the sheets offered, and those in trouble; how many are in trouble now.

    When none of them is known to anybody, the network is what is missing: nothing is written.
    """
    wanted = _next(most)
    if not wanted:
        return SheetTrouble.objects.exclude(kind=TroubleKind.REPORTED).count()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tries = {TroubleKind.WEBSITE: website, TroubleKind.EMAIL: email}
        results = dict(zip(wanted, pool.map(lambda one: tries[TroubleKind(one[0])](one[1]), wanted), strict=True))
    silent = (Outcome.UNKNOWN_HOST, Outcome.NOT_TRIED, Outcome.UNDECIDED)
    if all(tried.outcome in silent for tried in results.values()):
        return SheetTrouble.objects.exclude(kind=TroubleKind.REPORTED).count()
    _note(results)
    return SheetTrouble.objects.exclude(kind=TroubleKind.REPORTED).count()


def _next(most: int) -> list[Address]:
    """Those in trouble, then the slice of today: all are tried in turn."""
    services, organizations = Service.objects.offered(), Organization.objects.active()
    known: set[Address] = set()
    for rows in (services, organizations):
        for web, mail in rows.order_by("pk").values_list("website", "email"):  # type: ignore[attr-defined]
            known |= {(str(kind), value) for kind, value in (("website", web), ("email", mail)) if value}
    troubled = set(SheetTrouble.objects.order_by("pk").values_list("kind", "value")) & known
    rest = sorted(known - troubled)
    start = (timezone.localdate().toordinal() * most) % len(rest) if len(rest) > most else 0
    SheetTrouble.objects.exclude(kind=TroubleKind.REPORTED).exclude(value__in=[v for _k, v in troubled]).delete()
    return [*sorted(troubled), *(rest + rest)[start : start + min(most, len(rest))]]


@transaction.atomic
def _note(results: dict[Address, Tried]) -> None:
    now = timezone.now()
    touched: set[int] = set()
    for (kind, value), tried in results.items():
        if tried.outcome is Outcome.UNDECIDED:
            continue
        old = {(row.service_id, row.organization_id): row for row in _troubles(kind, value)}
        if tried.outcome in (Outcome.ANSWERS, Outcome.NOT_TRIED):
            SheetTrouble.objects.filter(pk__in=[row.pk for row in old.values()]).delete()
            touched |= {service for service, _organization in old if service}
            continue
        for owner in _owners(kind, value):
            row = old.get((owner.get("service_id"), owner.get("organization_id")))
            if row is None:
                row = SheetTrouble(kind=kind, value=value, found_at=now, times=0, **owner)
            row.reason, row.times = tried.reason[:300], row.times + 1
            row.save()
            touched |= {owner["service_id"]} if "service_id" in owner else set()
    _weigh(touched)


def _troubles(kind: str, value: str) -> Iterable[SheetTrouble]:
    return SheetTrouble.objects.filter(kind=kind, value=value).order_by("pk")


def _owners(kind: str, value: str) -> list[dict[str, Any]]:
    name = "website" if kind == TroubleKind.WEBSITE else "email"
    services = Service.objects.offered().filter(**{name: value}).order_by("pk").values_list("pk", flat=True)
    organizations = Organization.objects.active().filter(**{name: value}).order_by("pk").values_list("pk", flat=True)
    return [*({"service_id": pk} for pk in services), *({"organization_id": pk} for pk in organizations)]


def _weigh(numbers: set[int]) -> None:
    """Compute the quality of these services again."""
    rows = Service.objects.filter(pk__in=numbers).order_by("pk")
    for service, sheet in sheets_of(rows):
        troubles = service.troubles.exclude(kind=TroubleKind.REPORTED).count()
        Service.objects.filter(pk=service.pk).update(quality=quality_of(sheet, troubles))
