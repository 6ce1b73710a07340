"""Two extracts asked by the person who does research: one produced and taken, one that waits for the coordination."""

from collections.abc import Mapping
from datetime import date, timedelta

from maillage.accounts.models import User
from maillage.programs.models import Program
from maillage.statistics.services import extracts

AGREEMENT = "Certificat d'éthique CER-2026-114 (inventé pour la démonstration)"


def load(users: Mapping[str, User], program: Program, today: date) -> None:
    """Ask for both, produce the first and take it once."""
    researcher, coordinator = users["recherche"], users["coordination"]
    first = extracts.ask(
        actor=researcher,
        program=program,
        asked=extracts.Request(
            purpose="Décrire comment les thèmes abordés changent au fil des saisons, selon la nature de l'intervention.",
            agreement=AGREEMENT,
            fields=("period", "mrc", "tenure", "nature", "persons", "theme", "action"),
            start=date(2013, 1, 1),
            end=date(2014, 12, 31),
            expires_on=today + timedelta(days=365),
            priority="period",
        ),
    )
    seen = extracts.look(actor=coordinator, extract=first)
    made = extracts.make(actor=coordinator, extract=first, seen=seen.token(first))
    extracts.hand_over(actor=researcher, extract=made)
    extracts.ask(
        actor=researcher,
        program=program,
        asked=extracts.Request(
            purpose="Comparer les besoins pour lesquels les personnes sont référées, par MRC et par groupe rejoint.",
            agreement=AGREEMENT,
            fields=("period", "mrc", "nature", "groups", "need", "destination"),
            start=date(2015, 1, 1),
            end=date(2016, 12, 31),
            expires_on=today + timedelta(days=365),
            priority="mrc",
        ),
    )
