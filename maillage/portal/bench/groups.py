"""What the pages of a group of 500 members with 200 meetings cost. The group is written for the measure, and undone."""

from collections.abc import Callable

from django.urls import reverse

from maillage.core.benchmarks import Measure

from . import large_group
from .pages import PageMeasure, measure_made, rows_of

MEMBERS, MEETINGS = 500, 200


def addresses(large: large_group.LargeGroup) -> list[tuple[str, str]]:
    """The pages of a group, by the name a person knows them under, for its coordination."""
    slug = [large.group.slug]
    of_group = {
        "Groupe": "group",
        "Rencontres du groupe": "meetings",
        "Membres": "members",
        "Besoins du groupe": "needs",
        "Décisions": "decisions",
        "Suivis du groupe": "follow_ups",
        "Questions": "questions",
        "Initiatives": "initiatives",
        "Valeur": "value",
        "Fiche publique": "group_sheet",
    }
    of_meeting = {"Rencontre tenue": "meeting", "Compte rendu": "minutes", "Présences": "attendance"}
    found = [("Mes groupes", reverse("concertation:groups"))]
    found += [(label, reverse(f"concertation:{name}", args=slug)) for label, name in of_group.items()]
    found += [(label, reverse(f"concertation:{name}", args=[large.held.uid])) for label, name in of_meeting.items()]
    found += [
        ("Rencontre à venir", reverse("concertation:meeting", args=[large.coming.uid])),
        ("Inscriptions", reverse("concertation:registrations", args=[large.coming.uid])),
        ("Besoin", reverse("concertation:need", args=[large.need.uid])),
        ("Question", reverse("concertation:question", args=[large.question.uid])),
        ("Initiative", reverse("concertation:initiative", args=[large.initiative.uid])),
        ("Calendrier", reverse("concertation:calendar")),
    ]
    return found


def measure(members: int = MEMBERS, meetings: int = MEETINGS, repeats: int = 20) -> list[PageMeasure]:
    """The cost of each page, in the order of `addresses`."""
    return measure_made(lambda: large_group.make(members, meetings), addresses, repeats)


def run(entries: int, say: Callable[[str], None]) -> list[Measure]:
    """Three rows a page (CPU, queries, weight) beside the budget. `entries` is not used."""
    say(f"{MEMBERS} membres, {MEETINGS} rencontres")
    return [row for page in measure() for row in rows_of(page)]
