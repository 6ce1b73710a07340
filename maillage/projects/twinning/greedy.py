"""What somebody would do by hand: the fullest group first, then the next among those who remain."""

from .answer import Answer, Grouping, grouping, groupings
from .question import Question


def greedy(question: Question) -> Answer:
    """Groupings made one after the other: each time the host that gathers the most, the nearest first, with the least travel.

    Who remains then joins the nearest group that has room. Nothing is proven: the bounds are those of the question.
    """
    free = {place.key for place in question.places}
    made: dict[int, list[int]] = {}
    while (best := _fullest(question, free)) is not None:
        made[best.host] = list(best.places)
        free -= set(best.places)
    _top_up(question, made, free)
    return Answer(groupings(question, made), question.asked, 0)


def _fullest(question: Question, free: set[int]) -> Grouping | None:
    found: Grouping | None = None
    for host, coming in question.reach.items():
        if host not in free:
            continue
        chosen = _gathered(question, host, coming, free)
        group = grouping(question, host, chosen)
        if group.people >= question.least and (
            found is None or (-group.people, group.travel) < (-found.people, found.travel)
        ):
            found = group
    return found


def _gathered(question: Question, host: int, coming: dict[int, int], free: set[int]) -> list[int]:
    """The nearest free places that fit."""
    people, chosen = question.by_key[host].interested, [host]
    near = sorted((coming[key] / (question.by_key[key].interested or 1), key) for key in coming if key in free)
    for _far, key in near:
        more = question.by_key[key].interested
        if key != host and people + more <= question.most:
            people += more
            chosen.append(key)
    return chosen


def _top_up(question: Question, made: dict[int, list[int]], free: set[int]) -> None:
    people = {host: sum(question.by_key[key].interested for key in keys) for host, keys in made.items()}
    for key in sorted(free):
        more = question.by_key[key].interested
        open_to = [
            (question.reach[host][key], host)
            for host in made
            if key in question.reach[host] and people[host] + more <= question.most
        ]
        if more and open_to:
            host = min(open_to)[1]
            made[host].append(key)
            people[host] += more
