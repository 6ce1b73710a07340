"""A question as pages, addresses and saved searches carry it, and what it finds."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from maillage.core.text import as_number

SORTS = ("", "distance", "name", "fresh")
LISTS = {
    "needs": "besoin",
    "clienteles": "clientele",
    "access": "acces",
    "modes": "mode",
    "languages": "langue",
    "fees": "cout",
}
MOST_WORDS = 200  # characters of a question that are read
MOST_CODES = 40
NOW = "maintenant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. Codes of one list are alternatives; lists add up. `division` and `organization` are numbers
    of rows, `near` a point (latitude, longitude), `open_at` an instant. `sort`: "" (the best first), distance, name,
    fresh."""

    words: str = ""
    needs: tuple[str, ...] = ()
    clienteles: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    division: int | None = None
    near: tuple[float, float] | None = None
    open_at: datetime | None = None
    organization: int | None = None
    with_inactive: bool = False
    sort: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "Question":
        """The question of an address; what is not understood is left aside."""
        lists: dict[str, Any] = {
            name: tuple(dict.fromkeys(code[:120] for code in query.getlist(key)[:MOST_CODES] if code))
            for name, key in LISTS.items()
        }
        sort = query.get("tri", "")
        return cls(
            words=query.get("q", "")[:MOST_WORDS].replace("\x00", ""),
            division=as_number(query.get("territoire")),
            near=_point(query.get("pres", "")),
            open_at=_instant(query.get("ouvert", "")),
            organization=as_number(query.get("organisation")),
            with_inactive=query.get("inactifs") == "1",
            sort=sort if sort in SORTS else "",
            **lists,
        )

    def as_query(self) -> str:
        """The query of an address that asks the same; « open now » stays « now »."""
        query = QueryDict(mutable=True)
        if self.words:
            query["q"] = self.words
        for name, key in LISTS.items():
            if getattr(self, name):
                query.setlist(key, list(getattr(self, name)))
        if self.division:
            query["territoire"] = str(self.division)
        if self.near:
            query["pres"] = f"{self.near[0]:.5f},{self.near[1]:.5f}"
        if self.open_at:
            is_now = abs((self.open_at - timezone.now()).total_seconds()) < 120
            query["ouvert"] = NOW if is_now else self.open_at.isoformat(timespec="minutes")
        if self.organization:
            query["organisation"] = str(self.organization)
        if self.with_inactive:
            query["inactifs"] = "1"
        if self.sort:
            query["tri"] = self.sort
        return query.urlencode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a question finds: how many services, the numbers of those of the page in order, the words as they were
    typed, the words as they were understood ("" when nothing was corrected), and kilometres by service where `near`
    is asked and the service has a place."""

    total: int = 0
    ids: list[int] = field(default_factory=list)
    typed: str = ""
    corrected: str = ""
    distances: dict[int, float] = field(default_factory=dict)


def _point(text: str) -> tuple[float, float] | None:
    """« 46.12,-70.67 » as a point; None for what is none."""
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (latitude, longitude) if -90 <= latitude <= 90 and -180 <= longitude <= 180 else None


def _instant(text: str) -> datetime | None:
    """« maintenant », or an instant of ISO 8601 (that of the place when it has no offset)."""
    if text == NOW:
        return timezone.now()
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    if at is None:
        return None
    return timezone.make_aware(at) if timezone.is_naive(at) else at
