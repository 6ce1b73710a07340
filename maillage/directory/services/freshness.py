"""Keeps sheets fresh: somebody says that one is exact, or that it no longer is; organizations are asked when nobody does."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.errors import Refused, require
from maillage.core.public_address import public_url
from maillage.core.services import audit, queue_mail
from maillage.directory.enums import AffiliationRole, TroubleKind
from maillage.directory.links import DAYS, link_of, read_link
from maillage.directory.models import Affiliation, Service, SheetTrouble
from maillage.directory.permissions import can_edit_service

from .indexing import index_services

CHASE_AGAIN_DAYS = 30  # before the same organization is asked again about the same sheet
NAMED = 20  # services that a message names
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is written to for an organization, in their language."""

    email: str
    language: str = "fr-ca"


@transaction.atomic
def confirm_service(*, actor: Any, service: Service) -> None:
    """Write that `actor` says today that the sheet is exact."""
    require(can_edit_service(actor, service))
    _confirm(actor, service, str(actor))


@transaction.atomic
def answer_link(*, signed: str, is_exact: bool, said: str = "") -> Service:
    """Write what the receiver of a message answers: the sheet is exact, or what is no longer.

    The link closes. Raises `Refused` when it is not open, or when nothing is said of what changed.
    """
    found = read_link(signed)
    if found.service is None or not found.is_open:
        raise Refused(_("Ce lien ne sert plus."))
    service = Service.objects.select_for_update(of=("self",)).select_related("organization").get(pk=found.service.pk)
    if not read_link(signed).is_open:
        raise Refused(_("Ce lien ne sert plus."))
    if is_exact:
        _confirm(None, service, service.organization.name)
        return service
    text = " ".join(said.split())
    if not text:
        raise Refused(_("Écrivez ce qui a changé, en quelques mots."))
    if len(text) > LONGEST:
        raise Refused(_("Votre message a {n} caractères : {most} au plus.").format(n=len(text), most=LONGEST))
    SheetTrouble.objects.update_or_create(
        service=service,
        organization=None,
        kind=TroubleKind.REPORTED,
        value=text,
        defaults={"reason": _("Écrit par l'organisation"), "found_at": timezone.now()},
    )
    service.asked_at = None
    service.save(update_fields=["asked_at", "updated_at"])
    audit(actor=None, verb="directory.service_reported", obj=service)
    return service


def _confirm(actor: Any, service: Service, label: str) -> None:
    today = timezone.localdate()
    was = service.checked_on
    service.checked_on, service.checked_by_label, service.asked_at = today, label[:200], None
    service.save(update_fields=["checked_on", "checked_by_label", "asked_at", "updated_at"])
    SheetTrouble.objects.filter(service=service, kind=TroubleKind.REPORTED).delete()
    index_services(ids=[service.pk])
    changes = {"checked_on": [str(was) if was else None, str(today)]}
    audit(actor=actor, verb="directory.service_confirmed", obj=service, changes=changes)


def stale(*, today: date | None = None) -> QuerySet[Service]:
    """The services offered that nobody confirmed for longer than the rule allows, the oldest first."""
    limit = (today or timezone.localdate()) - timedelta(days=settings.DIRECTORY_STALE_DAYS)
    found = Service.objects.offered().filter(Q(checked_on=None) | Q(checked_on__lt=limit))
    return found.order_by(F("checked_on").asc(nulls_first=True), "pk")


@transaction.atomic
def chase_stale() -> int:
    """Write to the organizations of stale sheets, one message a person; how many messages were queued.

    An organization without an address is not written to: its
    sheets stand on the page « Fiches à vérifier ».
    """
    now = timezone.now()
    due = stale().filter(Q(asked_at=None) | Q(asked_at__lt=now - timedelta(days=CHASE_AGAIN_DAYS)))
    services = list(due.select_related("organization"))
    editors = _editors({service.organization_id for service in services})
    by_reader: dict[Reader, list[Service]] = defaultdict(list)
    for service in services:
        address = service.organization.email or service.email
        for reader in editors.get(service.organization_id) or ([Reader(address)] if address else []):
            by_reader[reader].append(service)
    asked: dict[int, datetime] = {}
    sent = 0
    for reader, about in by_reader.items():
        if _write_to(reader, about[:NAMED], len(about), now):
            sent += 1
            asked |= {service.pk: now for service in about[:NAMED]}
    Service.objects.filter(pk__in=asked).update(asked_at=now)
    return sent


def _editors(organizations: set[int]) -> dict[int, list[Reader]]:
    """Those who keep the sheets of each organization, by the address that they gave."""
    found: dict[int, list[Reader]] = defaultdict(list)
    rows = Affiliation.objects.current().filter(organization__in=organizations, role=AffiliationRole.EDITOR)
    for row in rows.select_related("person__user").order_by("pk"):
        user = row.person.user
        if user is not None and user.is_active:
            found[row.organization_id].append(Reader(user.email, user.language or "fr-ca"))
        elif user is None and row.person.email:
            found[row.organization_id].append(Reader(row.person.email))
    return found


def _write_to(reader: Reader, services: Sequence[Service], count: int, now: datetime) -> bool:
    lines = [
        {
            "service": service,
            "exact": public_url(reverse("directory:still_exact", args=[link_of(service, now)])),
            "edit": public_url(reverse("directory:service_edit", args=[service.uid])),
        }
        for service in services
    ]
    with translation.override(reader.language):
        shown = {"lines": lines, "more": count - len(services), "days": DAYS}
        text = render_to_string("directory/mail/stale.txt", shown)
        subject = ngettext("Une fiche à vérifier au répertoire", "%d fiches à vérifier au répertoire", count)
    first = services[0]
    mail = queue_mail(
        event=f"directory.stale.{timezone.localdate(now)}.{first.pk}.{first.asked_at or ''}.{count}",
        topic="directory.sheets",
        to=reader.email,
        subject=subject % count if "%d" in subject else subject,
        text=text,
        language=reader.language,
    )
    return mail is not None
