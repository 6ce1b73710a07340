"""Twinning through its pages: sites are chosen, groupings proposed with their reasons, kept as shared activities."""

import pytest

from maillage.core.models import AuditEvent
from maillage.projects.models import Activity, Road, RoadMatrix, Twinning
from maillage.projects.services.twinnings import propose_groups
from tests.factories import make_organization, make_site, make_user
from tests.factories.projects_twinning import make_placed_site, make_twinning, make_twinning_site
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(as_role, program):
    return as_role(program, "worker")


def text_of(answer):
    return answer.content.decode()


def asked(**changes):
    return {
        "title": "Cours de cuisine",
        "kind": "course",
        "provider": "",
        "least": "4",
        "most": "8",
        "most_travel": "12,5",
    } | changes


def test_a_twinning_goes_from_the_activity_to_shared_activities(worker, program):
    school = make_organization(name="Éducation des adultes")
    near, far, alone = (
        make_placed_site(program, km, name=name) for km, name in ((0, "Bon-Air"), (9, "Érables"), (90, "Loin"))
    )
    nowhere = make_site(program, name="Sans-Carte")
    answer = worker.post(at("twinning_new"), asked(provider=school.name))
    twinning = Twinning.objects.get()
    assert answer.headers["Location"] == at("twinning_sites", twinning.uid)
    assert (twinning.most_travel, twinning.provider) == (12.5, school)
    sent = {"site": [near.pk, far.pk, alone.pk, nowhere.pk], f"n-{near.pk}": "3", f"n-{far.pk}": "2"}
    sent |= {f"n-{alone.pk}": "1", f"n-{nowhere.pk}": "2", f"h-{near.pk}": "on", f"h-{far.pk}": "on"}
    worker.post(at("twinning_sites", twinning.uid), sent)
    worker.post(at("twinning_propose", twinning.uid))
    shown = text_of(worker.get(at("twinning", twinning.uid)))
    assert "prouvé" in shown
    assert "Chez : Bon-Air" in shown
    assert "Si Érables recevait" in shown
    assert "Ses coordonnées ne sont pas connues" in shown
    assert "aucun de ces milieux n'atteindrait le minimum de 4" in shown.replace("&#x27;", "'").replace("’", "'")
    assert "Ensemble, 5 personnes l" in shown
    assert "Le milieu choisi le plus proche est à 81,0 km" in shown.replace("\xa0", " ")
    assert "twin-rule" in shown
    twinning.refresh_from_db()
    keep = {"host": [near.pk], "seen": twinning.proposed_at.isoformat()}
    worker.post(at("twinning_keep", twinning.uid), keep)
    activity = Activity.objects.get()
    assert (activity.program, activity.kind, activity.provider) == (program, "course", school)
    assert set(activity.sites.all()) == {near, far}
    assert at("activity", activity.uid) in text_of(worker.get(at("twinning", twinning.uid)))
    assert worker.post(at("twinning_keep", twinning.uid), keep).status_code == 422
    assert Activity.objects.count() == 1
    assert AuditEvent.objects.filter(verb="projects.twinning_kept").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"most": "3"}, "Le maximum est plus petit que le minimum"),
        ({"least": "0"}, "1"),
        ({"most_travel": "loin"}, "nombre"),
        ({"title": "Cours de Mme Tremblay"}, "le nom d"),
        ({"provider": "Personne ne porte ce nom"}, "Aucune organisation du répertoire"),
    ],
)
def test_a_question_that_cannot_be_asked_says_so(worker, changes, sentence):
    answer = worker.post(at("twinning_new"), asked(**changes))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Twinning.objects.exists()


def test_a_number_that_does_not_read_writes_nothing_and_is_kept_on_the_page(worker, program):
    twinning = make_twinning(program)
    first, second = make_placed_site(program), make_placed_site(program, 3)
    sent = {"site": [first.pk, second.pk], f"n-{first.pk}": "4", f"n-{second.pk}": "quelques"}
    answer = worker.post(at("twinning_sites", twinning.uid), sent)
    assert answer.status_code == 422
    assert 'value="quelques"' in text_of(answer)
    assert not twinning.sites.exists()


def test_sites_that_a_page_does_not_show_stay_and_an_empty_number_takes_one_out(worker, program):
    twinning = make_twinning(program)
    kept, gone = make_twinning_site(twinning), make_twinning_site(twinning, east_km=2)
    worker.post(at("twinning_sites", twinning.uid), {"site": [gone.site_id], f"n-{gone.site_id}": ""})
    assert list(twinning.sites.all()) == [kept]


def test_the_site_of_another_programme_or_a_closed_one_is_not_taken(worker, program):
    twinning = make_twinning(program)
    strange = make_placed_site(make_twinning().program)
    closed = make_placed_site(program, closed_on="2024-01-01")
    for site in (strange, closed):
        worker.post(at("twinning_sites", twinning.uid), {"site": [site.pk], f"n-{site.pk}": "5"})
    assert not twinning.sites.exists()


def test_what_was_proposed_is_forgotten_when_the_question_changes(worker, program):
    twinning = make_twinning(program)
    line = make_twinning_site(twinning, 5)
    worker.post(at("twinning_propose", twinning.uid))
    twinning.refresh_from_db()
    old = twinning.proposed_at.isoformat()
    worker.post(
        at("twinning_sites", twinning.uid),
        {"site": [line.site_id], f"n-{line.site_id}": "6", f"h-{line.site_id}": "on"},
    )
    assert "Proposer des regroupements" in text_of(worker.get(at("twinning", twinning.uid)))
    worker.post(at("twinning_propose", twinning.uid))
    answer = worker.post(at("twinning_keep", twinning.uid), {"host": [line.site_id], "seen": old})
    assert "La proposition a changé entre-temps" in text_of(answer)
    assert not Activity.objects.exists()


def test_an_impossible_grouping_says_why(worker, program):
    twinning = make_twinning(program, least=6)
    make_twinning_site(twinning, 2)
    make_twinning_site(twinning, 2, east_km=5)
    worker.post(at("twinning_propose", twinning.uid))
    shown = text_of(worker.get(at("twinning", twinning.uid)))
    assert "Aucun regroupement n&#x27;atteint" in shown.replace("'", "&#x27;")
    assert "En tout, 4 personnes sont intéressées" in shown
    assert "Personnes placées" not in shown
    assert shown.count("À portée, 4 personnes en tout, et il en faut 6") == 2


def test_nothing_is_proposed_without_anybody(worker, program):
    twinning = make_twinning(program)
    worker.post(at("twinning_propose", twinning.uid))
    twinning.refresh_from_db()
    assert twinning.proposed_at is None


def roads_file(tmp_path, *lines):
    path = tmp_path / "trajets.csv"
    path.write_text("\n".join(["Départ;Arrivée;Trajet", *lines]))
    return path


def load(client, program, path):
    with path.open("rb") as file:
        sent = {"name": "Routes", "unit": "minutes", "file": file, "programme": program.slug}
        return client.post(at("roads"), sent)


def test_a_table_of_roads_is_loaded_whole_and_used(worker, program, tmp_path):
    twinning = make_twinning(program, most_travel=30)
    one, two = make_twinning_site(twinning, 3), make_twinning_site(twinning, 3, east_km=300)
    path = roads_file(tmp_path, f"{one.site.reference};{two.site.name};25,5")
    for _time in range(2):
        assert load(worker, program, path).status_code == 302
    matrix = RoadMatrix.objects.get()
    assert Road.objects.count() == 1
    Twinning.objects.update(matrix=matrix)
    worker.post(at("twinning_propose", twinning.uid))
    twinning.refresh_from_db()
    assert twinning.proposal["travel"] == 3 * 255
    assert "76,5 min" in text_of(worker.get(at("twinning", twinning.uid))).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Nulle part;A;3", "pas un milieu de ce programme"),
        ("A;B;loin", "pas un nombre"),
        ("A;B;-2", "nombre de 0 à"),
        ("A;A;3", "lui-même"),
    ],
)
def test_a_table_with_one_bad_line_loads_nothing(worker, program, tmp_path, line, sentence):
    for name in ("A", "B"):
        make_site(program, name=name)
    answer = load(worker, program, roads_file(tmp_path, "A;B;12", line))
    assert answer.status_code == 422
    assert sentence in text_of(answer).replace("&#x27;", "'")
    assert ".." not in text_of(answer).partition("Rien n")[2].partition("</")[0]
    assert not RoadMatrix.objects.exists()


def test_the_page_costs_the_same_with_many_sites(worker, program, django_assert_max_num_queries):
    twinning = make_twinning(program)
    for number in range(30):
        make_twinning_site(twinning, 3, east_km=number)
    propose_groups(actor=make_user(is_administrator=True), twinning=twinning, seconds=0.1)
    for name in ("twinning", "twinning_sites"):
        with django_assert_max_num_queries(12):
            worker.get(at(name, twinning.uid))
    with django_assert_max_num_queries(12):
        worker.get(at("twinnings"))
