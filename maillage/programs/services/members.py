"""The people of a programme. Who wrote entries is never erased: their participation ends."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, differences
from maillage.directory.models import Organization
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program
from maillage.programs.permissions import can_coordinate
from maillage.programs.usage import is_used
from maillage.territories.enums import Level
from maillage.territories.models import Division


@transaction.atomic
def add_member(
    *,
    actor: Any,
    program: Program,
    label: str,
    role: str,
    user: Any = None,
    organization: Organization | None = None,
    divisions: Iterable[Division] = (),
    start: date | None = None,
    end: date | None = None,
) -> Membership:
    """A person takes part in `program` with a role; `user` is None for a worker who has no account."""
    require(can_coordinate(actor, program))
    member = Membership(
        program=program, user=user, label=label.strip(), role=role, organization=organization, start=start, end=end
    )
    return enroll(actor=actor, member=member, divisions=divisions)


def enroll(*, actor: Any, member: Membership, divisions: Iterable[Division] = ()) -> Membership:
    """Write a new participation; the services that call it have checked the permission."""
    member.full_clean()
    chosen = _only_mrcs(divisions)
    member.save()
    member.divisions.set(chosen)
    audit(actor=actor, verb="programs.member_added", obj=member, changes={"role": [None, member.role]})
    return member


@transaction.atomic
def change_member(
    *,
    actor: Any,
    member: Membership,
    label: str,
    role: str,
    organization: Organization | None,
    divisions: Iterable[Division],
    start: date | None,
    end: date | None,
) -> Membership:
    """Change a participation. The role of somebody who wrote entries stays: entries say by which role they came."""
    require(can_coordinate(actor, member.program))
    if role != member.role and is_used(member):
        raise ValidationError(
            {
                "role": _(
                    "Des interventions sont inscrites sous ce rôle. Mettez fin à cette participation, "
                    "puis ajoutez la personne avec son nouveau rôle."
                )
            }
        )
    before = _values(member)
    was_coordinating = member.is_current and member.role == Role.COORDINATOR
    member.label, member.role, member.organization = label.strip(), role, organization
    member.start, member.end = start, end
    member.full_clean()
    if was_coordinating and not (member.is_current and role == Role.COORDINATOR):
        _keep_a_coordinator(actor, member)
    chosen = _only_mrcs(divisions)
    member.save()
    member.divisions.set(chosen)
    if changes := differences(before, _values(member)):
        audit(actor=actor, verb="programs.member_edited", obj=member, changes=changes)
    return member


@transaction.atomic
def end_member(*, actor: Any, member: Membership, last_day: date | None = None) -> Membership:
    """End a participation: access goes at once, or after `last_day`. Entries and the name they show stay."""
    require(can_coordinate(actor, member.program))
    if member.is_current and member.role == Role.COORDINATOR:
        _keep_a_coordinator(actor, member)
    before = _values(member)
    member.end = last_day or date.today() - timedelta(days=1)
    if last_day is None and member.start and member.start > member.end:
        member.start = member.end  # it began today: an access that ends at once has no whole day
    member.full_clean()
    member.save()
    if member.user and not member.is_current:
        pending = member.program.invitations.pending().filter(email=member.user.email, role=member.role)
        pending.update(revoked_at=timezone.now())
    audit(actor=actor, verb="programs.member_ended", obj=member, changes=differences(before, _values(member)))
    return member


@transaction.atomic
def reinstate_member(*, actor: Any, member: Membership) -> Membership:
    """Somebody who had left takes part again, from the same line; the audit log keeps the days of absence."""
    require(can_coordinate(actor, member.program))
    before = _values(member)
    member.end = None
    member.full_clean()
    member.save()
    audit(actor=actor, verb="programs.member_reinstated", obj=member, changes=differences(before, _values(member)))
    return member


@transaction.atomic
def remove_member(*, actor: Any, member: Membership) -> None:
    """Erase a participation that was a mistake: nothing may have been written under it."""
    require(can_coordinate(actor, member.program))
    if is_used(member):
        raise Refused(
            _("Des interventions sont inscrites au nom de %(name)s : mettez plutôt fin à sa participation.")
            % {"name": member.label}
        )
    if member.is_current and member.role == Role.COORDINATOR:
        _keep_a_coordinator(actor, member)
    audit(actor=actor, verb="programs.member_removed", obj=member)
    member.delete()


def _keep_a_coordinator(actor: Any, member: Membership) -> None:
    """A programme is not left without coordination by its own team; the administration may."""
    others = member.program.memberships.current().filter(role=Role.COORDINATOR, user__is_active=True)
    if not actor.is_administrator and not others.exclude(pk=member.pk).exists():
        raise Refused(
            _("%(name)s est la seule personne à la coordination : nommez-en une autre d'abord.")
            % {"name": member.label}
        )


def _only_mrcs(divisions: Iterable[Division]) -> list[Division]:
    chosen = list(divisions)
    for division in chosen:
        if division.level != Level.MRC:
            raise ValidationError({"divisions": _("« %(name)s » n'est pas une MRC.") % {"name": division}})
    return chosen


def _values(member: Membership) -> dict[str, Any]:
    return {name: getattr(member, name) for name in ("label", "role", "organization", "start", "end")}
