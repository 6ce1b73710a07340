"""The members of a group as lines of a file."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .models import Member

COLUMNS = (
    _("Nom"), _("Courriel"), _("Organisation"), _("À titre de"), _("Rôle"), _("Depuis le"), _("Jusqu'au"), _("A un compte")
)  # fmt: skip


def rows_of(members: QuerySet[Member]) -> Iterator[tuple[Any, ...]]:
    """A line for each member."""
    for member in members:
        person = member.person
        yield (
            person.name,
            person.email or (person.user.email if person.user else ""),
            member.organization.name if member.organization else "",
            member.get_capacity_display(),
            member.get_role_display(),
            member.start,
            member.end,
            person.user_id is not None,
        )
