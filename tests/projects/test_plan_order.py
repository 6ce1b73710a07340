"""The order of actions under an objective, and words of plans that would say who somebody is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.core.models import AuditEvent
from maillage.projects.models import Action, Objective, Plan
from maillage.projects.services.actions import add_action, edit_action
from tests.factories import make_group, make_group_member, make_user
from tests.factories.projects import make_plan
from tests.factories.projects_plans import make_action, make_objective
from tests.projects.pages import at

PHRASE = "Appeler Mme Tremblay"


def read(client, address, **query):
    answer = client.get(address, query)
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def order(objective):
    return list(objective.actions.order_by("position", "id").values_list("title", flat=True))


def line(action, **sent):
    return {
        "title": action.title,
        "state": action.state,
        "doers": "",
        "due_on": "",
        "revision": action.revision,
        **sent,
    }


def test_an_action_takes_its_rank_in_place_and_keeps_it_everywhere(keeper, objective):
    rows = [make_action(objective, title=title) for title in ("Semer", "Arroser", "Récolter")]
    opened = read(keeper, at("plan", objective.plan.uid), editer=str(rows[2].uid))
    assert 'name="rank" value="3"' in opened
    assert keeper.post(at("action_line", rows[2].uid), line(rows[2], rank="1")).status_code == 302
    wanted = ["Récolter", "Semer", "Arroser"]
    assert order(objective) == wanted
    for name in ("plan", "plan_print", "plan_timeline", "plan_file"):
        shown = read(keeper, at(name, objective.plan.uid)).split("main")[-2 if name != "plan_file" else 0]
        assert sorted(wanted, key=shown.index) == wanted, name
    sent = {"title": "Suite", "start": "2030-01-01", "end": "2030-12-31", "actions": [row.pk for row in rows]}
    keeper.post(at("plan_copy", objective.plan.uid), sent)
    assert order(Objective.objects.get(plan=Plan.objects.get(title="Suite"))) == wanted
    assert AuditEvent.objects.get(verb="projects.action_ordered").changes == {"rank": [3, 1]}


def test_an_action_given_to_another_objective_comes_last_there(keeper, objective):
    other = make_objective(objective.plan)
    moved, _stays = make_action(objective, title="A"), make_action(objective, title="B")
    for title in ("C", "D"):
        make_action(other, title=title)
    sent = {"title": "A", "objective": other.pk, "state": "to_do", "revision": 0}
    assert keeper.post(at("action_edit", moved.uid), sent).status_code == 302
    assert (order(objective), order(other)) == (["B"], ["C", "D", "A"])


def test_a_rank_that_is_none_is_said_and_nothing_moves(keeper, objective):
    rows = [make_action(objective, title=title) for title in ("A", "B")]
    answer = keeper.post(at("action_line", rows[1].uid), line(rows[1], rank="zéro"))
    assert answer.status_code == 422
    assert "zéro" in answer.content.decode()
    assert order(objective) == ["A", "B"]


class Ranks(TestCase):
    """Whatever the moves, ranks stay 1, 2, 3… and the others keep their order."""

    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9)), max_size=6))
    def test_others_keep_their_order(self, moves):
        admin = make_user(is_administrator=True)
        objective = make_objective(make_plan(group=make_group()))
        for number in range(5):
            add_action(actor=admin, objective=objective, values={"title": str(number)})
        expected = order(objective)
        for number, rank in moves:
            action = Action.objects.get(objective=objective, title=str(number))
            edit_action(actor=admin, action=action, values={"rank": rank}, revision=action.revision)
            expected.remove(str(number))
            expected.insert(rank - 1, str(number))
            assert order(objective) == expected


@pytest.mark.parametrize("name", ["title", "details", "means", "outcome", "indicator"])
def test_words_of_an_action_that_say_who_are_refused_until_somebody_says_that_it_is_nobody_met(keeper, objective, name):
    action = make_action(objective)
    sent = {"title": "Visiter", "objective": objective.pk, "state": "to_do", "revision": 0, name: PHRASE}
    answer = keeper.post(at("action_edit", action.uid), sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Retirez ce qui dit qui est la personne" in shown
    assert 'name="confirmed"' in shown
    assert PHRASE in shown
    assert keeper.post(at("action_edit", action.uid), {**sent, "confirmed": "on"}).status_code == 302
    action.refresh_from_db()
    assert getattr(action, name) == PHRASE
    # What stands already is not asked for again.
    later = {**sent, "revision": action.revision, "due_on": "2030-01-01"}
    assert keeper.post(at("action_edit", action.uid), later).status_code == 302


def test_words_of_a_plan_an_objective_a_support_and_a_measure_are_screened_too(keeper, group, objective):
    plan, action = objective.plan, make_action(objective, indicator="visites")
    period = {"start": "2030-01-01", "end": "2030-12-31"}
    for address, sent in (
        (at("plan_new") + f"?groupe={group.slug}", {"title": PHRASE, **period}),
        (at("plan_edit", plan.uid), {"title": "Plan", "words": PHRASE, **period}),
        (at("plan_copy", plan.uid), {"title": PHRASE, **period}),
        (at("objectives", plan.uid), {"nouveau-title": PHRASE}),
        (at("objective_change", plan.uid, objective.uid), {"do": "edit", "o-title": PHRASE}),
        (at("action_new", plan.uid), {"title": PHRASE, "objective": objective.pk, "state": "to_do"}),
        (at("action_line", action.uid), line(action, title=PHRASE)),
        (at("action_support_new", action.uid), {"appui-who": "Ville", "appui-kind": "time", "appui-words": PHRASE}),
        (at("measure_add", action.uid), {"mesure-on": "2026-05-01", "mesure-value": "3", "mesure-words": PHRASE}),
    ):
        answer = keeper.post(address, sent)
        shown = answer.content.decode()
        assert (answer.status_code, "Retirez ce qui dit qui" in shown) == (422, True), address
        assert 'confirmed"' in shown, address
    assert not Plan.objects.exclude(pk=plan.pk).exists()
    assert not action.supports.exists()
    assert not action.measures.exists()


def test_what_is_always_somebodys_own_is_refused_even_in_who_does_it(keeper, objective):
    action = make_action(objective)
    for sent in ({"title": "Voir le logement 12"}, {"doers": "la dame du 204"}):
        answer = keeper.post(at("action_line", action.uid), {**line(action), **sent, "confirmed": "on"})
        assert (answer.status_code, "Retirez ce qui dit qui" in answer.content.decode()) == (422, True), sent
    keeper.post(at("action_move", action.uid), {"do": "done", "outcome": PHRASE})
    action.refresh_from_db()
    assert (action.state, action.outcome) == ("to_do", "")


def test_members_may_be_named_and_others_not(keeper, group, objective):
    member = make_group_member(group)
    member.person.name = "Denise Tremblay"
    member.person.save()
    action = make_action(objective)
    answer = keeper.post(at("action_line", action.uid), line(action, title="Voir Gisèle Bouchard"))
    assert answer.status_code == 422
    answer = keeper.post(at("action_line", action.uid), line(action, title="Voir Denise Tremblay"))
    assert answer.status_code == 302
