"""The first page of a project says where its plans, its activities and its support stand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.projects.models import Project
from tests.factories import make_group, make_group_member, make_project, make_user
from tests.factories.projects import make_plan
from tests.factories.projects_activities import make_activity, make_session
from tests.factories.projects_grants import make_granted, make_reviewed
from tests.factories.projects_plans import make_action, make_objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project(group=make_group())


@pytest.fixture
def read(client, project):
    """The three lines as a member of the group reads them."""
    user = make_user()
    make_group_member(project.group, user=user)
    client.force_login(user)

    def page() -> list:
        return client.get(reverse("projects:project", args=[project.slug])).context["work"]

    return page


def test_a_new_project_says_what_is_not_there_yet_and_opens_each_section(read, project) -> None:
    lines = read()
    assert [line.sentence for line in lines] == ["Pas encore de plan", "Aucune séance encore", "Aucune demande encore"]
    names = ("project_plans", "project_activities", "project_applications")
    assert [line.href for line in lines] == [reverse(f"projects:{name}", args=[project.slug]) for name in names]


def test_actions_are_counted_once_with_those_that_are_late(read, project) -> None:
    objective = make_objective(make_plan(project=project))
    today = timezone.localdate()
    for day in (today - timedelta(days=1), today, None):
        make_action(objective, due_on=day)
    make_action(objective, state="done")
    gone_on = make_action(objective, due_on=today - timedelta(days=400))
    make_action(make_objective(make_plan(project=project)), carried_from=gone_on)
    line = read()[0]
    assert (line.sentence, line.late) == ("4 actions à faire, dont 1 en retard", True)


def test_the_next_session_comes_before_the_last_one(read, project) -> None:
    activity, today = make_activity(project=project), timezone.localdate()
    make_session(activity, on=today - timedelta(days=3))
    assert read()[1].sentence.startswith("Dernière séance le ")
    make_session(activity, on=today)
    assert read()[1].sentence.startswith("Prochaine séance le ")


def test_the_latest_application_opens_with_its_state_and_its_amount(read, project) -> None:
    application = make_granted(make_reviewed(project=project), amount=400)
    line = read()[2]
    assert line.sentence == "Accordée · 400\xa0$"
    assert line.href == reverse("projects:application", args=[application.uid])


def test_what_stands_there_is_read_within_the_budget_of_a_page(client, project, read) -> None:
    make_objective(make_plan(project=project))
    make_session(make_activity(project=project))
    with CaptureQueriesContext(connection) as captured:
        read()
    assert len(captured) <= 12
