"""What sites do together: a course that several of them must share, and two vigilance schemes."""

from datetime import timedelta

from django.db.models import QuerySet

from maillage.projects.services.twinnings import choose_sites, open_twinning
from maillage.projects.services.vigilance import count_scheme, open_scheme, write_alert
from maillage.territories.models import HousingSite

from .ground import Ground

ALERTS = (
    (210, 12, "false_alarm"),
    (148, 20, "false_alarm"),
    (96, 9, "help"),
    (41, 15, "false_alarm"),
    (8, 11, "emergency"),
)


def load(ground: Ground) -> None:
    """A twinning ready to be proposed, and two schemes with their counts and alerts."""
    _course(ground)
    _watch(ground)


def _course(ground: Ground) -> None:
    values = {
        "title": "Cours d'informatique (éducation des adultes)", "kind": "course", "least": 10, "most": 18,
        "most_travel": 25,
    }  # fmt: skip
    twinning = open_twinning(actor=ground.coordinator, program=ground.current, values=values)
    sites = _sites(ground).filter(latitude__isnull=False)[:24]
    chosen = {site: (2 + (place * 7) % 6, place % 3 != 2) for place, site in enumerate(sites)}
    choose_sites(actor=ground.coordinator, twinning=twinning, chosen=chosen)


def _sites(ground: Ground) -> QuerySet[HousingSite]:
    """Sites of offices that the agreement under way covers."""
    covered = ground.current.program_sites.order_by().values("site")
    return HousingSite.objects.filter(pk__in=covered, tenure="omh", closed_on=None).order_by("id")


def _watch(ground: Ground) -> None:
    for place, site in enumerate(_sites(ground).filter(units__gte=20)[:2]):
        since = ground.today - timedelta(days=400 - 90 * place)
        values = {
            "since": since,
            "check_times": "Chaque matin, de 9 h à 10 h",
            "rules": "Le carton est accroché le soir et retiré le matin. La sentinelle de l'étage fait sa ronde.",
            "escalation": "Frapper, téléphoner, joindre la personne à prévenir, puis l'office ; le 911 s'il y a danger.",
            "consents_kept": "À l'office, sur papier",
            "review_on": ground.today + timedelta(days=(-14, 120)[place]),
        }
        scheme = open_scheme(actor=ground.coordinator, program=ground.current, site=site, values=values)
        for turn in range(5):
            units = min(site.units or 20, 8 + 2 * turn + place)
            on = since + timedelta(days=70 * turn)
            count_scheme(actor=ground.coordinator, scheme=scheme, on=on, sentinels=2 + turn // 2, units=units)
        for days, delay, outcome in ALERTS[place:]:
            alert = {"on": ground.today - timedelta(days=days), "delay_minutes": delay, "outcome": outcome}
            write_alert(actor=ground.coordinator, scheme=scheme, values=alert)
