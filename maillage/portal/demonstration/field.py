"""What phones of the demonstration have sent: entries received, one to reconcile, one to correct, one to validate, a hole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from maillage.accounts.models import User
from maillage.core.changes import epoch
from maillage.journal.models import Device, Entry
from maillage.journal.services import (
    draft_of,
    edit_entry,
    enrol_device,
    push_operations,
    receive_mailbox,
    revoke_device,
)
from maillage.journal.sync.pen import Pen
from maillage.journal.sync.protocol import Batch, Operation, Report
from maillage.journal.sync.sealing import sealing_key
from maillage.programs.models import Program

Fields = Mapping[str, str | list[str]]
STAIRWELL = "Jasette dans l'entrée : le comité cherche une salle pour l'automne."
CORRIDOR = "Parlé du chauffage et du bruit ; revenir voir mardi."
COURTYARD = "Café dans la cour, plusieurs nouvelles personnes."


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone, the person who holds it and the site where they are that day."""

    device: Device
    pen: Pen
    user: User
    program: Program
    site: UUID
    day: date

    def write(self, kind: str, entry: UUID, base: int = 0, **fields: Any) -> Operation:
        """An operation made the day before, between ten and eleven."""
        made = timezone.make_aware(datetime.combine(self.day, time(10, self.pen.seq)))
        content = {"fields": {"date": self.day.isoformat(), "site": str(self.site), **fields}, "acknowledged": False}
        return self.pen.write(kind, entry, self.program.slug, content, made, base)

    def batch(self, *operations: Operation) -> Batch:
        """These operations in one sending."""
        report = Report(clock=timezone.now(), waiting=0, persisted=True, app="démonstration")
        return Batch(device=self.device.uid, epoch=epoch(), operations=operations, report=report)


def load(users: Mapping[str, User], program: Program, today: date) -> None:
    """Two phones: one at work, one lost."""
    coordinator, day = users["coordination"], today - timedelta(days=1)
    phone = _phone(users["intervenante"], "Téléphone d'Odile", program, day)
    _at_work(phone, coordinator)
    _lost(_phone(users["proximite"], "Ancien téléphone de Léandre", program, day), coordinator)


def _phone(user: User, label: str, program: Program, day: date) -> Phone:
    pen = Pen(recipient=sealing_key())
    device = enrol_device(actor=user, uid=pen.device, public_key=pen.public_key, label=label)
    covered = program.program_sites.filter(is_served=True).order_by("id").select_related("site")
    return Phone(device, pen, user, program, covered[0].site.uid, day)


def _at_work(phone: Phone, coordinator: User) -> None:
    met, knocked = uuid4(), uuid4()
    talk = {"nature": "individual", "persons": "1", "minutes": "15", "action": ["welcome"], "theme": ["participation"]}
    visit = {"nature": "individual", "persons": "2", "minutes": "30", "action": ["psychosocial"], "theme": ["housing"]}
    first = phone.write("create", met, **talk, note=STAIRWELL)
    second = phone.write("create", knocked, **visit, note=CORRIDOR)
    push_operations(actor=phone.user, batch=phone.batch(first, second))
    # The coordination corrects what the phone, still without network, corrects too.
    entry = Entry.objects.get(uid=knocked)
    corrected = draft_of(entry).with_(minutes=45, persons=3)
    edit_entry(actor=coordinator, entry=entry, revision=entry.revision, draft=corrected)
    theirs = phone.write("update", knocked, base=1, **visit | {"persons": "4"}, note=f"{CORRIDOR} Quatre voisines.")
    refused = phone.write("create", uuid4(), **talk | {"persons": "1", "persons_referred": "3"})
    phone.pen.seq += 2  # two numbers that never come
    last = phone.write("create", uuid4(), **talk, note=COURTYARD)
    push_operations(actor=phone.user, batch=phone.batch(theirs, refused, last))


def _lost(phone: Phone, coordinator: User) -> None:
    revoke_device(actor=coordinator, device=phone.device)
    walk = {"nature": "individual", "persons": "1", "minutes": "20", "action": ["referral"], "theme": ["food"]}
    receive_mailbox(batch=phone.batch(phone.write("create", uuid4(), **walk)))
