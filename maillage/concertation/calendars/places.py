"""Where meetings are held, as the points of a map: one point a place, with the meetings there."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from maillage.concertation.models import Meeting
from maillage.concertation.times import span_words

from .seen import page_of

MOST_NAMED = 8  # meetings named at one point


def points(meetings: Iterable[Meeting], member_of: Collection[int], otherwise: str) -> list[dict[str, Any]]:
    """GeoJSON features. A meeting without coordinates stands at the interior point of its territory, or of its group's;
    one that is nowhere (from afar only) has no point. `otherwise` is the page of what somebody may not open.

    Each needs its `group`, that group's `territory`, and its `division`.
    """
    there: dict[tuple[float, float], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        point = where(meeting)
        if point is not None:
            there[point].append(meeting)
    return [_feature(point, rows, member_of, otherwise) for point, rows in there.items()]


def where(meeting: Meeting) -> tuple[float, float] | None:
    """Longitude and latitude of a meeting, exact or of its territory."""
    for held in (meeting, meeting.division, meeting.group.territory):
        if held is not None and held.latitude is not None and held.longitude is not None:
            return round(held.longitude, 5), round(held.latitude, 5)
        if held is meeting and not (meeting.place or meeting.address or meeting.division_id) and meeting.online_url:
            return None
    return None


def _feature(
    point: tuple[float, float], rows: list[Meeting], member_of: Collection[int], otherwise: str
) -> dict[str, Any]:
    named = [
        {
            "name": f"{row.title} – {span_words(row.starts_at, row.ends_at)}",
            "url": page_of(row, member_of) or otherwise,
        }
        for row in rows[:MOST_NAMED]
    ]
    first = rows[0]
    place = first.place if first.latitude is not None else first.division or first.group.territory
    properties = {
        "name": str(place or first.group),
        "services": named,  # what a map's window lists
        "more": len(rows) - len(named),
        # How the points of a map are drawn: a full circle.
        "tenure": "omh",
        "served": True,
        "targeted": False,
    }
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": properties}
