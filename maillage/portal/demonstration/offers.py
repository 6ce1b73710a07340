"""The shapes in which the invented services of the demonstration are written."""

from dataclasses import dataclass
from datetime import date, time

from maillage.directory.enums import Fee
from maillage.directory.sheets import CostLine, HoursLine

WEEKDAYS = "MO,TU,WE,TH,FR"


def hours(days: str, opens: str, closes: str, **more: object) -> HoursLine:
    """Hours of a week; « 9:00 »."""
    first, last = (time.fromisoformat(said.zfill(5)) for said in (opens, closes))
    return HoursLine(frequency="WEEKLY", byday=days, opens_at=first, closes_at=last, **more)  # type: ignore[arg-type]


OFFICE = (hours(WEEKDAYS, "8:30", "12:00"), hours(WEEKDAYS, "13:00", "16:30"))
ALWAYS = (HoursLine(frequency="DAILY", opens_at=time(0), closes_at=time(23, 59), description="Jour et nuit"),)


@dataclass(frozen=True, slots=True)
class Offer:
    """A service: its name, its words, the codes of needs, clienteles and ways of being received, when and at what cost."""

    key: str
    name: str
    description: str
    needs: tuple[str, ...]
    clienteles: tuple[str, ...] = ("everyone",)
    modes: tuple[str, ...] = ("in_person",)
    schedules: tuple[HoursLine, ...] = OFFICE
    fee: str = Fee.FREE
    fee_note: str = ""
    costs: tuple[CostLine, ...] = ()
    documents: tuple[str, ...] = ()
    process: str = "Téléphonez ou présentez-vous pendant les heures d'ouverture."
    eligibility: str = ""
    wait: str = ""
    ages: tuple[int | None, int | None] = (None, None)
    languages: tuple[str, ...] = ("fr",)


@dataclass(frozen=True, slots=True)
class House:
    """An invented organization: `mrcs` has one of them each; `covers` is whom it takes when it is not its MRC."""

    key: str
    word: str
    mission: str
    mrcs: tuple[str, ...]
    offers: tuple[Offer, ...]
    covers: tuple[str, ...] = ()
    whole_region: bool = False
    hidden_place: bool = False


def tax_season(today: date) -> tuple[HoursLine, ...]:
    """The weeks of income tax: from the middle of February to the end of April of the year that comes."""
    year = today.year if today < date(today.year, 4, 30) else today.year + 1
    return (hours("TU,TH", "9:00", "16:00", valid_from=date(year, 2, 15), valid_to=date(year, 4, 30)),)
