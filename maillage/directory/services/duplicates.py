"""Proposes services that look alike, and merges those that are one, with a trace; a merger can be undone."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.directory.enums import PairState, ServiceStatus
from maillage.directory.likeness import alike, traits
from maillage.directory.models import Service, ServicePair
from maillage.directory.permissions import can_keep_directory
from maillage.directory.reading import sheet_of
from maillage.directory.shapes import SERVICE_FIELDS, SERVICE_LISTS, nameless
from maillage.directory.signals import services_merged

from .indexing import index_services
from .sheets import save_service


@transaction.atomic
def find_pairs() -> int:
    """Compare the services offered; how many new pairs are proposed. What people decided is never asked again.

    Proposals whose services no longer look alike go away.
    """
    found = {(pair.low, pair.high): pair for pair in alike(traits())}
    known = {(pair.low_id, pair.high_id): pair for pair in ServicePair.objects.order_by("pk")}
    gone = [pair.pk for key, pair in known.items() if key not in found and pair.state == PairState.PROPOSED]
    ServicePair.objects.filter(pk__in=gone).delete()
    moved = []
    for key, pair in known.items():
        if key in found and pair.likeness != found[key].likeness:
            pair.likeness, pair.reasons = found[key].likeness, found[key].reasons
            moved.append(pair)
    ServicePair.objects.bulk_update(moved, ["likeness", "reasons"], batch_size=500)
    new = [
        ServicePair(low_id=one.low, high_id=one.high, likeness=one.likeness, reasons=one.reasons)
        for key, one in found.items()
        if key not in known
    ]
    ServicePair.objects.bulk_create(new, batch_size=500)
    return len(new)


@transaction.atomic
def merge_services(*, actor: Any, kept: Service, merged: Service) -> Service:
    """Make `merged` lead to `kept`, which takes what it did not say. Rows of other floors keep pointing at `merged`."""
    require(can_keep_directory(actor))
    rows = {row.pk: row for row in _locked(kept.pk, merged.pk)}
    if len(rows) < 2 or any(row.merged_into_id for row in rows.values()):
        raise Refused(_("Un de ces services est déjà fusionné : rechargez la page."))
    kept, merged = rows[kept.pk], rows[merged.pk]
    ours, theirs = sheet_of(kept), sheet_of(merged)
    taken: dict[str, Any] = {}
    for name in (*SERVICE_FIELDS, *SERVICE_LISTS):
        if name not in ("status", "checked_on", "checked_by_label") and getattr(ours, name) in ("", None, ()):
            value = getattr(theirs, name)
            if value not in ("", None, ()):
                taken[name] = tuple(nameless(line) for line in value) if isinstance(value, tuple) else value
    if "at" in taken:
        taken["at"] = tuple(replace(nameless(line), place=line.place) for line in theirs.at)  # the same places
    save_service(actor=actor, service=kept, sheet=replace(ours, **taken))
    merged.merged_into, merged.status = kept, ServiceStatus.INACTIVE
    merged.revision += 1
    merged.save(update_fields=["merged_into", "status", "revision", "updated_at"])
    Service.objects.filter(merged_into=merged).update(merged_into=kept)
    decide_pair(actor=actor, one=kept, other=merged, state=PairState.MERGED)
    ServicePair.objects.filter(Q(low=merged) | Q(high=merged), state=PairState.PROPOSED).delete()
    audit(actor=actor, verb="directory.service_merged", obj=merged, changes={"merged_into": [None, str(kept)]})
    audit(actor=actor, verb="directory.service_took", obj=kept, changes={"merged": [None, str(merged)]})
    index_services(ids=[kept.pk, merged.pk])
    services_merged.send(sender=Service, kept=kept, merged=merged)
    return kept


@transaction.atomic
def part_services(*, actor: Any, merged: Service) -> Service:
    """Undo a merger: the service stands by itself again, as it was; what the other took from it stays there."""
    require(can_keep_directory(actor))
    row = Service.objects.select_for_update().get(pk=merged.pk)
    if row.merged_into is None:
        raise Refused(_("Ce service n'est pas fusionné."))
    kept, row.merged_into, row.status = row.merged_into, None, ServiceStatus.ACTIVE
    row.revision += 1
    row.save(update_fields=["merged_into", "status", "revision", "updated_at"])
    decide_pair(actor=actor, one=kept, other=row, state=PairState.DISTINCT)
    audit(actor=actor, verb="directory.service_parted", obj=row, changes={"merged_into": [str(kept), None]})
    index_services(ids=[kept.pk, row.pk])
    return row


@transaction.atomic
def decide_pair(*, actor: Any, one: Service, other: Service, state: str) -> None:
    """Write what was decided of two services that look alike."""
    require(can_keep_directory(actor))
    low, high = sorted((one, other), key=lambda service: service.pk)
    told = {"state": state, "decided_by_id": getattr(actor, "pk", None), "decided_at": timezone.now()}
    ServicePair.objects.update_or_create(low=low, high=high, defaults=told, create_defaults=told | {"likeness": 0})
    if state == PairState.DISTINCT:
        audit(actor=actor, verb="directory.pair_distinct", obj=low, changes={"other": [None, str(high)]})


def _locked(*numbers: int) -> Any:
    rows = Service.objects.select_for_update(of=("self",)).select_related("organization")
    return rows.filter(pk__in=numbers).order_by("pk")
