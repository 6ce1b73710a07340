"""What was done to a project is read by those who carry it; one opened by mistake is taken away while nothing rests on it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.core.models import AuditEvent
from maillage.projects.models import (
    Action,
    EngagedCommunity,
    FundingRequest,
    Objective,
    Plan,
    Project,
    Result,
)
from maillage.projects.services.activities import remove_activity
from maillage.projects.services.documents import remove_document
from maillage.projects.services.funding import remove_request
from maillage.projects.services.plans import remove_plan
from maillage.projects.services.project_team import add_person, remove_partner, save_partner
from maillage.projects.services.projects import edit_project
from maillage.projects.services.results import add_result
from tests.factories import (
    make_group,
    make_group_member,
    make_need,
    make_organization,
    make_plan,
    make_program,
    make_project,
)
from tests.factories.projects_activities import make_activity, make_source
from tests.factories.projects_files import make_document
from tests.factories.projects_reviews import make_review
from tests.factories.projects_support import make_application
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Any:
    return make_group()


@pytest.fixture
def keeper(group: Any, sign_in: Any) -> Any:
    """Who animates the group that carries the project: their browser and their account."""
    user = make_group_member(group, "coordinator").person.user
    return sign_in(user), user


def test_the_history_says_who_did_what_to_the_project_and_to_what_is_in_it(group: Any, keeper: Any) -> None:
    client, user = keeper
    project, other = make_project(group=group), make_project(group=group)
    edit_project(actor=user, project=project, issue="Alimentation")
    edit_project(actor=user, project=other, issue="Ailleurs seulement")
    add_person(actor=user, project=project, role="member", name="Gaétane Inventée")
    gone = save_partner(
        actor=user, project=project, organization=make_organization(name="La Popote"), values={"kind": "money"}
    )
    remove_partner(actor=user, partner=gone)
    add_result(actor=user, project=project, values={"effect": "ties", "statement": "Des voisins se parlent."})
    assert at("project_history", project.slug) in client.get(at("project", project.slug)).content.decode()
    page = client.get(at("project_history", project.slug)).content.decode()
    for words in ("Alimentation", "Gaétane Inventée", "La Popote", "Des voisins se parlent.", str(user), "Enjeu"):
        assert words in page, words
    assert page.index("Des voisins se parlent.") < page.index("Alimentation")  # the latest first
    assert "Ailleurs seulement" not in page
    assert "projects." not in page.split("<h1")[1]  # every verb has its words


def test_what_was_taken_away_stays_told(group: Any, keeper: Any) -> None:
    client, user = keeper
    project = make_project(group=group)
    activity = make_activity(project=project, title="Sortie annulée")
    remove_activity(actor=user, activity=activity)
    remove_document(actor=user, document=make_document(project, title="Vieille lettre"))
    remove_plan(actor=user, plan=make_plan(project=project, title="Plan de trop"))
    request = FundingRequest.objects.create(project=project, source=make_source(name="Fondation de trop"))
    remove_request(actor=user, request=request)
    page = client.get(at("project_history", project.slug)).content.decode()
    for name in ("Sortie annulée", "Vieille lettre", "Plan de trop", "Fondation de trop"):
        assert f"<del>{name}" in page, name


def test_the_history_is_for_those_who_carry_the_project(group: Any, sign_in: Any) -> None:
    project = make_project(group=group)
    reader = sign_in(make_group_member(group).person.user)
    assert reader.get(at("project", project.slug)).status_code == 200
    assert at("project_history", project.slug) not in reader.get(at("project", project.slug)).content.decode()
    assert reader.get(at("project_history", project.slug)).status_code == 404


def test_the_history_takes_the_same_few_queries(group: Any, keeper: Any) -> None:
    client, user = keeper
    taken = []
    for many in (3, 30):
        project = make_project(group=group)
        for rank in range(many):
            add_person(actor=user, project=project, role="member", name=f"Personne {rank}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(at("project_history", project.slug)).content.count(b"Personne ajout") == many
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 12


def test_a_project_opened_by_mistake_is_taken_away_and_its_line_stays(group: Any, keeper: Any) -> None:
    client, user = keeper
    project, need = make_project(group=group, name="Doublon"), make_need(group, state="taken_up")
    project.needs.add(need)
    add_person(actor=user, project=project, role="member", name="Gaétane Inventée")
    Plan.objects.create(project=project, title="Sans action", start=date(2026, 1, 1), end=date(2026, 12, 31))
    assert at("project_remove", project.slug) in client.get(at("project_edit", project.slug)).content.decode()
    client.get(at("project_remove", project.slug))
    assert Project.objects.exists()
    assert client.post(at("project_remove", project.slug)).headers["Location"] == at("projects")
    assert not Project.objects.exists()
    need.refresh_from_db()
    line = AuditEvent.objects.get(verb="projects.removed")
    assert (line.object_label, line.object_id, line.actor_id) == ("Doublon", project.pk, user.pk)


def _asked(project: Project) -> None:
    FundingRequest.objects.create(project=project, source=make_source())


HOLDING: dict[str, Callable[[Project], Any]] = {
    "1 demande de soutien": lambda project: make_application(project=project),
    "1 demande de financement": _asked,
    "1 activité": lambda project: make_activity(project=project),
    "1 retombée": lambda project: Result.objects.create(project=project, statement="Des liens."),
    "1 document ou photo": make_document,
    "1 action de plan": lambda project: Action.objects.create(
        objective=Objective.objects.create(plan=make_plan(project=project), title="But", position=1),
        title="Faire", position=1,
    ),
    "1 bilan annuel": lambda project: make_review(make_plan(project=project)),
    "1 communauté engagée": lambda project: EngagedCommunity.objects.create(
        program=make_program(), name="Quartier", year=2010
    ).projects.add(project),
}  # fmt: skip


@pytest.mark.parametrize("words", HOLDING)
def test_what_rests_on_a_project_keeps_it_and_is_told(words: str, group: Any, keeper: Any) -> None:
    client, _user = keeper
    project = make_project(group=group)
    HOLDING[words](project)
    page = client.get(at("project_remove", project.slug)).content.decode()
    assert words in page
    assert at("project_stage", project.slug, "end") in page
    told = client.post(at("project_remove", project.slug), follow=True).content.decode()
    assert f"il garde {words}." in told.replace("’", "'").replace("\xa0", " ")
    assert Project.objects.filter(pk=project.pk).exists()
    assert not AuditEvent.objects.filter(verb="projects.removed").exists()


def test_who_reads_a_project_does_not_take_it_away(group: Any, sign_in: Any) -> None:
    project = make_project(group=group)
    assert sign_in(make_group_member(group).person.user).post(at("project_remove", project.slug)).status_code == 404
    assert Project.objects.exists()
