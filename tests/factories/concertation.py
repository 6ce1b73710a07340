"""Groups, their members and their meetings."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.concertation.models import Group, Meeting, Member
from maillage.directory.models import Person

from .counter import following
from .people import make_user


def make_group(**fields: Any) -> Group:
    """A table without member, with a name of its own."""
    number = following()
    programs = fields.pop("programs", ())
    values = {"name": f"Table inventée {number}", "slug": f"table-{number}", "mandate": "Se parler et agir.", **fields}
    group = Group.objects.create(**values)
    group.programs.set(programs)
    return group


def make_group_member(group: Group, role: str = "member", user: User | None = None, **fields: Any) -> Member:
    """A person of `group` (with an account unless `user=None` is given with `person`), with a role."""
    person = fields.pop("person", None)
    if person is None:
        user = user or make_user()
        person, _new = Person.objects.get_or_create(user=user, defaults={"name": user.full_name, "email": user.email})
    return Member.objects.create(group=group, person=person, role=role, **fields)


def make_meeting(group: Group, days: float = 7, **fields: Any) -> Meeting:
    """A planned meeting of `group`, `days` from now, of two hours."""
    starts = timezone.now() + timedelta(days=days)
    values = {
        "title": f"Rencontre {following()}",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        **fields,
    }
    return Meeting.objects.create(group=group, **values)
