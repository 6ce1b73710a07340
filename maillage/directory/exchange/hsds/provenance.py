"""Who changed what, as HSDS tells it (`metadata`): from the audit log, never with the name of a person."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import uuid5

from django.utils import timezone

from maillage.core.models import AuditEvent
from maillage.directory.models import Service

from .rows import Row

# What the log calls a field, and what HSDS calls it. What is not here (contacts, whoever checked) is not told.
NAMES = {
    "name": "name",
    "alternate_name": "alternate_name",
    "description": "description",
    "status": "status",
    "website": "url",
    "email": "email",
    "application_process": "application_process",
    "fee_note": "fees_description",
    "eligibility": "eligibility_description",
    "minimum_age": "minimum_age",
    "maximum_age": "maximum_age",
    "wait_time": "wait_time",
    "interpretation": "interpretation_services",
    "accreditations": "accreditations",
    "alert": "alert",
    "checked_on": "assured_date",
    "organization": "organization_id",
    "terms": "attributes",
    "areas": "service_areas",
    "costs": "cost_options",
    "documents": "required_documents",
    "languages": "languages",
    "phones": "phones",
    "schedules": "schedules",
    "at": "service_at_locations",
}
MOST = 20  # rows of one service, the latest
LONGEST = 1000  # characters of a value
TEAM, PRODUCT = "Équipe du répertoire", "Maillage"


def metadata_of(services: Iterable[Service]) -> dict[int, list[Row]]:
    """The latest changes of each service, by its number: one query."""
    uids = {service.pk: service.uid for service in services}
    events = AuditEvent.objects.filter(object_type=Service._meta.label_lower, object_id__in=list(uids)).order_by("-id")
    found: dict[int, list[Row]] = defaultdict(list)
    for event in events:
        rows = found[event.object_id]
        if len(rows) < MOST:
            rows += _rows(event, uids[event.object_id])[: MOST - len(rows)]
    return found


def _rows(event: AuditEvent, uid: Any) -> list[Row]:
    if event.verb.endswith("_added"):
        return [_row(event, uid, "create", "name", "", event.object_label)]
    changes = event.changes if isinstance(event.changes, dict) else {}
    return [
        _row(event, uid, "update", NAMES[name], *pair)
        for name, pair in changes.items()
        if name in NAMES and isinstance(pair, list) and len(pair) == 2
    ]


def _row(event: AuditEvent, uid: Any, kind: str, field: str, before: Any, after: Any) -> Row:
    return {
        "id": str(uuid5(uid, f"{event.pk}:{field}")),
        "resource_id": str(uid),
        "resource_type": "service",
        "last_action_date": timezone.localtime(event.at).date().isoformat(),
        "last_action_type": kind,
        "field_name": field,
        "previous_value": _said(before),
        "replacement_value": _said(after),
        "updated_by": TEAM if event.actor_id else PRODUCT,
    }


def _said(value: Any) -> str:
    return "" if value is None else str(value)[:LONGEST]
