"""A journal of a few hundred or thousand entries, all of whose traits are known, and the extracts made of it."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from maillage.core.changes import announce
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry, EntryTerm, Referral
from maillage.programs.models import Program
from maillage.statistics.extraction import KNOWN, SENSITIVE, Request, make_up
from maillage.statistics.models import Extract
from maillage.statistics.services import extracts
from tests.factories import make_member, make_program, make_site, term

START, END = date(2013, 1, 1), date(2014, 12, 31)
EVERYTHING = [*KNOWN, *SENSITIVE]
CANARY = "Zibelinelynx"


@dataclass
class Crowd:
    """A programme that is over, its people, its entries by key."""

    program: Program
    researcher: Any
    coordinator: Any
    entries: dict[int, Entry] = field(default_factory=dict)

    def ask(self, **changed: Any) -> Extract:
        """A request by the researcher."""
        values: dict[str, Any] = {
            "purpose": "Étudier l'effet du soutien communautaire",
            "agreement": "CER-2026-12",
            "fields": EVERYTHING,
            "start": START,
            "end": END,
            "expires_on": timezone.localdate() + timedelta(days=300),
        }
        asked = Request(**{**values, **changed})
        return extracts.ask(actor=self.researcher, program=self.program, asked=asked)

    def make(self, extract: Extract) -> Extract:
        """What the coordination does once it has read what would come out."""
        token = make_up(extract).token(extract)
        return extracts.make(actor=self.coordinator, extract=extract, seen=token)

    def made(self, **changed: Any) -> Extract:
        """An extract asked and produced."""
        return self.make(self.ask(**changed))


def make_crowd(count: int = 400, seed: int = 7, **fields: Any) -> Crowd:
    """`count` entries spread unevenly over two years, two MRC, six sites, two workers, all their traits drawn."""
    draw = random.Random(seed)
    program = make_program(**{"start": START, "end": END, **fields})
    workers = [make_member(program, role, label=f"{CANARY} {role}") for role in ("worker", "outreach")]
    mrcs = list(program.territory.children.order_by("code"))
    sites = [
        make_site(program, mrc=mrcs[i % 2], tenure=("omh", "omh", "coop")[i % 3], name=f"{CANARY} {i}")
        for i in range(6)
    ]
    groups = [term(program, "group", code) for code in ("family", "senior", "single")]
    themes = list(program.frame.terms.filter(vocabulary="theme").order_by("position"))
    actions = list(program.frame.terms.filter(vocabulary="action").order_by("position"))
    places = list(program.frame.terms.filter(vocabulary="contact_place").order_by("position"))[:4]
    made = []
    for _number in range(count):
        site = sites[min(int(draw.expovariate(0.5)), 5)]
        made.append(
            Entry(
                program=program,
                worker=draw.choice(workers),
                date=START + timedelta(days=draw.randrange(730)),
                site=site,
                mrc=site.mrc,
                tenure=site.tenure,
                nature=draw.choice(["individual", "individual", "collective"]),
                contact_place=draw.choice(places),
                persons=draw.choice([1, 1, 1, 2, 3, 6, 12]),
                note=f"Une note {CANARY}",
                minutes=30,
            )
        )
    Entry.objects.bulk_create(made)
    _code(draw, made, groups, themes, actions)
    _refer(draw, program, made)
    announce(STREAM, [entry.pk for entry in made])
    return Crowd(
        program,
        make_member(program, "researcher").user,
        make_member(program, "coordinator").user,
        {entry.pk: entry for entry in made},
    )


def _code(draw: random.Random, made: list[Entry], *vocabularies: Any) -> None:
    EntryTerm.objects.bulk_create(
        EntryTerm(entry=entry, term=chosen)
        for entry in made
        for terms in vocabularies
        for chosen in draw.sample(terms, draw.choice([1, 1, 2]))
    )


def _refer(draw: random.Random, program: Program, made: list[Entry]) -> None:
    needs = list(program.frame.terms.filter(vocabulary="need").order_by("position"))
    destinations = list(program.frame.terms.filter(vocabulary="destination").order_by("position"))
    Referral.objects.bulk_create(
        Referral(entry=entry, need=draw.choice(needs), destination=draw.choice(destinations))
        for entry in made
        if entry.nature == "individual" and draw.random() < 0.5
    )
