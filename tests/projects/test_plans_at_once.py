"""Two people at once, actions that wait for each other, the plan of next year, reminders, and what a page costs."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.models import OutgoingMail
from maillage.programs.models import Membership
from maillage.projects.models import Action, Plan
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_order import circle
from maillage.projects.plan_seen import plan_seen
from maillage.projects.services.action_reminders import remind_plan_actions
from tests.factories import make_group, make_group_member, make_organization, make_program, make_user
from tests.factories.projects import make_plan, make_project
from tests.factories.projects_plans import make_action, make_measure, make_objective, make_support
from tests.projects.pages import at


def seated(program, role):
    return Membership.objects.create(program=program, user=make_user(), role=role, label=role, start=program.start).user


def whole(action, **sent):
    return {
        "title": action.title, "objective": action.objective_id, "state": action.state, "revision": action.revision, **sent
    }  # fmt: skip


def test_what_another_person_wrote_meanwhile_is_shown_beside_and_nothing_is_lost(keeper, objective):
    action = make_action(objective, title="Peindre")
    keeper.post(at("action_edit", action.uid), whole(action, title="Peindre le hall", means="Pinceaux"))
    answer = keeper.post(at("action_edit", action.uid), whole(action, title="Peindre en bleu", doers="Denise"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "<td><p>Peindre le hall" in shown or "<td>Peindre le hall" in shown
    assert "<td>Peindre en bleu" in shown
    assert 'name="revision" value="1"' in shown
    action.refresh_from_db()
    assert (action.title, action.revision) == ("Peindre le hall", 1)
    keeper.post(at("action_edit", action.uid), whole(action, title="Peindre en bleu", revision=1))
    action.refresh_from_db()
    assert (action.title, action.revision) == ("Peindre en bleu", 2)


def test_in_place_too(keeper, objective):
    action = make_action(objective, title="Peindre")
    opened = keeper.get(at("plan", objective.plan.uid), {"editer": str(action.uid)}).content.decode()
    assert 'value="Peindre"' in opened
    sent = {"title": "Peindre tôt", "state": "to_do", "doers": "", "due_on": "2026-12-01", "revision": "0"}
    answer = keeper.post(at("action_line", action.uid), sent | {"back": "etat=to_do"})
    assert answer.headers["Location"] == at("plan", objective.plan.uid) + f"?etat=to_do#a-{action.pk}"
    answer = keeper.post(at("action_line", action.uid), sent | {"title": "Peindre tard"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Peindre tard"' in shown
    assert "<strong>Peindre tôt</strong>" in shown
    action.refresh_from_db()
    assert (action.title, action.due_on) == ("Peindre tôt", date(2026, 12, 1))


def test_saving_without_change_changes_nothing(keeper, objective):
    action = make_action(objective, title="Peindre")
    keeper.post(at("action_edit", action.uid), whole(action))
    action.refresh_from_db()
    assert action.revision == 0


def test_actions_do_not_wait_for_each_other_in_a_circle(keeper, objective):
    first, second, third = (make_action(objective, title=title) for title in ("Une", "Deux", "Trois"))
    for action, after in ((second, first), (third, second)):
        assert keeper.post(at("action_edit", action.uid), whole(action, after=after.pk)).status_code == 302
    answer = keeper.post(at("action_edit", first.uid), whole(first, after=third.pk))
    assert answer.status_code == 422
    assert "« Une » → « Trois » → « Deux » → « Une »" in answer.content.decode()
    elsewhere = make_action(make_objective(make_plan(group=objective.plan.group)))
    assert keeper.post(at("action_edit", first.uid), whole(first, after=elsewhere.pk)).status_code == 422
    assert not first.after.exists()


@given(st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7), max_size=4), max_size=8), st.integers(0, 7))
def test_a_circle_is_found_when_and_only_when_there_is_one(after, start):
    reached, row = set(), set(after.get(start, ()))
    while row:
        reached |= row
        row = {there for here in row for there in after.get(here, ())} - reached
    way = circle(after, start)
    assert bool(way) == (start in reached)
    if way:
        assert way[0] == way[-1] == start
        assert all(there in after[here] for here, there in pairwise(way))


def test_the_plan_of_next_year_takes_what_is_open(keeper, group, objective):
    plan = objective.plan
    stays, gone = make_group_member(group), make_group_member(group)
    gone.end = timezone.localdate() - timedelta(days=2)
    gone.save()
    waits = make_action(objective, [stays, gone], title="Jardin", due_on="2026-10-01", target=10, indicator="bacs")
    later = make_action(objective, title="Récolte", due_on="2027-09-01", state="under_way")
    later.after.add(waits)
    make_action(make_objective(plan, title="Fini"), title="Fête", state="done")
    city = make_organization(name="Ville")
    make_support(waits, organization=city, name="")
    make_support(waits, name="Centre", state="held")
    page = keeper.get(at("plan_copy", plan.uid)).content.decode()
    assert 'value="2027-01-01"' in page
    assert 'value="2027-12-31"' in page
    sent = {"title": "Plan 2027", "start": "2027-01-01", "end": "2027-12-31", "actions": [waits.pk, later.pk]}
    answer = keeper.post(at("plan_copy", plan.uid), sent)
    copy = Plan.objects.get(title="Plan 2027")
    assert answer.headers["Location"] == at("plan", copy.uid)
    assert copy.copied_from == plan
    assert list(copy.objectives.values_list("title", flat=True)) == [objective.title]
    first, second = Action.objects.filter(objective__plan=copy).order_by("position")
    assert (first.carried_from, first.due_on, first.target) == (waits, None, 10)
    assert (second.carried_from, second.due_on, second.state) == (later, date(2027, 9, 1), "under_way")
    assert list(second.after.all()) == [first]
    assert list(first.members.all()) == [stays]
    assert [support.organization for support in first.supports.all()] == [city]
    assert keeper.post(at("plan_copy", plan.uid), sent).status_code == 422
    assert Plan.objects.count() == 2


def test_late_actions_are_chased_once_a_week_one_message_a_person(group, objective):
    day = timezone.localdate()
    member = make_group_member(group)
    gone = make_group_member(group)
    gone.end = day - timedelta(days=1)
    gone.save()
    for days in (1, 3):
        make_action(objective, [member, gone], due_on=day - timedelta(days=days))
    make_action(objective, [member], due_on=day)
    make_action(objective, [member], due_on=day - timedelta(days=1), state="done")
    assert remind_plan_actions() == 1
    assert remind_plan_actions() == 0
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (member.person.user.email, "2 actions sont en retard")
    assert at("my_actions") in mail.text
    Action.objects.filter(due_on__lt=day).update(reminded_at=timezone.now() - timedelta(days=8))
    assert remind_plan_actions() == 1


def test_what_goes_on_in_a_later_plan_is_chased_there_only(group, objective):
    member = make_group_member(group)
    day = timezone.localdate() - timedelta(days=1)
    before = make_action(objective, [member], due_on=day)
    make_action(objective, [member], title="La suite", due_on=day, carried_from=before)
    assert remind_plan_actions() == 1
    mail = OutgoingMail.objects.get()
    assert mail.subject == "1 action est en retard"
    assert "La suite" in mail.text


def test_another_day_is_heard_of_anew(keeper, objective):
    action = make_action(objective, due_on="2026-01-01", reminded_at=timezone.now())
    keeper.post(at("action_edit", action.uid), whole(action, due_on="2026-02-01"))
    action.refresh_from_db()
    assert action.reminded_at is None


def test_mine_are_those_of_plans_that_i_see(sign_in, group, objective):
    member = make_group_member(group)
    make_action(objective, [member], title="Arroser")
    other = make_group_member(make_group(), user=member.person.user)
    left = make_action(make_objective(make_plan(group=other.group)), [other], title="Ailleurs")
    client = sign_in(member.person.user)
    assert "Ailleurs" in client.get(at("my_actions")).content.decode()
    other.end = timezone.localdate() - timedelta(days=1)
    other.save()
    shown = client.get(at("my_actions")).content.decode()
    assert "Arroser" in shown
    assert left.title not in shown
    client.post(at("action_move", Action.objects.get(title="Arroser").uid), {"do": "done", "from": "mine"})
    assert "Arroser" not in client.get(at("my_actions")).content.decode().split('id="results"')[1]
    assert "Arroser" in client.get(at("my_actions"), {"etat": "done"}).content.decode()


@pytest.mark.parametrize("name", ["plan", "plan_board", "plan_timeline", "plan_print", "my_actions"])
def test_a_plan_of_three_hundred_actions_costs_what_one_of_three_does(
    sign_in, group, objective, name, django_assert_max_num_queries
):
    members = [make_group_member(group, "secretary") for _ in range(3)]
    client = sign_in(members[0].person.user)
    costs = []
    for count in (3, 297):
        made = Action.objects.bulk_create(
            Action(
                objective=objective, position=number, title=f"Rencontrer les locataires du bloc {number} et inscrire leurs idées",
                state=("to_do", "under_way", "done", "dropped")[number % 4], indicator="locataires rencontrés", target=12,
                due_on=date(2026, 1, 1) + timedelta(days=number),
            )
            for number in range(count)
        )  # fmt: skip
        through = Action.members.through
        through.objects.bulk_create(through(action=one, member=members[n % 3]) for n, one in enumerate(made))
        for action in made[:6:2]:
            make_support(action)
            make_measure(action)
        with django_assert_max_num_queries(12) as counted:
            answer = client.get(at(name, *([] if name == "my_actions" else [objective.plan.uid])))
        assert answer.status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]
    # The printable page is whole: its weight is that of its three hundred lines.
    assert len(answer.content) < (120_000 if name == "plan_print" else 60_000)


def test_a_plan_read_by_its_address_is_seen_and_changed_as_the_rules_say(group):
    admin, stranger, member, secretary = (
        make_user(is_administrator=True),
        make_user(),
        *(make_group_member(group, role).person.user for role in ("member", "secretary")),
    )
    program = make_program()
    team, coordinator = (seated(program, role) for role in ("outreach", "coordinator"))
    left = make_group_member(group, "secretary", end=timezone.localdate() - timedelta(days=1)).person.user
    project = make_project(group=group, program=program)
    plans = [make_plan(group=group), make_plan(project=project), make_plan(program=program)]
    for plan in plans:
        for person in (admin, stranger, member, secretary, team, coordinator, left):
            request = RequestFactory().get("/")
            request.user = person
            if Plan.objects.visible_to(person).filter(pk=plan.pk).exists():
                assert plan_seen(request, plan.uid).edits == bool(can_edit_plan(person, plan)), (plan, person)
            else:
                with pytest.raises(Http404):
                    plan_seen(request, plan.uid)
