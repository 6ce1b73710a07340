"""One message about all that waits for somebody, in their language."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from maillage.core.public_address import public_url
from maillage.core.services import queue_mail
from maillage.projects.reminders import Reader

NAMED = 20  # lines that a message names


def write_reminder(*, reader: Reader, topic: str, subject: Any, lines: Sequence[Any], page: str) -> None:
    """Queue one message about `lines`, in the language of `reader`; `subject(count)` is said in that language.

    The words are `projects/mail/TOPIC.txt`; `page` is the name of the address where one does something about it.
    """
    now = timezone.now()
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
