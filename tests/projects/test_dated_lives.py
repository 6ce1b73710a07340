"""A project and its plan tell the days when things happened, in an order that can be."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from maillage.core.errors import Refused
from maillage.core.models import AuditEvent
from maillage.projects.models import Project
from maillage.projects.services.action_supports import add_support, say_support
from maillage.projects.services.actions import mark_action
from maillage.projects.services.project_stages import move_project
from maillage.projects.services.projects import open_project
from maillage.projects.services.redated_steps import redate_stage
from tests.factories import make_group, make_group_member, make_plan, make_user
from tests.factories.projects_plans import make_action, make_objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group()


@pytest.fixture
def carrier(group):
    return make_group_member(group, "coordinator").person.user


@pytest.fixture
def admin():
    return make_user(is_administrator=True)


def days(project):
    return list(project.steps.values_list("after", "on"))


def test_a_life_of_years_ago_enters_with_its_days(carrier, group):
    project = open_project(actor=carrier, group=group, name="Jardin", born_on=date(2013, 2, 1))
    move_project(actor=carrier, project=project, code="seek", on=date(2013, 4, 1))
    with pytest.raises(ValidationError, match="depuis le 1er"):
        move_project(actor=carrier, project=project, code="start", on=date(2013, 3, 31))
    move_project(actor=carrier, project=project, code="start", on=date(2013, 10, 1))
    move_project(actor=carrier, project=project, code="hand_over", on=date(2015, 5, 29), continuity="Un comité")
    project.refresh_from_db()
    assert days(project) == [
        ("idea", date(2013, 2, 1)),
        ("seeking", date(2013, 4, 1)),
        ("under_way", date(2013, 10, 1)),
        ("handed_over", date(2015, 5, 29)),
    ]
    assert (project.started_on, project.ended_on) == (date(2013, 10, 1), date(2015, 5, 29))


def test_a_project_that_started_before_was_an_idea_before(carrier, group):
    project = open_project(actor=carrier, group=group, name="Jardin", started_on=date(2014, 5, 1))
    assert days(project) == [("idea", date(2014, 5, 1))]
    today = timezone.localdate()
    assert days(open_project(actor=carrier, group=group, name="Autre"))[0][1] == today
    for born in (today + timedelta(days=1), date(2014, 5, 2), date(1800, 1, 1)):
        with pytest.raises(ValidationError):
            open_project(actor=carrier, group=group, name="Jamais", born_on=born, started_on=date(2014, 5, 1))
    assert not Project.objects.filter(name="Jamais").exists()


def test_a_group_that_ended_since_carried_what_it_began_while_it_lived(carrier, group):
    project = open_project(actor=carrier, group=group, name="Jardin", born_on=date(2013, 2, 1))
    group.state, group.ended_on = "ended", date(2014, 1, 1)
    group.save()
    with pytest.raises(Refused, match="terminé"):
        move_project(actor=carrier, project=project, code="start", on=date(2014, 1, 1))
    move_project(actor=carrier, project=project, code="start", on=date(2013, 12, 31))


def test_the_page_asks_when_the_idea_was_born(client, carrier, group):
    client.force_login(carrier)
    address = reverse("projects:project_new") + f"?groupe={group.slug}"
    assert 'name="born_on"' in client.get(address).content.decode()
    wrong = client.post(address, {"name": "Jardin", "group": group.pk, "reach": "local", "born_on": "2999-01-01"})
    assert wrong.status_code == 422
    assert "un jour à venir" in wrong.content.decode()
    client.post(address, {"name": "Jardin", "group": group.pk, "reach": "local", "born_on": "2013-02-01"})
    project = Project.objects.get(name="Jardin")
    assert days(project) == [("idea", date(2013, 2, 1))]
    assert 'name="born_on"' not in client.get(reverse("projects:project_edit", args=[project.slug])).content.decode()


def test_an_action_was_done_and_its_support_held_on_their_days(admin):
    action = make_action(make_objective(make_plan()))
    support = add_support(actor=admin, action=action, values={"name": "La ville", "promised_on": date(2014, 1, 20)})
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="à venir"):
        mark_action(actor=admin, action=action, state="done", on=tomorrow)
    with pytest.raises(Refused, match="au plus tard aujourd'hui"):
        say_support(actor=admin, support=support, state="held", on=tomorrow)
    assert mark_action(actor=admin, action=action, state="done", on=date(2014, 11, 20)).done_on == date(2014, 11, 20)
    assert say_support(actor=admin, support=support, state="held", on=date(2014, 12, 5)).said_on == date(2014, 12, 5)
    assert mark_action(actor=admin, action=action, state="under_way", on=date(2014, 11, 20)).done_on is None


def test_the_page_of_an_action_keeps_the_day_it_was_done(client, admin):
    action = make_action(make_objective(make_plan()), title="Semer", state="done", done_on=date(2014, 11, 20))
    client.force_login(admin)
    address = reverse("projects:action_edit", args=[action.uid])
    assert 'value="2014-11-20"' in client.get(address).content.decode()
    sent = {"title": "Semer", "objective": action.objective_id, "state": "done", "revision": action.revision}
    client.post(address, {**sent, "done_on": "2014-11-18"})
    action.refresh_from_db()
    assert action.done_on == date(2014, 11, 18)
    client.post(address, {**sent, "revision": action.revision, "title": "Semer tôt"})
    action.refresh_from_db()
    assert (action.title, action.done_on) == ("Semer tôt", date(2014, 11, 18))


@pytest.fixture
def garden(carrier, group):
    garden = open_project(actor=carrier, group=group, name="Jardin", born_on=date(2013, 2, 1))
    move_project(actor=carrier, project=garden, code="start", on=date(2016, 10, 1))
    garden.refresh_from_db()
    return garden


def step(one, after):
    return one.steps.filter(after=after).last()


def test_a_stage_dated_wrong_no_longer_bars_the_way(carrier, garden):
    right = date(2013, 10, 1)
    assert redate_stage(actor=carrier, step=step(garden, "under_way"), on=right).on == right
    garden.refresh_from_db()
    assert garden.started_on == right
    move_project(actor=carrier, project=garden, code="hand_over", on=date(2015, 5, 29), continuity="Un comité")
    redate_stage(actor=carrier, step=step(garden, "handed_over"), on=date(2015, 6, 1))
    garden.refresh_from_db()
    assert garden.ended_on == date(2015, 6, 1)
    assert AuditEvent.objects.filter(verb="projects.stage_redated").count() == 2


@pytest.mark.parametrize(
    ("after", "on", "said"),
    [
        ("idea", date(2016, 10, 2), "après l'étape « En cours »"),
        ("under_way", date(2013, 1, 31), "avant l'étape « Idée »"),
        ("under_way", date(2999, 1, 1), "à venir"),
        ("idea", date(1800, 1, 1), "1900"),
    ],
)
def test_a_stage_stays_between_its_neighbours(carrier, garden, after, on, said):
    with pytest.raises(Refused, match=said):
        redate_stage(actor=carrier, step=step(garden, after), on=on)
    garden.refresh_from_db()
    assert garden.started_on == date(2016, 10, 1)


def test_the_page_corrects_the_day_of_a_stage(client, carrier, garden):
    client.force_login(carrier)
    address = reverse("projects:stage_day", args=[garden.slug, step(garden, "under_way").pk])
    assert address in client.get(reverse("projects:project", args=[garden.slug])).content.decode()
    assert 'value="2016-10-01"' in client.get(address).content.decode()
    wrong = client.post(address, {"on": "2012-01-01"})
    assert wrong.status_code == 422
    assert "avant l&#x27;étape" in wrong.content.decode()
    assert client.post(address, {"on": "2013-10-01"}).status_code == 302
