"""Projects through their pages: opened from needs, changed, passed on, listed, shown."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.concertation.models import Initiative
from maillage.core.models import AuditEvent
from maillage.core.text import stems
from maillage.projects.models import Project, ProjectPerson
from maillage.projects.permissions import can_edit_project, can_feed_project, can_open_somewhere
from maillage.projects.queries import standing_of, with_standing
from maillage.projects.sight import Sight, sight_of
from tests.access.world import ROLES, build_world
from tests.factories import (
    make_division,
    make_group,
    make_group_member,
    make_member,
    make_need,
    make_organization,
    make_program,
    make_project,
    make_project_person,
    make_site,
    make_user,
)
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group()


@pytest.fixture
def animator(group):
    return make_group_member(group, "coordinator")


@pytest.fixture
def keeper(sign_in, animator):
    return sign_in(animator.person.user)


@pytest.fixture
def reader(sign_in, group):
    return sign_in(make_group_member(group).person.user)


def read(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def sent(group, **values):
    return {"name": "Un jardin pour toutes", "group": group.pk, "reach": "local"} | values


def test_a_project_is_born_of_needs_and_tells_them_taken_up(keeper, group, animator):
    needs = [make_need(group), make_need(group, state="taken_up")]
    address = at("project_new") + "?" + "&".join(f"besoin={need.uid}" for need in needs)
    page = read(keeper, address)
    assert len(re.findall(r'name="needs"[^>]* checked', page)) == 2
    answer = keeper.post(address, sent(group, needs=[need.pk for need in needs]))
    project = Project.objects.get()
    assert answer.headers["Location"] == at("project_team", project.slug)
    assert set(project.needs.all()) == set(needs)
    needs[0].refresh_from_db()
    assert needs[0].state == "taken_up"
    assert "Un jardin pour toutes" in needs[0].steps.get().text
    assert project.people.get().person == animator.person
    assert [(step.before, step.after) for step in project.steps.all()] == [("", "idea")]
    assert "Un jardin pour toutes" in keeper.get(reverse("concertation:need", args=[needs[0].uid])).content.decode()
    assert "Un jardin pour toutes" in keeper.get(reverse("concertation:group", args=[group.slug])).content.decode()
    assert "Un jardin pour toutes" in read(keeper, at("group_projects", group.slug))


def test_a_project_is_born_of_an_initiative(keeper, group):
    initiative = Initiative.objects.create(group=group, title="Marché du mardi", story="Une idée de la rencontre.")
    address = at("project_new") + f"?initiative={initiative.uid}"
    assert "Marché du mardi" in read(keeper, address)
    keeper.post(address, sent(group, name="Marché du mardi"))
    assert Project.objects.get().initiative == initiative


def test_needs_of_another_group_are_not_found(keeper):
    other = make_need(make_group())
    assert keeper.get(at("project_new"), {"besoin": other.uid}).status_code == 404


def test_an_ended_group_opens_no_project(keeper, group):
    group.state = "ended"
    group.save()
    answer = keeper.post(at("project_new") + f"?groupe={group.slug}", sent(group))
    assert answer.status_code == 422
    assert "est terminé" in answer.content.decode()
    assert not Project.objects.exists()


def test_somebody_met_is_not_named_and_an_organization_may_be(keeper, group):
    address = at("project_new") + f"?groupe={group.slug}"
    refused = keeper.post(address, sent(group, description="Demander à Mme Tremblay du logement 12."))
    assert refused.status_code == 422
    assert "Mme Tremblay" in refused.content.decode()
    assert 'name="confirmed"' in refused.content.decode()
    unit = keeper.post(address, sent(group, description="Rencontre au logement 12.", confirmed="on"))
    assert unit.status_code == 422
    assert keeper.post(address, sent(group, description="Avec Mme Tremblay.", confirmed="on")).status_code == 302
    make_organization(name="Popote Jeanne Tremblay")
    said = sent(group, description="Avec la Popote Jeanne Tremblay.", promoter="Popote Jeanne Tremblay")
    assert keeper.post(address, said).status_code == 302


def test_bad_lines_and_dates_are_sentences_and_nothing_is_written(keeper, group):
    address = at("project_new") + f"?groupe={group.slug}"
    for name, value, sentence in (
        ("territories", "Nulle-Part", "Aucun territoire"),
        ("sites", "HLM inconnu", "Aucun milieu"),
        ("promoter", "Personne inc.", "Aucune organisation"),
        ("started_on", "hier", "AAAA-MM-JJ"),
        ("started_on", "0001-01-01", "entre 1900 et 2100"),
    ):
        answer = keeper.post(address, sent(group, **{name: value}))
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True), name
    assert keeper.post(at("project_new"), {"name": "Seul", "reach": "local"}).status_code == 422
    assert not Project.objects.exists()


def test_a_line_that_is_no_place_is_quoted_and_a_part_of_a_name_is_enough(sign_in):
    program = make_program()
    seat = make_member(program, "worker")
    group = make_group(programs=[program])
    make_group_member(group, "coordinator", user=seat.user)
    client, address = sign_in(seat.user), at("project_new") + f"?groupe={group.slug}"
    for name in ("OMH de Thetford Mines", "Habitations de Thetford", "Les Mélèzes"):
        make_site(program, name=name)
    lost = client.post(address, sent(group, territories="Nulle-Part", sites="Thetford")).content.decode()
    assert "« Nulle-Part »" in lost
    assert "« OMH de Thetford Mines »" in lost
    assert "« Habitations de Thetford »" in lost
    assert 'name="confirmed"' not in lost, "nobody was named: there is nothing to confirm"
    assert client.post(address, sent(group, sites="melezes\nomh thetford")).status_code == 302
    assert {site.name for site in Project.objects.get().sites.all()} == {"Les Mélèzes", "OMH de Thetford Mines"}


def test_a_project_is_in_two_territories_and_changes_are_told(keeper, group):
    project = make_project(group=group)
    for name in ("Lotbinière", "Bellechasse"):
        make_division("mrc", name=name, search=stems(name))
    page = read(keeper, at("project_edit", project.slug))
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    values = sent(group, name=project.name, territories="Lotbinière\nBellechasse", seen=seen, issue="Alimentation")
    assert keeper.post(at("project_edit", project.slug), values).status_code == 302
    assert project.territories.count() == 2
    stale = keeper.post(at("project_edit", project.slug), values | {"issue": "Autre"})
    assert stale.status_code == 422
    assert "entre-temps" in stale.content.decode()
    project.refresh_from_db()
    assert project.issue == "Alimentation"
    assert AuditEvent.objects.filter(verb="projects.edited").count() == 2


def test_a_project_lives_from_the_idea_to_what_goes_on(keeper, group):
    project = make_project(group=group)
    make_organization(name="CDC du coin")
    for code, on in (("seek", "2025-01-10"), ("start", "2025-03-01")):
        assert keeper.post(at("project_stage", project.slug, code), {"on": on}).status_code == 302
    nobody = keeper.post(at("project_stage", project.slug, "hand_over"), {"on": "2026-01-01"})
    assert nobody.status_code == 422
    assert "qui poursuit" in nobody.content.decode()
    given = {"on": "2026-01-01", "continued_by": "CDC du coin", "words": "La relève est prête."}
    keeper.post(at("project_stage", project.slug, "hand_over"), given)
    project.refresh_from_db()
    assert (project.stage, project.started_on, project.ended_on) == ("handed_over", date(2025, 3, 1), date(2026, 1, 1))
    assert project.continued_by.name == "CDC du coin"
    again = keeper.post(at("project_stage", project.slug, "seek"), {"on": "2026-01-02"})
    assert again.status_code == 422
    late = keeper.post(at("project_stage", project.slug, "end"), {"on": "2026-01-02", "seen": "idea"})
    assert "entre-temps" in late.content.decode()
    assert keeper.post(at("project_stage", project.slug, "end"), {"on": "2999-01-01"}).status_code == 422
    assert [step.after for step in project.steps.order_by("id")] == ["seeking", "under_way", "handed_over"]
    assert "La relève est prête." in read(keeper, at("project", project.slug))


def test_a_project_of_an_ended_group_does_not_start_but_ends(keeper, group):
    project = make_project(group=group)
    group.state = "ended"
    group.save()
    assert "est terminé" in read(keeper, at("project", project.slug))
    assert keeper.post(at("project_stage", project.slug, "start"), {"on": "2026-01-01"}).status_code == 422
    assert keeper.post(at("project_stage", project.slug, "end"), {"on": "2026-01-01"}).status_code == 302


def test_people_and_partners_are_written_and_taken_back(keeper, group, sign_in):
    project = make_project(group=group)
    member = make_group_member(group)
    keeper.post(at("project_people", project.slug), {"do": "add", "person": member.person.pk, "role": "member"})
    seat = ProjectPerson.objects.get()
    mine = sign_in(member.person.user)
    assert mine.get(at("project_edit", project.slug)).status_code == 403
    keeper.post(at("project_people", project.slug), {"do": "lead", "person": seat.pk})
    assert mine.get(at("project_edit", project.slug)).status_code == 200
    twice = keeper.post(at("project_people", project.slug), {"person": member.person.pk, "name": "X", "role": "lead"})
    assert twice.status_code == 422
    organization = make_organization(name="Maison des jeunes")
    part = {"organization": "Maison des jeunes", "kind": "in_kind", "words": "Un local"}
    keeper.post(at("project_partners", project.slug), part)
    assert keeper.post(at("project_partners", project.slug), part).status_code == 422
    assert "Un local" in read(keeper, at("project_team", project.slug))
    assert project.partners.get().organization == organization
    keeper.post(at("project_partners", project.slug), {"do": "remove", "partner": project.partners.get().pk})
    keeper.post(at("project_people", project.slug), {"do": "remove", "person": seat.pk})
    assert not project.partners.exists()
    assert not project.people.exists()


def test_the_part_of_a_partner_is_changed(keeper, group):
    project = make_project(group=group)
    house, popote = make_organization(name="Maison des jeunes"), make_organization(name="La Popote")
    part = project.partners.create(organization=house, kind="in_kind", words="Un local")
    project.partners.create(organization=popote, kind="money")
    address = at("project_partner", project.slug, part.pk)
    assert address in read(keeper, at("project_team", project.slug))
    assert "Un local" in read(keeper, address)
    told = {"organization": "Maison des jeunes", "kind": "time", "words": "Deux soirs par semaine"}
    assert keeper.post(address, told).status_code == 302
    part.refresh_from_db()
    assert (part.organization, part.kind, part.words) == (house, "time", "Deux soirs par semaine")
    assert AuditEvent.objects.get(verb="projects.partner_edited").changes["words"] == ["Un local", told["words"]]
    taken = keeper.post(address, {"organization": "La Popote", "kind": "money", "words": "Déjà inscrite"})
    assert taken.status_code == 422
    assert "Déjà inscrite" in taken.content.decode()
    elsewhere = make_project(group=group).partners.create(organization=house)
    assert keeper.get(at("project_partner", project.slug, elsewhere.pk)).status_code == 404


def test_needs_are_attached_and_released(keeper, group):
    project, need = make_project(group=group), make_need(group)
    assert need.statement in read(keeper, at("project_needs", project.slug))
    keeper.post(at("project_needs", project.slug), {"besoin": [need.uid, "?"]})
    need.refresh_from_db()
    assert (need.state, project.needs.get()) == ("taken_up", need)
    keeper.post(at("project_needs", project.slug), {"do": "release", "besoin": need.uid})
    assert not project.needs.exists()


def test_the_sheet_is_public_when_somebody_publishes_it(keeper, group, client, reader):
    told = {
        "issue": "Participation citoyenne",
        "funding": "Autofinancement",
        "pride": "On a osé.",
        "impacts": "Des liens.",
    }
    project = make_project(
        group=group, summary="", story="Ce que l'équipe se dit.", promoter=make_organization(), **told
    )
    sheet = at("sheet", project.slug)
    assert client.get(sheet).status_code == 404
    assert "n'est pas publique" in read(reader, sheet).replace("’", "'")
    keeper.post(at("project_show", project.slug), {"do": "show"})
    assert client.get(sheet).status_code == 404
    Project.objects.filter(pk=project.pk).update(description="Un grand jardin.")
    keeper.post(at("project_show", project.slug), {"do": "show"})
    page = read(client, sheet)
    for words in (*told.values(), "Un grand jardin.", "Locale", project.promoter.name, "<svg"):
        assert words in page
    assert "Ce que l" not in page
    assert project.group.name not in page
    assert project.name in read(client, at("projects"))
    assert project.name in read(client, reverse("projects:projects_file"))
    keeper.post(at("project_show", project.slug), {"do": "hide"})
    assert client.get(sheet).status_code == 404


def test_the_list_is_filtered_and_its_file_says_the_same(keeper, group):
    mrc = make_division("mrc", name="Montmagny")
    town = make_division("municipality", name="Cap-Saint-Ignace", parent=mrc)
    garden = make_project(group=group, name="Jardin", stage="under_way", started_on=date(2014, 5, 1))
    make_project(group=group, name="Fini", started_on=date(2011, 5, 1), ended_on=date(2012, 5, 1))
    garden.territories.add(town)
    make_project(group=group, name="=SOMME(A1)", started_on=date(2015, 5, 1))
    make_project(name="Ailleurs")
    address = at("projects")
    everything = read(keeper, address)
    assert "Ailleurs" not in everything
    assert ("depuis 2014" in everything, "2011–2012" in everything, "depuis 2011" in everything) == (True, True, False)
    for query in ({"q": "jardins"}, {"etape": "under_way"}, {"mrc": mrc.pk}, {"annee": "2014"}):
        page, file = read(keeper, address, **query), read(keeper, at("projects_file"), **query)
        assert ("Jardin" in page, "SOMME" in page, "1 projet" in page) == (True, False, True), query
        assert (file.count("\r\n"), "Jardin" in file) == (2, True), query
    assert "'=SOMME(A1)" in read(keeper, at("projects_file"))
    read(keeper, address, mrc="x", annee="²", etape="?", theme="'", site="0", page="99")


def test_the_standing_read_with_a_project_is_that_of_the_rules():
    world = build_world()
    make_project_person(world.ours.project, "member", world.ours.members["researcher"].user)
    for role in ROLES[1:]:
        actor = world.ours.members[role].user if role in world.ours.members else None
        if actor is None:
            continue
        found = with_standing(Project.objects.order_by("pk"), actor).get(pk=world.ours.project.pk)
        said = (bool(can_edit_project(actor, found)), bool(can_feed_project(actor, found)))
        assert standing_of(found, actor) == said, role


@pytest.mark.parametrize("many", [3, 30])
@pytest.mark.parametrize("name", ["projects", "project", "team", "group", "sheet"])
def test_pages_keep_their_budget(name, many, keeper, group):
    for rank in range(many):
        project = make_project(group=group, is_public=True, description="Assez.")
        project.territories.add(make_division("mrc", name=f"MRC {rank}"))
    for _rank in range(many):
        make_project_person(project, "member")
        project.partners.create(organization=make_organization(), kind="money")
        project.needs.add(make_need(group))
    slug = project.slug
    address = {
        "projects": at("projects"),
        "project": at("project", slug),
        "team": at("project_team", slug),
        "group": at("group_projects", group.slug),
        "sheet": at("sheet", slug),
    }[name]
    keeper.get(address)
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert keeper.get(address).status_code == 200
    assert len(made) <= 12, [query["sql"][:150] for query in made]


def test_what_is_in_sight_is_what_the_rules_show(rf):
    world = build_world()
    make_project_person(world.ours.project, "member", world.ours.members["researcher"].user)
    make_project(program=world.ours.program)
    mine = [world.ours.members[role].user for role in ROLES if role in world.ours.members]
    for actor in [*mine, make_user(), make_user(is_administrator=True), AnonymousUser()]:
        request = rf.get("/projets/")
        request.user, request.session = actor, {}
        sight = sight_of(request)
        found = set(Project.objects.filter(sight.of()) if actor.is_authenticated else ())
        assert found == set(Project.objects.visible_to(actor)), actor
        assert sight.opens == bool(actor.is_authenticated and can_open_somewhere(actor)), actor
    assert not Project.objects.filter(Sight().of()).exists()


def test_the_stages_before_the_end_and_all_are_choices_kept_in_the_address(keeper, group):
    for stage in ("idea", "under_way", "handed_over", "ended"):
        make_project(group=group, name=f"Projet {stage}", stage=stage)
    everything = read(keeper, at("projects"))
    assert all(f"Projet {stage}" in everything for stage in ("idea", "under_way", "handed_over", "ended"))
    assert "Toutes, projets terminés compris" in everything
    alive = read(keeper, at("projects"), etape="en-vie")
    found = [stage for stage in ("idea", "under_way", "handed_over", "ended") if f"Projet {stage}" in alive]
    assert found == ["idea", "under_way"]
    assert "?vue=publiques&amp;etape=en-vie" in alive
    public = read(keeper, at("projects"), etape="en-vie", vue="publiques")
    assert f"{at('projects')}?etape=en-vie" in public
