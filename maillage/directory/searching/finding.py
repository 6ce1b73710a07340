"""From a question to services: words, filters, place and hours."""

from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone

from maillage.directory.enums import TaxonomyKind
from maillage.directory.index import ranking
from maillage.directory.index.hours import any_open
from maillage.directory.index.material import Divisions, hours_by_service
from maillage.directory.index.reading import Bools, Floats, Places, Postings, Shelves
from maillage.directory.index.understanding import Token, understand
from maillage.directory.models import Service

from .question import Found, Question


def search_services(question: Question, actor: Any, start: int = 0, size: int = 20) -> Found:
    """The services that answer, the best first, those from `start` on, `size` at most.

    The last word may be only begun. Who does not sign in finds what is offered only. Ten queries at most, whatever
    the number of services; the answers are the same on every database.
    """
    needed = [name for name, asked in (("points", question.near), ("hours", question.open_at)) if asked]
    shelves = Shelves(needed)
    tokens = understand(question.words)
    meant = [token for token in tokens if token.stems]
    keys = [f"w:{stem}" for token in meant for stem in token.stems]
    filters = _filters(question)
    posted = Postings([*keys, *(key for alternatives in filters for key in alternatives)], shelves)
    kept = ranking.candidates(shelves, question.with_inactive and actor.is_authenticated)
    for alternatives in filters:
        kept &= posted.any_of(alternatives)
    if tokens:
        value, enough = ranking.score(meant, posted, kept) if meant else (None, np.zeros(shelves.size, np.bool_))
        kept &= enough
    else:
        value = None
    if question.open_at:
        kept = _opened(shelves, kept, question.open_at)
    distances = shelves.distances(*question.near) if question.near else None
    ordered = _in_order(question, shelves, kept, value, distances, meant, start + size)[start:]
    return Found(
        total=int(kept.sum()),
        ids=[shelves.number(place) for place in ordered],
        typed=question.words,
        corrected=_corrected(tokens),
        distances=_kilometres(shelves, ordered, distances),
    )


def _filters(question: Question) -> list[list[str]]:
    """The keys of each filter: a service must have one of each list."""
    kinds = {
        TaxonomyKind.NEED: question.needs,
        TaxonomyKind.CLIENTELE: question.clienteles,
        TaxonomyKind.ACCESS: question.access,
        TaxonomyKind.MODE: question.modes,
    }
    found = [[f"t:{kind}:{code}"[:60] for code in codes] for kind, codes in kinds.items() if codes]
    found += [[f"{letter}:{code}" for code in codes] for letter, codes in _plain(question) if codes]
    if question.organization:
        found.append([f"o:{question.organization}"])
    if question.division:
        line = Divisions([question.division]).line(question.division)
        found.append([*(f"d:{division}" for division in line), f"p:{question.division}", "p:0"])
    return found


def _plain(question: Question) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("l", question.languages), ("f", question.fees))


def _opened(shelves: Shelves, kept: Bools, at: datetime) -> Bools:
    """Those of `kept` that are open: by weekly hours, else by their full rules, one by one."""
    opened, ruled = shelves.opened(at)
    doubtful = [int(place) for place in ruled if kept[place]]
    for number, places in hours_by_service([shelves.number(place) for place in doubtful]).items():
        if any_open(places, at):
            opened[shelves.place(number)] = True
    return kept & opened


def _in_order(
    question: Question,
    shelves: Shelves,
    kept: Bools,
    value: Floats | None,
    distances: Floats | None,
    meant: list[Token],
    end: int,
) -> list[int]:
    places = np.flatnonzero(kept)
    if not len(places) or end <= 0:
        return []
    if question.sort == "name":
        rank = np.zeros(shelves.size, np.float32)
    elif question.sort == "fresh":
        rank = shelves.checked.astype(np.float32)
    elif distances is not None and (value is None or question.sort == "distance"):
        rank = -distances
    else:
        rank = ranking.prior(shelves, timezone.localdate())
        rank = rank if distances is None else rank * ranking.nearness(distances)
        if value is not None:
            return _by_words(shelves, places, rank * value, meant, end)
    return ranking.first(places, rank, end, shelves.names)


def _by_words(shelves: Shelves, places: Places, rank: Floats, meant: list[Token], end: int) -> list[int]:
    """The best by the index, the first of which are compared again by their names."""
    ordered = ranking.first(places, rank, max(end, ranking.RERANKED), shelves.names)
    head = ordered[: ranking.RERANKED]
    numbers = {shelves.number(place): place for place in head}
    rows = Service.objects.filter(pk__in=list(numbers)).order_by("pk").values_list("pk", "name")
    names = {numbers[number]: name for number, name in rows}
    return [*ranking.named(head, rank, meant, names), *ordered[ranking.RERANKED :]][:end]


def _corrected(tokens: list[Token]) -> str:
    """The question as it was understood; "" when every word was known as it is."""
    if not any(token.corrected for token in tokens):
        return ""
    return " ".join(token.corrected or token.form for token in tokens)


def _kilometres(shelves: Shelves, ordered: list[int], distances: Floats | None) -> dict[int, float]:
    if distances is None:
        return {}
    return {shelves.number(place): float(distances[place]) for place in ordered if np.isfinite(distances[place])}
