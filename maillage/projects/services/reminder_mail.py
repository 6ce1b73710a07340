"""To whom a reminder goes, in their language: somebody with an account, or a person of the directory with an address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from maillage.core.public_address import public_url
from maillage.core.services import queue_mail
from maillage.directory.models import Person

NAMED = 20  # lines that a message names


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is written to; `key` is the same however they are reached, `signs_in` when they have an account."""

    key: str
    name: str
    address: str
    language: str
    signs_in: bool


def reader_of(person: Person) -> Reader | None:
    """A person of the directory: their account when they have one, else their address; None when neither is to be written to."""
    if person.user is not None:
        return reader_with_account(person.user)
    return Reader(f"person.{person.pk}", person.name, person.email, "fr-ca", False) if person.email else None


def reader_with_account(user: Any) -> Reader | None:
    """Somebody who signs in; None when their account is closed."""
    if not user.is_active or not user.email:
        return None
    return Reader(f"user.{user.pk}", str(user), user.email, user.language, True)


def write_reminder(reader: Reader, *, topic: str, subject: Any, lines: Sequence[Any], page: str) -> None:
    """Queue one message about `lines`, in the language of `reader`; `subject(count)` is said in that language.

    The words are `projects/mail/TOPIC.txt`; `page` is the name of the address where one does something about it.
    """
    now: datetime = timezone.now()
    with translation.override(reader.language):
        shown = {
            "name": reader.name,
            "count": len(lines),
            "lines": lines[:NAMED],
            "more": max(len(lines) - NAMED, 0),
            "link": public_url(reverse(page)) if reader.signs_in else "",
        }
        queue_mail(
            event=f"{reader.key}.{topic}.{now:%Y%m%dT%H%M%S}",
            topic=topic,
            to=reader.address,
            subject=subject(len(lines)),
            text=render_to_string(f"projects/mail/{topic}.txt", shown),
            language=reader.language,
        )


def to_tell(on: date, told: datetime | None, today: date, steps: Sequence[int]) -> bool:
    """Whether a day that comes on `on` is to be told of `today`: once at each of `steps`, numbers of days before it.

    `told` is when it was last told of: a day put off is told of again by itself.
    """
    begun = list(_begun(on, today, steps))
    return bool(begun) and (told is None or timezone.localtime(told).date() < max(begun))


def _begun(on: date, today: date, steps: Sequence[int]) -> Iterator[date]:
    return (start for step in steps if (start := on - timedelta(days=step)) <= today)
