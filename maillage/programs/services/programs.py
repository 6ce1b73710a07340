"""Open a programme and change what it says of itself."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import require
from maillage.core.services import audit, differences
from maillage.core.slugs import free_slug
from maillage.programs.enums import ProgramKind, Role
from maillage.programs.models import CodingFrame, Membership, Program
from maillage.programs.permissions import can_coordinate, can_create_program, can_use_frame
from maillage.programs.signals import period_asked
from maillage.territories.models import Division

from .frames import create_frame

# Words that stand in the place of a programme in the addresses of this app.
RESERVED = frozenset({"nouveau", "choisir", "invitation"})
FIELDS = ("name", "kind", "description", "start", "end", "territory", "coverage_tenures")


@transaction.atomic
def create_program(
    *,
    actor: Any,
    name: str,
    start: date,
    end: date | None = None,
    kind: str = ProgramKind.AGREEMENT,
    slug: str = "",
    description: str = "",
    territory: Division | None = None,
    frame: CodingFrame | None = None,
    coverage_tenures: list[str] | None = None,
    previous_edition: Program | None = None,
) -> Program:
    """A new programme, with the shipped frame unless one is given.

    Whoever opens it without administering the installation coordinates it. `slug`, made from the name when empty, never changes.
    """
    require(can_create_program(actor))
    if frame is not None and frame.programs.exists():
        require(can_use_frame(actor, frame))
    program = Program(
        name=name.strip(),
        start=start,
        end=end,
        kind=kind,
        slug=slug or free_slug(name, among=Program.objects.all(), reserved=RESERVED, otherwise="programme"),
    )
    program.description, program.territory, program.previous_edition = description, territory, previous_edition
    if coverage_tenures is not None:
        program.coverage_tenures = coverage_tenures
    if program.slug in RESERVED:
        raise ValidationError({"slug": _("Cette adresse est réservée : choisissez-en une autre.")})
    program.full_clean(exclude=["frame"])
    program.frame = frame or create_frame(actor=actor, name=_("Vocabulaires – %(program)s") % {"program": name[:120]})
    program.save()
    audit(actor=actor, verb="programs.program_opened", obj=program, changes=_state(program))
    if not actor.is_administrator:
        _coordinate(actor, program)
    return program


def _coordinate(actor: Any, program: Program) -> None:
    member = Membership(program=program, user=actor, label=str(actor), role=Role.COORDINATOR)
    member.full_clean()
    member.save()
    audit(actor=actor, verb="programs.member_added", obj=member, changes={"role": [None, member.role]})


@transaction.atomic
def edit_program(*, actor: Any, program: Program, **fields: Any) -> Program:
    """Change any of `FIELDS`. The apps above may object to a new period (`signals.period_asked`)."""
    require(can_coordinate(actor, program))
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"not fields of a programme that can be edited: {sorted(unknown)}")
    stored = Program.objects.get(pk=program.pk)
    before = _values(stored)
    for name, value in fields.items():
        setattr(program, name, value)
    program.full_clean()
    if (program.start, program.end) != (stored.start, stored.end):
        answers = period_asked.send(sender=Program, program=stored, start=program.start, end=program.end)
        if objections := [sentence for _receiver, sentence in answers if sentence]:
            raise ValidationError({"start": objections})
    program.save()
    if changes := differences(before, _values(program)):
        audit(actor=actor, verb="programs.program_edited", obj=program, changes=changes)
    return program


def _values(program: Program) -> dict[str, Any]:
    return {name: getattr(program, name) for name in FIELDS}


def _state(program: Program) -> dict[str, list[Any]]:
    return differences({}, {name: value for name, value in _values(program).items() if value})
