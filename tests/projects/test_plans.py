"""Plans, objectives and actions through their pages."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from maillage.concertation.models import Group
from maillage.core.models import AuditEvent
from maillage.projects.forms.plans import next_title
from maillage.projects.models import Action, Objective, Plan
from tests.factories import make_group_member, make_organization
from tests.factories.projects import make_plan, make_project
from tests.factories.projects_plans import make_action, make_measure, make_objective, make_support
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(group):
    return make_group_member(group)


def read(client, address, status=200, **query):
    answer = client.get(address, query)
    assert answer.status_code == status
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def line(action, **sent):
    return {
        "title": action.title,
        "state": action.state,
        "doers": "",
        "due_on": "",
        "revision": action.revision,
        **sent,
    }


def test_a_plan_is_opened_for_a_group_and_leads_to_its_objectives(keeper, group):
    sent = {"title": "Plan 2027", "start": "2027-01-01", "end": "2027-12-31"}
    answer = keeper.post(at("plan_new") + f"?groupe={group.slug}", sent)
    plan = Plan.objects.get()
    assert (plan.group, plan.title, answer.headers["Location"]) == (group, "Plan 2027", at("objectives", plan.uid))
    assert "Plan 2027" in read(keeper, at("group_plans", group.slug))
    assert "Plan 2027" in read(keeper, at("plans"))
    assert AuditEvent.objects.filter(verb="projects.plan_opened").count() == 1


def test_a_plan_that_ends_before_it_begins_or_of_a_group_that_ended_is_refused(keeper, group):
    address = at("plan_new") + f"?groupe={group.slug}"
    answer = keeper.post(address, {"title": "Plan", "start": "2027-02-01", "end": "2027-01-01"})
    assert answer.status_code == 422
    assert "précède son début" in answer.content.decode()
    Group.objects.filter(pk=group.pk).update(state="ended")
    answer = keeper.post(address, {"title": "Plan", "start": "2027-01-01", "end": "2027-12-31"})
    assert "a pris fin" in answer.content.decode()
    assert not Plan.objects.exists()


def test_a_plan_of_a_project_stands_on_its_page(sign_in):
    project = make_project()
    keeper = sign_in(make_group_member(project.group, "coordinator").person.user)
    keeper.post(at("plan_new") + f"?projet={project.slug}", {"title": "P", "start": "2027-01-01", "end": "2027-12-31"})
    plan = Plan.objects.get()
    assert plan.project == project
    assert plan.title in read(keeper, at("project_plans", project.slug))
    assert at("project_plans", project.slug) in read(keeper, at("project", project.slug))


def test_objectives_are_written_ordered_and_taken_back_when_empty(keeper, objective):
    plan = objective.plan
    keeper.post(at("objectives", plan.uid), {"nouveau-title": "Deuxième", "nouveau-is_priority": "on"})
    second = plan.objectives.get(title="Deuxième")
    assert second.is_priority
    keeper.post(at("objective_change", plan.uid, second.uid), {"do": "up"})
    assert list(plan.objectives.order_by("position").values_list("pk", flat=True)) == [second.pk, objective.pk]
    keeper.post(at("objective_change", plan.uid, second.uid), {"do": "edit", "o-title": "Mieux dit"})
    second.refresh_from_db()
    assert (second.title, second.is_priority) == ("Mieux dit", False)
    assert 'value="Mieux dit"' in read(keeper, at("objectives", plan.uid), editer=str(second.uid))
    answer = keeper.post(at("objective_change", plan.uid, second.uid), {"do": "edit", "o-title": ""})
    assert answer.status_code == 422
    make_action(objective)
    keeper.post(at("objective_change", plan.uid, objective.uid), {"do": "remove"})
    keeper.post(at("objective_change", plan.uid, second.uid), {"do": "remove"})
    assert list(Objective.objects.filter(plan=plan)) == [objective]


def test_names_of_members_and_organizations_become_them(keeper, member, objective):
    city, school = make_organization(name="Ville de Lévis"), make_organization(name="École")
    sent = {
        "title": "Visiter", "objective": objective.pk, "state": "to_do", "partners": "École\nVille de Lévis\n",
        "doers": f"{member.person.name}, ville de lévis, le concierge", "indicator": "logements", "target": "1 200,5",
    }  # fmt: skip
    answer = keeper.post(at("action_new", objective.plan.uid), sent)
    action = Action.objects.get()
    assert answer.headers["Location"] == at("action", action.uid) + "#appuis"
    assert (list(action.members.all()), action.organization, action.who) == ([member], city, "le concierge")
    assert set(action.partners.all()) == {city, school}
    shown = read(keeper, at("action", action.uid))
    assert f"{member.person.name}, Ville de Lévis, le concierge" in shown
    assert "1\u202f200,50" in shown
    again = read(keeper, at("action_edit", action.uid))
    assert f"{member.person.name}, Ville de Lévis, le concierge" in again


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"partners": "Personne"}, "Aucune organisation du répertoire"),
        ({"target": "douze", "indicator": "x"}, "n&#x27;est pas un nombre"),
        ({"target": "12"}, "son indicateur"),
        ({"starts_on": "2026-05-02", "due_on": "2026-05-01"}, "précède son début"),
        ({"due_on": "demain"}, "AAAA-MM-JJ"),
        ({"doers": "x" * 250}, "200 caractères"),
    ],
)
def test_what_is_typed_wrong_is_said_in_a_sentence_and_nothing_is_lost(keeper, objective, sent, sentence):
    given = {"title": "Visiter les logements", "objective": objective.pk, "state": "to_do", **sent}
    answer = keeper.post(at("action_new", objective.plan.uid), given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Visiter les logements" in answer.content.decode()
    assert not Action.objects.exists()


def test_a_plan_without_objective_asks_for_one_first(keeper, group):
    plan = make_plan(group=group)
    assert keeper.get(at("action_new", plan.uid)).headers["Location"] == at("objectives", plan.uid)


def test_an_action_without_named_support_is_shown_as_such_everywhere(keeper, sign_in, member, objective):
    bare = make_action(objective, [member], title="Sans personne")
    held = make_action(objective, title="Appuyée")
    make_support(held)
    plan = objective.plan
    assert read(keeper, at("plan", plan.uid)).count("exclamation-circle") == 1
    assert read(keeper, at("plan_board", plan.uid)).count("exclamation-circle") == 1
    assert "Personne n’appuie" in read(keeper, at("action", bare.uid)).replace("'", "’").replace("&#x27;", "’")
    assert "Sans appui nommé" in read(sign_in(member.person.user), at("my_actions"))
    assert "Appuyée" not in read(keeper, at("plan", plan.uid), sans_appui="1")
    file = read(keeper, at("plan_file", plan.uid))
    assert "La Ville (Promis)" in file
    assert file.count("Sans appui nommé") == 1
    answer = keeper.post(at("action_move", bare.uid), {"do": "to_do:under_way"}, follow=True)
    assert "commence sans appui nommé" in answer.content.decode()


def test_the_table_is_filtered_and_the_file_equals_it(keeper, member, objective):
    yesterday = timezone.localdate() - timedelta(days=1)
    late = make_action(objective, [member], title="=Éclairer la cour", due_on=yesterday)
    done = make_action(make_objective(objective.plan, title="Autre but"), title="Semer", state="done", due_on=yesterday)
    city = make_organization(name="Ville")
    given = make_action(objective, title="Réparer", organization=city)
    address, file = at("plan", objective.plan.uid), at("plan_file", objective.plan.uid)
    for query, found in (
        ({"retard": "1"}, [late]),
        ({"etat": "done"}, [done]),
        ({"qui": f"m{member.pk}"}, [late]),
        ({"qui": f"o{city.pk}"}, [given]),
        ({"q": "ECLAIRER cour"}, [late]),
        ({"objectif": str(objective.uid)}, [late, given]),
        ({"qui": "m²", "etat": "?", "objectif": "x", "page": "99"}, [late, given, done]),
    ):
        shown, rows = read(keeper, address, **query), read(keeper, file, **query)
        for action in (late, done, given):
            assert (at("action", action.uid) in shown) == (action in found), query
            assert (action.title in rows) == (action in found), query
    assert "'=Éclairer" in read(keeper, file)


def test_columns_hold_each_state_and_lead_to_the_rest(keeper, objective):
    for _ in range(27):
        make_action(objective)
    make_action(objective, state="done")
    shown = read(keeper, at("plan_board", objective.plan.uid))
    assert shown.count('class="action-line is-to_do"') == 8
    assert shown.count('class="action-line is-done"') == 1
    assert "Voir les 19 autres" in shown


def test_one_touch_moves_an_action_and_comes_back_to_the_filters(keeper, objective):
    action = make_action(objective)
    sent = {"do": "to_do:done", "from": "board", "back": f"objectif={objective.uid}"}
    answer = keeper.post(at("action_move", action.uid), sent)
    board = at("plan_board", objective.plan.uid)
    assert answer.headers["Location"] == f"{board}?objectif={objective.uid}#a-{action.pk}"
    action.refresh_from_db()
    assert (action.state, action.done_on) == ("done", timezone.localdate())
    answer = keeper.post(at("action_move", action.uid), {"do": "to_do:dropped"}, follow=True)
    assert "a changé entre-temps" in answer.content.decode()
    keeper.post(at("action_move", action.uid), {"do": "done:to_do"})
    action.refresh_from_db()
    assert (action.state, action.done_on) == ("to_do", None)
    assert keeper.post(at("action_move", action.uid), {"do": "magic"}).status_code == 302


def test_who_does_an_action_says_where_it_stands_and_measures_but_does_not_rewrite_it(
    sign_in, member, group, objective
):
    action = make_action(objective, [member], indicator="logements")
    doer, other = sign_in(member.person.user), sign_in(make_group_member(group).person.user)
    assert doer.post(at("action_move", action.uid), {"do": "under_way", "from": "mine"}).status_code == 302
    assert other.post(at("action_move", action.uid), {"do": "done"}).status_code == 403
    assert doer.post(at("action_line", action.uid), line(action)).status_code == 403
    assert doer.post(at("measure_add", action.uid), {"mesure-on": "2026-05-01", "mesure-value": "4"}).status_code == 302
    assert action.measures.get().value == 4
    assert "Enregistrer" not in read(doer, at("plan", objective.plan.uid), editer=str(action.uid))


def test_a_measure_stands_against_its_target(keeper, objective):
    action = make_action(objective, indicator="logements visités", unit="logements", target=20)
    make_measure(action, on="2026-04-01", value="5")
    make_measure(action, on="2026-05-01", value="12")
    assert "60\u00a0%" in read(keeper, at("action", action.uid))
    assert "logements visités : 12 sur une cible de 20 logements" in read(keeper, at("plan", objective.plan.uid))
    answer = keeper.post(at("measure_add", action.uid), {"mesure-on": "2026-05-01", "mesure-value": "13"})
    assert answer.status_code == 422
    assert "déjà une mesure" in answer.content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = keeper.post(at("measure_add", action.uid), {"mesure-on": tomorrow, "mesure-value": "13"})
    assert "jour passé" in answer.content.decode()
    bare = make_action(objective)
    answer = keeper.post(at("measure_add", bare.uid), {"mesure-on": "2026-05-01", "mesure-value": "13"})
    assert answer.status_code == 422
    keeper.post(at("measure_remove", action.uid, action.measures.get(on="2026-05-01").pk))
    assert [measure.value for measure in action.measures.all()] == [5]


def test_forms_of_an_action_come_when_they_are_asked_for(keeper, sign_in, member, objective):
    action = make_action(objective, [member], indicator="logements")
    assert 'name="appui-who"' in read(keeper, at("action", action.uid))  # nobody supports it yet
    make_support(action)
    shown = read(keeper, at("action", action.uid))
    assert "ajouter=appui#appuis" in shown
    assert 'name="appui-who"' not in shown
    assert 'name="appui-who"' in read(keeper, at("action", action.uid), ajouter="appui")
    doer = sign_in(member.person.user)
    assert 'name="mesure-value"' in read(doer, at("action", action.uid), ajouter="mesure")
    assert 'name="appui-who"' not in read(doer, at("action", action.uid), ajouter="appui")


def test_supports_are_promised_then_said_held(keeper, objective):
    action, city = make_action(objective), make_organization(name="Ville")
    sent = {"appui-who": "ville", "appui-kind": "money", "appui-amount": "5 500,50 $", "appui-words": "des bacs"}
    keeper.post(at("action_support_new", action.uid), sent)
    support = action.supports.get()
    assert (support.organization, support.name, str(support.amount)) == (city, "", "5500.50")
    keeper.post(at("action_support", action.uid, support.pk), {"do": "held"})
    support.refresh_from_db()
    assert (support.state, support.said_on) == ("held", timezone.localdate())
    keeper.post(at("action_support", action.uid, support.pk), {"do": "remove"})
    assert action.supports.count() == 1
    answer = keeper.post(at("action_support_new", action.uid), sent | {"appui-amount": "12 €"})
    assert (answer.status_code, action.supports.count()) == (422, 1)
    assert "autre monnaie" in answer.content.decode()
    keeper.post(at("action_support_new", action.uid), {"appui-who": "Une voisine", "appui-kind": "time"})
    voice = action.supports.get(name="Une voisine")
    keeper.post(at("action_support", action.uid, voice.pk), {"do": "remove"})
    assert action.supports.count() == 1
    assert keeper.post(at("action_support", make_action(objective).uid, support.pk), {"do": "held"}).status_code == 404


def test_an_action_or_a_plan_with_a_story_is_kept(keeper, objective):
    said, fresh = make_action(objective, state="done"), make_action(objective)
    keeper.post(at("action_remove", said.uid))
    keeper.post(at("action_remove", fresh.uid))
    assert list(Action.objects.all()) == [said]
    keeper.post(at("plan_remove", objective.plan.uid))
    empty = make_plan(group=objective.plan.group)
    keeper.post(at("plan_remove", empty.uid))
    assert list(Plan.objects.all()) == [objective.plan]


def test_the_plan_that_goes_on_bears_the_years_of_its_own_period() -> None:
    dated = make_plan(title="Plan 2026")
    plain = make_plan(title="Plan du jardin", start=date(2026, 4, 1), end=date(2027, 3, 31))
    for plan in (dated, plain):
        plan.refresh_from_db()
    assert next_title(dated, (2026,)) == "Plan 2027"
    assert next_title(plain, (2026, 2027)) == "Plan du jardin (2027–2028)"
