"""Reads of the administration pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from maillage.accounts.models import User
from maillage.core.models import AuditEvent
from maillage.core.text import fold
from maillage.programs.models import Membership

from .audit_words import field_words, said

# What the services of all rooms write about.
AUDITED = (
    "accounts.user",
    "core.importjob",
    "directory.organization",
    "directory.organizationsuccession",
    "directory.tenantbody",
    "journal.entry",
    "programs.codingframe",
    "programs.invitation",
    "programs.membership",
    "programs.partnerorganization",
    "programs.program",
    "programs.term",
    "territories.division",
    "territories.housingsite",
    "territories.succession",
)
NUMBERS = {"added", "changed", "removed"}  # lists of numbers of objects, told by how many
SHOWN = 80  # characters of a value in a line of the audit log


def accounts(asked: str) -> QuerySet[User]:
    """Accounts whose name or e-mail holds `asked`, whatever its accents and case, with today's participations."""
    found = User.objects.order_by("full_name", "id")
    if wanted := fold(asked):
        known = User.objects.values_list("pk", "full_name", "email")
        found = found.filter(pk__in=[pk for pk, name, email in known if wanted in fold(f"{name} {email}")])
    current = Membership.objects.current().select_related("program").order_by("program__name", "id")
    return found.prefetch_related(Prefetch("memberships", current, "current_memberships"))


@dataclass(frozen=True)
class AuditLine:
    """A line of the audit log as it is read."""

    number: int
    at: datetime
    who: str
    what: str
    kind: str
    label: str
    changes: list[tuple[str, str, str]]  # field, before, after


def object_types() -> list[tuple[str, str]]:
    """`(type, words)` of what the audit log speaks of."""
    named = [(name, capfirst(str(apps.get_model(name)._meta.verbose_name))) for name in AUDITED]
    return sorted(named, key=lambda pair: fold(pair[1]))


def audit_lines(*, kind: str, person: int | None, before: int | None, count: int) -> tuple[list[AuditLine], int | None]:
    """`count` lines of the audit log older than the line `before`, the newest first, and where the next page starts.

    Pages follow the number of the line, so that the log answers as fast at its end as at its beginning.
    """
    events = AuditEvent.objects.order_by("-id")
    if kind:
        events = events.filter(object_type=kind)
    if person:
        events = events.filter(actor_id=person)
    if before:
        events = events.filter(id__lt=before)
    found = list(events[: count + 1])
    lines = [_line(event) for event in found[:count]]
    return lines, lines[-1].number if len(found) > count else None


def _line(event: AuditEvent) -> AuditLine:
    model = _model(event.object_type)
    return AuditLine(
        number=event.pk,
        at=event.at,
        who=event.actor_label,
        what=said(event.verb),
        kind=capfirst(str(model._meta.verbose_name)) if model else event.object_type,
        label=event.object_label,
        changes=[_change(model, name, value) for name, value in event.changes.items()],
    )


def _change(model: Any, name: str, value: Any) -> tuple[str, str, str]:
    """A field in words, what it said before, and after; a value that is not a pair stands alone."""
    words, choices = field_words(model, name)
    if isinstance(value, list) and len(value) == 2 and name not in NUMBERS:
        before, after = (choices.get(item, item) if isinstance(item, str) else item for item in value)
        return words, _short(before), _short(after)
    return words, "", _short(value)


def _short(value: Any) -> str:
    """A value as it is read: « oui », « non », how many of a list, the beginning of a long text."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list) and all(isinstance(item, int) for item in value):
        return str(len(value))
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value)
    text = "–" if value is None or value == "" else str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _model(object_type: str) -> Any:
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return None
