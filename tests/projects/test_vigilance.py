"""Vigilance through its pages: rules, counts and alerts; who takes part is refused wherever one writes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from maillage.projects.models import VigilanceAlert, VigilanceCount, VigilanceScheme
from tests.factories import make_site
from tests.factories.projects_twinning import make_scheme
from tests.projects.pages import at

pytestmark = pytest.mark.django_db

NAMING = ["Mme Tremblay au troisième", "Appeler le 418 555-0134", "Frapper au logement 12", "marie.roy@exemple.org"]
NAMING += ["Frapper à la porte 204", "Passer au 304 d'abord", "appt 12", "Logement B-4", "Celle du #12"]
ROLES = [
    "Appeler le 911 ou le 211",
    "La sentinelle du 3e étage, poste 204",
    "Revu en 2026",
    "Joindre Info-Santé au 811",
]


@pytest.fixture
def worker(as_role, program):
    return as_role(program, "worker")


def text_of(answer):
    return answer.content.decode().replace("\xa0", " ").replace("&#x27;", "'")


def asked(site, **changes):
    return {
        "site": site.pk,
        "since": "2024-01-15",
        "check_times": "9 h et 19 h",
        "rules": "La sentinelle de l'étage passe.",
    } | changes


def test_a_scheme_is_written_counted_and_its_coverage_said(worker, program):
    site = make_site(program, name="Manoir du Lac", units=20)
    worker.post(at("scheme_new"), asked(site, review_on="2027-01-15"))
    scheme = VigilanceScheme.objects.get()
    for units in ("11", "12"):
        worker.post(at("scheme_count", scheme.uid), {"on": "2025-03-01", "sentinels": "3", "units": units})
    assert VigilanceCount.objects.get().units == 12
    shown = text_of(worker.get(at("scheme", scheme.uid)))
    assert "sur 20" in shown
    assert "60 %" in shown
    assert "60 %" in text_of(worker.get(at("schemes")))
    worker.post(at("scheme_count_remove", scheme.uid, VigilanceCount.objects.get().pk))
    assert not VigilanceCount.objects.exists()


@pytest.mark.parametrize("words", NAMING)
@pytest.mark.parametrize("field", ["rules", "escalation", "consents_kept", "check_times"])
def test_who_takes_part_is_never_written(worker, program, words, field):
    site = make_site(program)
    answer = worker.post(at("scheme_new"), asked(site, **{field: words}))
    assert answer.status_code == 422
    assert "Écrivez plutôt un rôle" in text_of(answer)
    assert words in text_of(answer)
    assert not VigilanceScheme.objects.exists()


@pytest.mark.parametrize("words", NAMING)
def test_an_alert_names_nobody(worker, program, words):
    scheme = make_scheme(program)
    sent = {"on": "2025-02-01", "outcome": "help", "delay_minutes": "12", "words": words}
    assert worker.post(at("alert_new", scheme.uid), sent).status_code == 422
    assert not VigilanceAlert.objects.exists()


@pytest.mark.parametrize("words", ROLES)
def test_a_role_a_service_or_a_year_is_nobodys(worker, program, words):
    site = make_site(program, units=20)
    assert worker.post(at("scheme_new"), asked(site, rules=words)).status_code == 302


def test_the_name_of_a_place_is_nobodys(worker, program):
    site = make_site(program, name="Résidence Marie Tremblay")
    worker.post(at("scheme_new"), asked(site, rules="Se retrouver à la salle de la Résidence Marie Tremblay."))
    assert VigilanceScheme.objects.exists()


def test_alerts_are_told_by_outcome_with_their_delay_and_corrected(worker, program):
    scheme = make_scheme(program)
    for outcome, delay in (("help", "10"), ("false_alarm", "30"), ("emergency", "")):
        worker.post(at("alert_new", scheme.uid), {"on": "2025-02-01", "outcome": outcome, "delay_minutes": delay})
    shown = text_of(worker.get(at("scheme", scheme.uid)))
    assert "délai médian : 20 min (2 délais connus)" in shown
    assert "Fausse alerte : 1" in shown
    alert = VigilanceAlert.objects.get(outcome="emergency")
    worker.post(at("alert", alert.uid), {"on": "2025-02-01", "outcome": "help", "delay_minutes": "5"})
    alert.refresh_from_db()
    assert (alert.outcome, alert.delay_minutes) == ("help", 5)
    worker.post(at("alert_remove", alert.uid))
    assert VigilanceAlert.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"on": "2025-03-01", "sentinels": "1", "units": "21"}, "Le milieu compte 20 logements"),
        ({"on": "2023-03-01", "sentinels": "1", "units": "2"}, "n'était pas en marche"),
        ({"on": "2999-03-01", "sentinels": "1", "units": "2"}, "dans l'avenir"),
        ({"on": "hier", "sentinels": "1", "units": "2"}, "AAAA-MM-JJ"),
        ({"on": "2025-03-01", "sentinels": "-1", "units": "2"}, "0"),
    ],
)
def test_a_count_that_cannot_be_says_why(worker, program, sent, sentence):
    scheme = make_scheme(program)
    answer = worker.post(at("scheme_count", scheme.uid), sent)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not VigilanceCount.objects.exists()


def test_a_site_has_one_scheme_at_a_time(worker, program):
    scheme = make_scheme(program)
    assert worker.post(at("scheme_new"), asked(scheme.site)).status_code == 422
    worker.post(at("scheme_end", scheme.uid))
    scheme.refresh_from_db()
    assert scheme.ended_on == timezone.localdate()
    worker.post(at("scheme_new"), asked(scheme.site))
    assert VigilanceScheme.objects.count() == 2


def test_what_is_to_be_reviewed_comes_first_and_says_so(worker, program):
    today = timezone.localdate()
    make_scheme(program, site=make_site(program, name="Aubier"), review_on=today + timedelta(days=400))
    make_scheme(program, site=make_site(program, name="Zéphyr"), review_on=today - timedelta(days=3))
    make_scheme(program, site=make_site(program, name="Milieu"))
    shown = text_of(worker.get(at("schemes")))
    assert "1 système est à revoir" in shown
    assert "Aucune date pour le revoir" in shown
    assert shown.index("Zéphyr") < shown.index("Aubier") < shown.index("Milieu")


def test_a_long_story_is_told_whole_when_asked_and_its_totals_always(worker, program):
    scheme = make_scheme(program)
    for day in range(1, 29):
        VigilanceCount.objects.create(scheme=scheme, on=f"2025-02-{day:02d}", sentinels=2, units=9)
        VigilanceAlert.objects.create(scheme=scheme, on=f"2025-02-{day:02d}", outcome="help", delay_minutes=day)
    shown = text_of(worker.get(at("scheme", scheme.uid)))
    assert shown.count("csrfmiddlewaretoken") < 28
    assert "Aide apportée : 28" in shown
    assert "délai médian : 14" in shown
    assert "1er février 2025" not in shown
    whole = text_of(worker.get(at("scheme", scheme.uid), {"tout": "1"}))
    assert "Voir tous les comptes" in shown
    assert "1er février 2025" in whole
    assert "Voir tous les comptes" not in whole


def test_pages_cost_the_same_with_many_rows(worker, program, django_assert_max_num_queries):
    for _time in range(30):
        scheme = make_scheme(program)
        VigilanceAlert.objects.create(scheme=scheme, on="2025-02-01", outcome="help")
    for day in range(1, 29):
        VigilanceCount.objects.create(scheme=scheme, on=f"2025-02-{day:02d}", sentinels=2, units=9)
        VigilanceAlert.objects.create(scheme=scheme, on=f"2025-02-{day:02d}", outcome="help")
    for address in (at("schemes"), at("scheme", scheme.uid)):
        with django_assert_max_num_queries(12):
            worker.get(address)
