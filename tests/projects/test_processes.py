"""A démarche: its communities by year, its committee, and what anybody may read of it."""

import pytest

from maillage.core.models import AuditEvent
from maillage.projects.models import EngagedCommunity
from tests.factories import make_group, make_group_member, make_member, make_plan, make_program, make_project
from tests.factories.projects_reviews import make_community, make_review, planned, supported
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return (
        answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").replace("&#x27;", "'")
    )


def test_a_demarche_shows_its_communities_by_year_and_where_their_projects_stand(
    sign_in, client, django_assert_max_num_queries
):
    program = make_program(name="Ma communauté")
    group = make_group(kind="steering", programs=[program], charter="Pas d'action sans soutien")
    keeper = sign_in(make_group_member(group, "coordinator").person.user)
    make_community(program, name="Grand-Mère", year=2014)
    first = make_community(program, name="Christ-Roi", year=2013)
    shut = make_project(name="Jardins", group=group, program=program, stage="under_way")
    opened = make_project(name="Journal", group=group, program=program, is_public=True)
    first.projects.set([shut, opened])
    plan = make_plan(group=group)
    planned(plan, title="Tenir l'atelier")
    supported(planned(plan))
    make_review(plan)
    address = at("process", program.slug)
    outside = read(client, address)
    assert "Christ-Roi" in outside
    assert "Journal" in outside
    for hidden in ("Jardins", "Grand-Mère", "Tenir", "Pas d'action", "Bilan"):
        assert hidden not in outside
    make_member(program, "partner", user=group.members.first().person.user)
    with django_assert_max_num_queries(12):
        inside = read(keeper, address)
    assert inside.index("Christ-Roi") < inside.index("Grand-Mère")
    assert "En cours" in inside
    assert "1 action sans appui nommé, sur 2 à faire" in inside
    assert "Pas d'action sans soutien" in inside


def test_the_coordination_writes_which_communities_entered(sign_in):
    program = make_program()
    keeper = sign_in(make_member(program, "coordinator").user)
    project, elsewhere = make_project(program=program), make_project()
    make_community(program)
    address = at("community_new", program.slug)
    sent = {"name": "Christ-Roi", "year": "2013", "projects": [project.pk]}
    assert keeper.post(address, sent).status_code == 302
    community = EngagedCommunity.objects.get(name="Christ-Roi")
    assert list(community.projects.all()) == [project]
    for wrong in ({"name": "Christ-Roi"}, {"name": "B", "year": "13"}, {"name": "C", "projects": [elsewhere.pk]}):
        assert keeper.post(address, sent | wrong).status_code == 422
    assert keeper.post(at("community_remove", program.slug, community.pk)).status_code == 302
    assert EngagedCommunity.objects.filter(pk=community.pk).exists()  # a project is tied to it
    keeper.post(at("community", program.slug, community.pk), {"name": "Christ-Roi", "year": "2014"})
    community.refresh_from_db()
    assert (community.year, community.projects.count()) == (2014, 0)
    keeper.post(at("community_remove", program.slug, community.pk))
    assert EngagedCommunity.objects.count() == 1
    assert AuditEvent.objects.filter(verb="projects.community_removed").count() == 1


def test_a_project_of_the_territory_counts_by_itself(sign_in):
    program = make_program()
    member = make_member(program, "coordinator")
    here = make_project(name="Sur place", program=program)
    here.territories.set([program.territory])
    make_project(name="Ailleurs", program=program)
    make_community(program, division=program.territory)
    shown = read(sign_in(member.user), at("process", program.slug))
    assert "Sur place" in shown
    assert "Ailleurs" not in shown
