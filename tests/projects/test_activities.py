"""Activities: written, counted, listed; participations and participants never meet."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.errors import Refused
from maillage.core.models import AuditEvent
from maillage.projects.activity_counts import Tally, contradictions, doubts, tally_of, with_counts
from maillage.projects.enums import Audience
from maillage.projects.models import Activity, Headcount, Project, Session, Turnout
from maillage.projects.services.sessions import add_sessions, count_participants, edit_session
from tests.factories import make_project, make_project_person, make_site, make_user
from tests.factories.projects_activities import make_activity, make_headcount, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Any:
    return make_user()


@pytest.fixture
def project(lead: Any) -> Project:
    """A project that `lead` leads."""
    project = make_project()
    make_project_person(project, "lead", lead)
    return project


def test_an_activity_is_written_then_counted_from_a_phone(project: Project, lead: Any, sign_in: Any) -> None:
    client = sign_in(lead)
    new = f"/projets/activites/nouvelle/?projet={project.slug}"
    assert "Inscrire une activité" in client.get(new).content.decode()
    answer = client.post(new, {"title": "Jardin collectif", "kind": "garden", "place": "Cour arrière"})
    activity = Activity.objects.get()
    assert answer.headers["Location"] == f"/projets/activites/{activity.uid}/"
    session = {"on": "2026-05-04", "starts_at": "13:30", "minutes": "90", "n_seniors": "12", "n_workers": "2"}
    client.post(f"/projets/activites/{activity.uid}/seances/nouvelle/", session)
    activity.refresh_from_db()
    assert activity.state == "held"
    assert tally_of(activity).participations == {"seniors": 12, "workers": 2}
    again = client.get(f"/projets/activites/{activity.uid}/seances/nouvelle/").content.decode()
    assert 'value="13:30"' in again
    assert 'value="90"' in again
    shown = client.get(f"/projets/activites/{activity.uid}/").content.decode()
    assert "1 séance comptée sur 1 tenue" in shown
    assert "Pas encore comptés" in shown
    client.post(f"/projets/activites/{activity.uid}/participants/", {"n_seniors": "12", "n_workers": "2"})
    assert tally_of(activity).total_participants == 14
    verbs = set(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
    assert {"projects.activity_added", "projects.session_counted", "projects.participants_counted"} <= verbs


def test_a_session_is_repeated_and_only_the_first_is_counted(project: Project, lead: Any) -> None:
    activity = make_activity(project=project)
    day = timezone.localdate() - timedelta(days=3)
    made = add_sessions(actor=lead, activity=activity, on=day, numbers={"adults": 5}, times=3, every=14)
    assert [one.on - day for one in made] == [timedelta(days=14 * rank) for rank in range(4)]
    assert Turnout.objects.count() == 1
    with pytest.raises(Refused, match="déjà une séance"):
        add_sessions(actor=lead, activity=activity, on=day)
    with pytest.raises(Refused, match="à venir"):
        edit_session(actor=lead, session=made[1], values={"on": made[1].on}, numbers={"adults": 1})
    assert Session.objects.count() == 4
    assert Turnout.objects.count() == 1


def test_more_participants_than_participations_is_refused_once_all_is_counted(project: Project, lead: Any) -> None:
    activity = make_activity(project=project)
    make_session(activity, adults=10, unknown=2)
    waiting = make_session(activity, on=timezone.localdate())
    count_participants(actor=lead, activity=activity, numbers={"adults": 40})
    with pytest.raises(Refused, match="Adultes"):
        edit_session(actor=lead, session=waiting, values={"on": waiting.on}, numbers={"adults": 3})
    count_participants(actor=lead, activity=activity, numbers={"adults": 12})
    edit_session(actor=lead, session=waiting, values={"on": waiting.on}, numbers={"adults": 3})
    with pytest.raises(Refused, match="participants pour"):
        count_participants(actor=lead, activity=activity, numbers={"adults": 16})
    assert Headcount.objects.get().participants == 12


def test_an_error_keeps_what_was_typed_and_writes_nothing(project: Project, lead: Any, sign_in: Any) -> None:
    activity = make_activity(project=project)
    address = f"/projets/activites/{activity.uid}/seances/nouvelle/"
    typed = {"on": "2026-05-04", "n_adults": "7", "n_youth": "-1"}
    answer = sign_in(lead).post(address, typed)
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert not Session.objects.exists()
    typed = {"on": str(timezone.localdate() + timedelta(days=2)), "n_adults": "7", "times": "4"}
    answer = sign_in(lead).post(address, typed)
    assert answer.status_code == 422
    assert "à venir" in answer.content.decode()
    assert not Session.objects.exists()


def test_who_somebody_met_is_never_written(project: Project, lead: Any, sign_in: Any) -> None:
    client, site = sign_in(lead), make_site(name="Habitations Marie Tremblay")
    project.sites.add(site)
    address = f"/projets/activites/nouvelle/?projet={project.slug}"
    typed = {"title": "Jardin", "kind": "garden", "details": "Sonner au logement 204, demander Marie Tremblay."}
    answer = client.post(address, {**typed, "confirmed": "on"})
    assert answer.status_code == 422
    assert "logement 204" in answer.content.decode()
    typed["details"] = "Avec Lucie Gagnon."
    assert "confirmez que ce n" in client.post(address, typed).content.decode()
    assert not Activity.objects.exists()
    assert client.post(address, {**typed, "confirmed": "on"}).status_code == 302
    typed |= {"details": "Aux Habitations Marie Tremblay.", "sites": str(site.pk), "title": "Cuisine"}
    assert client.post(address, typed).status_code == 302


def test_what_was_counted_is_neither_removed_nor_cancelled(project: Project, lead: Any, sign_in: Any) -> None:
    client = sign_in(lead)
    counted, empty = make_activity(project=project), make_activity(project=project)
    make_session(counted, adults=3)
    client.post(f"/projets/activites/{counted.uid}/retirer/")
    typed = {"title": "Autre", "kind": "camp", "state": "cancelled"}
    answer = client.post(f"/projets/activites/{counted.uid}/modifier/", typed)
    assert answer.status_code == 422
    assert "elle ne peut pas être annulée" in answer.content.decode()
    client.post(f"/projets/activites/{empty.uid}/modifier/", typed)
    refused = client.post(f"/projets/activites/{empty.uid}/seances/nouvelle/", {"on": "2026-01-05"})
    assert "est annulée" in refused.content.decode()
    client.post(f"/projets/activites/{empty.uid}/retirer/")
    assert list(Activity.objects.order_by("id")) == [counted]


def test_the_list_filters_totals_and_says_the_same_as_its_file(project: Project, lead: Any, sign_in: Any) -> None:
    client = sign_in(lead)
    garden = make_activity(project=project, title="Jardin d'été", kind="garden")
    make_session(garden, timezone.localdate() - timedelta(days=800), adults=10)
    make_headcount(garden, adults=6)
    camp = make_activity(project=project, title="Camp de vacances", kind="camp")
    make_session(camp, youth=33)
    make_activity(title="Chez les autres")
    shown = client.get("/projets/activites/").content.decode()
    assert "Chez les autres" not in shown
    assert "<strong>43</strong> participations" in shown
    assert "<strong>6</strong> participants" in shown
    only = client.get("/projets/activites/?type=garden&q=ete").content.decode()
    assert "Camp de vacances" not in only
    assert "<strong>10</strong> participations" in only
    assert "Camp" in client.get("/projets/activites/?annee=2026&type=bizarre").content.decode()
    file = b"".join(client.get("/projets/activites/fichier/?type=garden").streaming_content).decode("utf-8-sig")
    titles, line = file.splitlines()[:2]
    row = dict(zip(titles.split(";"), line.split(";"), strict=True))
    assert row["Participations"] == "10"
    assert row["Participants"] == "6"
    assert row["Participants : Adultes (18 à 64 ans)"] == "6"
    assert "Camp" not in file
    tab = client.get(f"/projets/{project.slug}/activites/").content.decode()
    assert "Camp de vacances" in tab


@pytest.mark.parametrize("many", [3, 30])
def test_the_pages_take_the_same_few_queries(
    project: Project, lead: Any, sign_in: Any, many: int, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(lead)
    for _rank in range(many):
        activity = make_activity(project=project)
        make_headcount(activity, adults=1)
        for day in range(many):
            make_session(activity, timezone.localdate() - timedelta(days=day), adults=2, youth=1)
    for address in (
        "/projets/activites/",
        f"/projets/{project.slug}/activites/",
        f"/projets/activites/{activity.uid}/",
        f"/projets/activites/{activity.uid}/participants/",
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_the_page_says_nothing_about_an_activity_that_tells_nothing(project: Project, lead: Any, sign_in: Any) -> None:
    bare, told = make_activity(project=project), make_activity(project=project, details="Apporter un chapeau.")
    client = sign_in(lead)
    assert "À propos" not in client.get(f"/projets/activites/{bare.uid}/").content.decode()
    page = client.get(f"/projets/activites/{told.uid}/").content.decode()
    assert "Apporter un chapeau." in page
    assert '<dl class="keyfacts">' not in page


def test_counts_of_the_list_are_those_of_the_page() -> None:
    activity = make_activity()
    make_session(activity, adults=3, youth=2)
    make_session(activity, timezone.localdate() + timedelta(days=5))
    make_headcount(activity, adults=2)
    line, tally = with_counts(Activity.objects.all()).get(), tally_of(activity)
    assert (line.participations, line.participants) == (tally.total_participations, tally.total_participants) == (5, 2)
    assert (line.held_sessions, line.counted_sessions) == (tally.held, tally.counted) == (1, 1)


COUNTS = st.dictionaries(st.sampled_from([word.value for word in Audience]), st.integers(0, 40))


@given(sessions=st.lists(COUNTS, min_size=1, max_size=5), data=st.data())
def test_participants_drawn_from_those_who_came_never_contradict(sessions: list[dict[str, int]], data: Any) -> None:
    came: dict[str, int] = {}
    for session in sessions:
        for audience, count in session.items():
            came[audience] = came.get(audience, 0) + count
    persons = {audience: data.draw(st.integers(0, count)) for audience, count in came.items()}
    largest = max(sum(session.values()) for session in sessions)
    tally = Tally(came, persons, len(sessions), len(sessions), largest)
    assert not contradictions(tally)
    assert bool(doubts(tally)) == (0 < sum(persons.values()) < largest)
    one_more = {**persons, "adults": sum(came.values()) + 1}
    assert contradictions(Tally(came, one_more, len(sessions), len(sessions), largest))
    assert not contradictions(Tally(came, one_more, len(sessions) + 1, len(sessions), largest))
