"""From a figure to the entries it counts: the journal's filters for a line of a table."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

Pairs = tuple[tuple[str, str], ...]

# The journal's filter for the lines of each table, and the filters that the whole table already implies.
FILTERS: dict[str, tuple[str, Pairs]] = {
    "tenure": ("tenure", ()),
    "groups_reached": ("groupe", ()),
    "nature": ("nature", ()),
    "referral_destination": ("destination", ()),
    "referral_need_health": ("besoin", (("destination", "health"),)),
    "referral_need_community": ("besoin", (("destination", "community"),)),
    "collective_kind": ("collectif", (("nature", "collective"),)),
    "participations": ("collectif", (("nature", "collective"),)),
    "action": ("action", ()),
    "contact_place": ("lieu", ()),
    "axes": ("axe", ()),
    "territory": ("mrc", ()),
    "themes": ("theme", ()),
    "success": ("succes", ()),
}
# Lines without a code of their own: no filter of the journal says « not specified ».
WITHOUT_CODE = ("", "none", "unspecified")


@dataclass(frozen=True, slots=True)
class JournalLinks:
    """The journal, limited as the whole portrait is. Dates are None where the whole programme is read.

    `more` holds the journal's own filters that the portrait was asked with.
    """

    address: str
    program: str
    start: date | None = None
    end: date | None = None
    mrc: str = ""
    more: Pairs = ()

    def link(self, table: str, row: str) -> str:
        """The address of the entries that line `row` of `table` counts, or "" where no filter counts them."""
        if table == "monthly":
            return self._month(row)
        if table == "persons_referred":
            return self.with_filters(("nature", "individual"), ("refere", "1")) if row == "referred" else ""
        if table not in FILTERS or row in WITHOUT_CODE:
            return ""
        name, implied = FILTERS[table]
        if name == "mrc" and self.mrc:
            return self.with_filters()
        if name in {asked for asked, _value in self.more}:
            return ""  # Two values of one filter add up in the journal; this figure needs both.
        return self.with_filters(*implied, (name, row))

    def crossing(self, row: str, column: str) -> str:
        """The address of the entries that bear both axes; only the diagonal has a filter of its own."""
        return self.link("axes", row) if row == column else ""

    def with_filters(self, *filters: tuple[str, str]) -> str:
        """The journal with the portrait's own limits and `filters`."""
        words = [("programme", self.program)]
        if self.start and self.end:
            words += [("du", self.start.isoformat()), ("au", self.end.isoformat())]
        if self.mrc:
            words.append(("mrc", self.mrc))
        return f"{self.address}?{urlencode([*words, *dict.fromkeys((*self.more, *filters))])}"

    def _month(self, code: str) -> str:
        first, last = month_bounds(code)
        start = max(first, self.start) if self.start else first
        end = min(last, self.end) if self.end else last
        return JournalLinks(self.address, self.program, start, end, self.mrc, self.more).with_filters()


def month_bounds(code: str) -> tuple[date, date]:
    """First and last day of a month written `2014-05`."""
    year, month = (int(part) for part in code.split("-")[:2])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), date.fromordinal(following.toordinal() - 1)
