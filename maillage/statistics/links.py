"""From a figure to the entries it counts: the journal's filters for a line of a table."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

# The journal's filter for the lines of each table, and the filters that the whole table already implies.
FILTERS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "tenure": ("tenure", ()),
    "groups_reached": ("groupe", ()),
    "nature": ("nature", ()),
    "referral_destination": ("destination", ()),
    "referral_need_health": ("besoin", (("destination", "health"),)),
    "referral_need_community": ("besoin", (("destination", "community"),)),
    "collective_kind": ("collectif", (("nature", "collective"),)),
    "action": ("action", ()),
    "contact_place": ("lieu", ()),
    "axes": ("axe", ()),
    "territory": ("mrc", ()),
    "themes": ("theme", ()),
}
# Lines without a code of their own: no filter of the journal says « not specified ».
WITHOUT_CODE = ("", "none", "unspecified")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the whole portrait is limited to, as the journal's filters say it. Dates are None for the whole programme."""

    address: str
    program: str
    start: date | None = None
    end: date | None = None
    mrc: str = ""

    def link(self, table: str, row: str) -> str:
        """The address of the entries that line `row` of `table` counts, or "" where no filter counts them."""
        if table == "monthly":
            return self._month(row)
        if table == "persons_referred":
            return self.address_of(("nature", "individual"), ("refere", "1")) if row == "referred" else ""
        if table not in FILTERS or row in WITHOUT_CODE:
            return ""
        name, implied = FILTERS[table]
        if name == "mrc" and self.mrc:
            return self.address_of()
        return self.address_of(*implied, (name, row))

    def crossing(self, row: str, column: str) -> str:
        """The address of the entries that bear both axes; only the diagonal has a filter of its own."""
        return self.address_of(("axe", row)) if row == column else ""

    def all_entries(self) -> str:
        """The address of all the entries of the portrait."""
        return self.address_of()

    def address_of(self, *filters: tuple[str, str]) -> str:
        """The journal with the portrait's own limits and `filters`."""
        words = [("programme", self.program)]
        if self.start and self.end:
            words += [("du", self.start.isoformat()), ("au", self.end.isoformat())]
        if self.mrc:
            words.append(("mrc", self.mrc))
        return f"{self.address}?{urlencode([*words, *filters])}"

    def _month(self, code: str) -> str:
        first, last = month_bounds(code)
        start = max(first, self.start) if self.start else first
        end = min(last, self.end) if self.end else last
        return Scope(self.address, self.program, start, end, self.mrc).address_of()


def month_bounds(code: str) -> tuple[date, date]:
    """First and last day of a month written `2014-05`."""
    year, month = (int(part) for part in code.split("-")[:2])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), date.fromordinal(following.toordinal() - 1)
