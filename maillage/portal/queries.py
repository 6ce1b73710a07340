"""Reads of the administration pages."""

from django.apps import apps
from django.db.models import Count, Prefetch, QuerySet
from django.utils.text import capfirst

from maillage.accounts.models import User
from maillage.core.audit_lines import AuditLine, read_line
from maillage.core.models import AuditEvent, MailState, OutgoingMail
from maillage.core.text import fold
from maillage.programs.models import Membership

# What the services of all rooms write about.
AUDITED = (
    "accounts.user",
    "core.importjob",
    "core.outgoingmail",
    "directory.organization",
    "directory.organizationsuccession",
    "directory.tenantbody",
    "journal.device",
    "journal.entry",
    "journal.syncoperation",
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


def accounts(asked: str) -> QuerySet[User]:
    """Accounts whose name or e-mail holds `asked`, whatever its accents and case, with today's participations."""
    found = User.objects.order_by("full_name", "id")
    if wanted := fold(asked):
        known = User.objects.values_list("pk", "full_name", "email")
        found = found.filter(pk__in=[pk for pk, name, email in known if wanted in fold(f"{name} {email}")])
    current = Membership.objects.current().select_related("program").order_by("program__name", "id")
    return found.prefetch_related(Prefetch("memberships", current, "current_memberships"))


def object_types() -> list[tuple[str, str]]:
    """`(type, words)` of what the audit log speaks of."""
    named = [(name, capfirst(str(apps.get_model(name)._meta.verbose_name))) for name in AUDITED]
    return sorted(named, key=lambda pair: fold(pair[1]))


def message_counts() -> list[tuple[str, str, int]]:
    """`(state, words, how many messages)` of each state of messages, in the order of their life."""
    found = OutgoingMail.objects.order_by().values_list("state").annotate(count=Count("pk"))
    counts = dict(found.order_by("state"))
    return [(code, str(words), counts.get(code, 0)) for code, words in MailState.choices]


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
    lines = [read_line(event) for event in found[:count]]
    return lines, lines[-1].number if len(found) > count else None
