"""Where a member is written to, and in which language."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from maillage.concertation.models import Member
from maillage.directory.models import Person

DEFAULT_LANGUAGE = "fr-ca"


class Reached(NamedTuple):
    """Somebody who can be written to."""

    person: Person
    email: str
    language: str


def reached(person: Person) -> Reached | None:
    """`person` (with their account, already read) if they have an address; None else."""
    user = person.user
    if user is not None and not user.is_active:
        return None
    email = person.email or (user.email if user else "")
    return Reached(person, email.strip().lower(), user.language if user else DEFAULT_LANGUAGE) if email else None


def reached_members(members: Iterable[Member]) -> Iterator[Reached]:
    """Those of `members` (their person and account read) who have an address, each address once."""
    seen: set[str] = set()
    for member in members:
        found = reached(member.person)
        if found is not None and found.email not in seen:
            seen.add(found.email)
            yield found
