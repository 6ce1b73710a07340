"""The judged services among invented ones, as the tests of the search write them."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from maillage.directory.searching import Question, search_services
from maillage.directory.synthetic import judged, territory, writing
from maillage.directory.synthetic.drafts import Draft, Place
from maillage.directory.synthetic.drafts import drafts as drawn
from maillage.directory.synthetic.judged import Judgement

TODAY = date(2026, 11, 21)


@dataclass
class Corpus:
    """What was written: drafts and the numbers of their services, in the same order."""

    places: dict[str, Place]
    drafts: list[Draft]
    numbers: list[int]

    @property
    def judgement(self) -> Judgement:
        return Judgement(self.drafts, self.numbers)

    def names(self, words: str = "", size: int = 10, **asked: object) -> list[str]:
        """The names of what is found, the best first."""
        by_number = dict(zip(self.numbers, self.drafts, strict=True))
        found = search_services(Question(words=words, **asked), AnonymousUser(), size=size)  # type: ignore[arg-type]
        return [by_number[number].name for number in found.ids]

    def ranks(self, words: str, size: int = 10) -> list[int]:
        """Where what is found stands among the drafts."""
        rank = {number: rank for rank, number in enumerate(self.numbers)}
        return [rank[number] for number in search_services(Question(words=words), AnonymousUser(), size=size).ids]


def make_corpus(invented: int = 200) -> Corpus:
    """The judged services, then `invented` others in thirty invented municipalities."""
    places = judged.make_places()
    drafts = judged.drafts(places)
    if invented:
        drafts += drawn(territory.make(30), invented, 1, TODAY)
    return Corpus(places, drafts, writing.write(drafts))
