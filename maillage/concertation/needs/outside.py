"""Needs as anybody reads them: what is named, where it stands, what came of it; never who, and no small number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import F

from maillage.concertation.enums import GroupState
from maillage.concertation.models import Group, NamedNeed, NeedStep

from .support import said_outside, with_support

PER_PAGE = 15


@dataclass(frozen=True, slots=True)
class PublicNeed:
    """A need with what anybody may read of it."""

    need: NamedNeed
    support: str
    answer: str
    answered_at: datetime | None


def takes_needs(group: Group) -> bool:
    """Whether anybody may name a need before the group."""
    return group.takes_needs and group.state != GroupState.ENDED


def public_page(group: Group, number: str | None) -> tuple[Page[NamedNeed], list[PublicNeed]]:
    """The needs of `group` that anybody may read, the first that come first, page by page."""
    found = with_support(NamedNeed.objects.public().filter(group=group))
    first = found.order_by(F("priority").asc(nulls_last=True), F("named_at").desc(), F("pk").desc())
    page = Paginator(first, PER_PAGE).get_page(number)
    return page, as_public(page)


def public_needs(group: Group, most: int = 5) -> list[PublicNeed]:
    """The last needs of `group` that something came of, for its public sheet."""
    found = with_support(NamedNeed.objects.public().filter(group=group)).order_by("-updated_at", "-id")
    return as_public(list(found[:most]))


def as_public(needs: Iterable[NamedNeed]) -> list[PublicNeed]:
    """`needs` (with their `supporters`) as anybody reads them, in one query."""
    kept = list(needs)
    told = NeedStep.objects.filter(need__in=[need.pk for need in kept]).exclude(text="").order_by("at", "id")
    last = {step.need_id: step for step in told}
    lines = []
    for need in kept:
        step = last.get(need.pk)
        support = said_outside(getattr(need, "supporters", 0))
        lines.append(PublicNeed(need, support, step.text if step else "", step.at if step else None))
    return lines
