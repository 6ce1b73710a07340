"""What sites do together: a course that several of them must share, and two vigilance schemes."""

from datetime import timedelta

from maillage.projects.models import Twinning, TwinningSite, VigilanceAlert, VigilanceCount, VigilanceScheme
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
    twinning = Twinning.objects.create(
        program=ground.current,
        title="Cours d'informatique (éducation des adultes)",
        kind="course",
        least=10,
        most=18,
        most_travel=25,
    )
    sites = HousingSite.objects.filter(tenure="omh", closed_on=None, latitude__isnull=False).order_by("id")[:24]
    TwinningSite.objects.bulk_create(
        TwinningSite(twinning=twinning, site=site, interested=2 + (place * 7) % 6, can_host=place % 3 != 2)
        for place, site in enumerate(sites)
    )


def _watch(ground: Ground) -> None:
    sites = HousingSite.objects.filter(tenure="omh", closed_on=None, units__gte=20).order_by("id")[:2]
    for place, site in enumerate(sites):
        scheme = VigilanceScheme.objects.create(
            program=ground.current,
            site=site,
            since=ground.today - timedelta(days=400 - 90 * place),
            check_times="Chaque matin, de 9 h à 10 h",
            rules="Le carton est accroché le soir et retiré le matin. La sentinelle de l'étage fait sa ronde.",
            escalation="Frapper, téléphoner, joindre la personne à prévenir, puis l'office ; le 911 s'il y a danger.",
            consents_kept="À l'office, sur papier",
            review_on=ground.today + timedelta(days=(-14, 120)[place]),
        )
        for turn in range(5):
            VigilanceCount.objects.create(
                scheme=scheme,
                on=scheme.since + timedelta(days=70 * turn),
                sentinels=2 + turn // 2,
                units=min(site.units or 20, 8 + 2 * turn + place),
            )
        for days, delay, outcome in ALERTS[place:]:
            VigilanceAlert.objects.create(
                scheme=scheme, on=ground.today - timedelta(days=days), delay_minutes=delay, outcome=outcome
            )
