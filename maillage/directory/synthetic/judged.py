"""The questions that were judged by hand (`tests/directory/judged`): what each should find, and how much of it is found."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext as _

import maillage
from maillage.core.errors import Refused
from maillage.territories.enums import Level
from maillage.territories.models import Division

from .drafts import MODES, Draft, Place

FOLDER = Path(maillage.__file__).resolve().parents[1] / "tests" / "directory" / "judged"
FIRST = 10
# What the service is for is not always what its sheet says: `said` is empty for those marked 0.
UP_TO_DATE = date(2026, 9, 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as asked and with slips, and what answers it."""

    text: str
    slips: str
    needs: tuple[str, ...]
    place: str = ""
    language: str = ""


def questions() -> list[Wanted]:
    """All the questions."""
    return [_wanted(*row) for row in _rows("questions.tsv")]


def _wanted(text: str, slips: str, want: str) -> Wanted:
    rest, _mark, language = want.partition("~")
    needs, _mark, place = rest.partition("@")
    return Wanted(text, slips, tuple(needs.split(",")), place, language)


def _rows(name: str) -> list[list[str]]:
    path = FOLDER / name
    if not path.exists():
        raise Refused(_("Les questions jugées manquent : cette mesure se fait dans le dépôt du code."))
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]


def make_places() -> dict[str, Place]:
    """Write the municipalities of the judged services, with their MRC."""
    found = {}
    counties: dict[str, Division] = {}
    for rank, (name, county, latitude, longitude) in enumerate(_rows("places.tsv")):
        if county not in counties:
            counties[county] = Division.objects.create(level=Level.MRC, code=f"J{rank:03d}", name=county)
        point = float(latitude), float(longitude)
        row = Division.objects.create(
            level=Level.MUNICIPALITY,
            code=f"J{rank:05d}",
            name=name,
            parent=counties[county],
            latitude=point[0],
            longitude=point[1],
        )
        found[name] = Place(row.pk, name, row.parent_id, *point)
    return found


def drafts(places: dict[str, Place]) -> list[Draft]:
    """The services written by hand."""
    draw = random.Random(20)
    return [_draft(row, places, draw) for row in _rows("services.tsv")]


def _draft(row: Sequence[str], places: dict[str, Place], draw: random.Random) -> Draft:
    name, organization, place, needs, said, clienteles, languages, fee, description = row
    return Draft(
        name=name,
        organization=organization,
        place=places[place],
        description=description,
        needs=tuple(needs.split(",")),
        said=tuple(needs.split(",")) if said == "1" else (),
        clienteles=tuple(clienteles.split(",")),
        languages=tuple(languages.split(",")),
        modes=(draw.choice(MODES),),
        fee=fee,
        area=draw.choice((places[place].mrc, places[place].division, None)),
        checked_on=UP_TO_DATE,
        quality=70,
    )


class Judgement:
    """Which of these services answer a question. `numbers` are those of the drafts, in order."""

    def __init__(self, found: Sequence[Draft], numbers: Sequence[int]) -> None:
        self._drafts, self._numbers = found, numbers

    @cached_property
    def _by_need(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for rank, draft in enumerate(self._drafts):
            for need in draft.needs:
                found[need].append(rank)
        return found

    def answers(self, wanted: Wanted) -> set[int]:
        """The numbers of the services that answer."""
        ranks = {rank for need in wanted.needs for rank in self._by_need[need]}
        return {self._numbers[rank] for rank in ranks if self._meets(self._drafts[rank], wanted)}

    @staticmethod
    def _meets(draft: Draft, wanted: Wanted) -> bool:
        if wanted.place and draft.place.name != wanted.place:
            return False
        return not wanted.language or wanted.language in draft.languages


def recall(found: Iterable[int], answers: set[int]) -> float:
    """The share of what could stand among the first ten that does."""
    first = list(found)[:FIRST]
    return len(answers.intersection(first)) / min(FIRST, len(answers))
