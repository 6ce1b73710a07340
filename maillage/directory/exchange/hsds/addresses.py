"""Where a location of HSDS is: its address, its point."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.directory.exchange import values

from .rows import derived
from .taking import Taker

_COUNTRIES = {"canada": "CA", "can": "CA", "france": "FR", "usa": "US", "united states": "US", "etats-unis": "US"}


class Address:
    """The address where people go, else the first; the others follow it in `beyond`."""

    def __init__(self, top: Taker, kind: str) -> None:
        rows = [dict(raw) for _rank, raw in top.rows("addresses")]
        first = next((at for at, row in enumerate(rows) if row.get("address_type") == "physical"), 0)
        mine = rows.pop(first) if rows else {}
        self.others = rows
        self.row = Taker("address", mine, f"{top.where}.addresses.{first}", top.notes)
        self.number = mine.get("id")
        self.address_1, self.address_2 = self.row.fitting("address_1", 250), self.row.fitting("address_2", 250)
        self.city, self.region = self.row.fitting("city", 120), self.row.fitting("region", 120)
        self.province, self.postal_code = self.row.fitting("state_province", 60), self.row.fitting("postal_code", 12)
        country = _COUNTRIES.get(str(self.row.left.get("country", "")).strip().lower())
        if country:
            self.row.left["country"] = country
        self.country = self.row.fitting("country", 2).upper()
        if self.row.left.get("address_type") == kind:
            del self.row.left["address_type"]

    def fields(self) -> dict[str, str]:
        """The fields of the place."""
        names = ("address_1", "address_2", "city", "region", "province", "postal_code", "country")
        return {name: getattr(self, name) for name in names}

    def said(self) -> str:
        """The address on one line."""
        return ", ".join(filter(None, (self.address_1, self.city, self.postal_code)))

    def is_here(self) -> bool:
        """Whether nothing says that it is outside of Québec."""
        province = self.province.strip().lower().replace("é", "e")
        return province in ("", "qc", "quebec", "ca-qc", "pq") and self.country in ("", "CA")

    def beyond(self, left: dict[str, Any], place: UUID) -> dict[str, Any]:
        """What stays of the place, with what stays of its addresses; a number that is made of the place's is none."""
        mine = self.row.beyond()
        if self.number and any(self.fields().values()) and self.number != str(derived(place, "address")):
            mine["id"] = self.number
        if mine or self.others:
            left["addresses"] = [mine, *self.others]
        return left


def coordinates(top: Taker) -> dict[str, float | None]:
    """A point on earth, or none: half a point, one outside of the earth or at zero-zero is set apart as it came."""
    raw = {name: top.left[name] for name in ("latitude", "longitude") if name in top.left}
    latitude, longitude = top.take("latitude", values.number, None), top.take("longitude", values.number, None)
    if latitude is None and longitude is None:
        return {"latitude": None, "longitude": None}
    fine = latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180
    if not fine or (latitude, longitude) == (0, 0):
        top.left |= {name: value for name, value in raw.items() if name not in top.refused}
        top.say(
            "latitude", _("Ces coordonnées ne sont pas un point : gardées à part, le lieu ne paraît pas sur la carte.")
        )
        return {"latitude": None, "longitude": None}
    return {"latitude": latitude, "longitude": longitude}
