"""Page-ready reads of letters."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from maillage.concertation.models import Group, Newsletter
from maillage.concertation.queries import GroupSeen

from .news import KINDS

FIRST_SPAN = timedelta(days=30)  # of the first letter of a group


class Section(NamedTuple):
    """A kind of news with its lines, each a mapping as `News.as_line` gives it, `day` read as a date."""

    label: Any
    lines: list[dict[str, Any]]


def kept_sections(letter: Newsletter, public_only: bool = False) -> list[Section]:
    """What a letter says: the lines that were kept (those that everybody may read)."""
    found = []
    for section in letter.content:
        lines = [
            {**line, "day": parse_date(line["day"]) if line["day"] else None}
            for line in section["lines"]
            if line["kept"] and (line["public"] or not public_only)
        ]
        if lines:
            found.append(Section(KINDS.get(section["kind"], section["kind"]), lines))
    return found


def letters_of(seen: GroupSeen) -> QuerySet[Newsletter]:
    """The letters that the person reads: those that were sent, and drafts for who animates."""
    found = Newsletter.objects.filter(group=seen.group)
    if not seen.animates:
        found = found.filter(sent_at__isnull=False)
    return found.order_by("-end", "-id")


def public_letters(group: Group) -> QuerySet[Newsletter]:
    """Those that anybody may read, when the group has a public sheet."""
    found = Newsletter.objects.filter(group=group, is_public=True, sent_at__isnull=False, group__is_public=True)
    return found.order_by("-end", "-id")


def next_span(group: Group) -> tuple[date, date]:
    """The days that the next letter covers: since the last one that was sent, until today."""
    today = timezone.localdate()
    last = Newsletter.objects.filter(group=group, sent_at__isnull=False).order_by("-end", "-id").first()
    start = min(last.end + timedelta(days=1), today) if last else today - FIRST_SPAN
    return start, today
