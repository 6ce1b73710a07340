"""Writes who is in a group, and so who reads it."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import OWN_VOICE, Capacity, MemberRole
from maillage.concertation.models import Group, Member
from maillage.concertation.permissions import can_keep_members, can_take_part
from maillage.core.errors import Refused, require
from maillage.core.services import Written, audit, write
from maillage.core.text import fold
from maillage.directory.models import Organization, Person
from maillage.directory.services import person_of

VERBS = {"new": "concertation.member_added", "changed": "concertation.member_edited"}


@transaction.atomic
def add_member(
    *,
    actor: Any,
    group: Group,
    person: Person | None = None,
    name: str = "",
    email: str = "",
    organization: Organization | None = None,
    capacity: str = Capacity.COMMUNITY,
    role: str = MemberRole.MEMBER,
    start: date | None = None,
    end: date | None = None,
) -> Member:
    """Seat `person`, else the person of this e-mail or a new one, in a group."""
    require(can_keep_members(actor, group))
    return seat(
        actor=actor,
        group=group,
        person=person or _known(actor, group, name, email),
        organization=organization,
        capacity=capacity,
        role=role,
        start=start or timezone.localdate(),
        end=end,
    )


@transaction.atomic
def seat(*, actor: Any, group: Group, person: Person, **values: Any) -> Member:
    """Give a person a place in a group; the caller has checked who may."""
    _check_voice(values)
    today = timezone.localdate()
    if group.members.filter(person=person).current(max(values.get("start") or today, today)).exists():  # type: ignore[attr-defined]
        raise ValidationError({"name": _("Cette personne est déjà membre du groupe.")})
    return write(actor=actor, obj=Member(), values={"group": group, "person": person, **values}, **VERBS).obj


@transaction.atomic
def change_member(*, actor: Any, member: Member, **values: Any) -> Written[Member]:
    """Change for whom, as what, in which role or until when somebody is in a group.

    `name` and `email` correct the person's own, as long as they have no account: then these are theirs.
    """
    require(can_keep_members(actor, member.group))
    member = Member.objects.select_for_update(of=("self",)).select_related("person").get(pk=member.pk)
    name, email = values.pop("name", None), values.pop("email", None)
    _check_voice({"capacity": member.capacity, "organization": member.organization, **values})
    role, end = values.get("role", member.role), values.get("end", member.end)
    if role != MemberRole.COORDINATOR or end is not None:
        _keep_a_coordinator(actor, member)
    written = write(actor=actor, obj=member, values=values, **VERBS)
    if name is not None and member.person.user_id is None:
        _correct(actor, member, name, email or "")
    return written


@transaction.atomic
def end_member(*, actor: Any, member: Member, on: date | None = None) -> Written[Member]:
    """The last day of a membership: `on`, today by default. What they did stays at their name; they read no more after it."""
    require(can_keep_members(actor, member.group))
    return _end(actor, member, on or timezone.localdate())


@transaction.atomic
def leave_group(*, actor: Any, member: Member) -> Written[Member]:
    """A member leaves, by themselves, from now on."""
    require(can_take_part(actor, member.group))
    if member.person.user_id != actor.pk:
        raise Refused(_("Chaque personne quitte le groupe elle-même ; la coordination peut y mettre fin."))
    return _end(actor, member, timezone.localdate() - timedelta(days=1))


@transaction.atomic
def remove_member(*, actor: Any, member: Member) -> None:
    """Erase a membership added by mistake; refused once the person did something in the group."""
    require(can_keep_members(actor, member.group))
    _keep_a_coordinator(actor, member)
    for relation in member._meta.related_objects:
        if (
            relation.get_accessor_name()
            and relation.related_model._base_manager.filter(**{relation.field.name: member}).exists()
        ):
            raise Refused(_("Cette personne a déjà pris part au groupe : mettez plutôt fin à sa participation."))
    audit(actor=actor, verb="concertation.member_removed", obj=member)
    member.delete()


def _end(actor: Any, member: Member, on: date) -> Written[Member]:
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    _keep_a_coordinator(actor, member)
    values = {"end": on}
    if member.start is not None and member.start > on:
        values["start"] = on  # they leave on the day they came: never a member who reads on
    return write(actor=actor, obj=member, values=values, new=VERBS["new"], changed="concertation.member_ended")


def _known(actor: Any, group: Group, name: str, email: str) -> Person:
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": _("Donnez le nom de la personne.")})
    if not email:
        labels = Member.objects.current().filter(group=group).order_by("pk").values_list("person__name", flat=True)
        if fold(name) in {fold(label) for label in labels}:
            raise ValidationError(
                {"name": _("Une personne de ce nom est déjà membre. Donnez un courriel, ou précisez le nom.")}
            )
    return person_of(actor=actor, name=name, email=email)


def _correct(actor: Any, member: Member, name: str, email: str) -> None:
    email = email.strip().lower()
    if email and Person.objects.filter(email__iexact=email).exclude(pk=member.person_id).exists():
        raise ValidationError({"email": _("Ce courriel est celui d'une autre personne du répertoire.")})
    if member.person.seats.exclude(group=member.group).exists() or member.person.affiliations.exists():
        if (" ".join(name.split()), email) != (member.person.name, member.person.email):
            raise ValidationError(
                {"name": _("D'autres groupes ou le répertoire connaissent cette personne : son nom s'y corrige.")}
            )
        return
    write(
        actor=actor,
        obj=member.person,
        values={"name": " ".join(name.split()), "email": email},
        new="directory.person_added",
        changed="directory.person_edited",
    )


def _check_voice(values: dict[str, Any]) -> None:
    if values.get("capacity") in OWN_VOICE and values.get("organization"):
        raise ValidationError(
            {
                "organization": _(
                    "Une personne qui vient comme locataire ou citoyenne parle en son nom : laissez l'organisation vide."
                )
            }
        )


def _keep_a_coordinator(actor: Any, member: Member) -> None:
    """A group that has a coordination keeps one, unless the installation's administration decides otherwise."""
    if member.role != MemberRole.COORDINATOR or getattr(actor, "is_administrator", False):
        return
    others = Member.objects.current().filter(group=member.group_id, role=MemberRole.COORDINATOR, end=None)
    if not others.exclude(pk=member.pk).exists():
        raise Refused(_("Confiez d'abord la coordination à une autre personne : un groupe ne reste pas sans elle."))
