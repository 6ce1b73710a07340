"""What comes first in a group: dots and ranks, filled by members, counted and shown with how."""

from itertools import permutations

import pytest
from django.urls import reverse

from maillage.concertation.models import Ballot, NamedNeed, Prioritization
from maillage.concertation.needs.counting import count_dots, count_ranks
from maillage.core.models import AuditEvent
from maillage.directory.models import Person
from tests.factories import make_group, make_group_member, make_need


def told(lines):
    return {line.need: (line.place, line.points) for line in lines}


def test_dots_are_summed_and_equal_ones_share_a_place():
    lines = count_dots([1, 2, 3], [{1: 3, 2: 2}, {2: 1, 3: 3}, {1: 0}])
    assert told(lines) == {1: (1, 3), 2: (1, 3), 3: (1, 3)}
    lines = count_dots([1, 2, 3], [{1: 5}, {2: 5}, {3: 1}])
    assert [(line.need, line.place, line.tied, line.given_by) for line in lines] == [
        (1, 1, True, 1),
        (2, 1, True, 1),
        (3, 3, False, 1),
    ]


def test_borda_gives_what_is_left_in_equal_parts():
    lines = count_ranks([1, 2, 3, 4], [{1: 1, 2: 2, 3: 3, 4: 4}, {2: 1}])
    assert told(lines) == {2: (1, 5), 1: (2, 4), 3: (3, 2), 4: (4, 1)}
    assert sum(line.points for line in lines) == 12


@pytest.mark.parametrize("kept", range(5))
def test_every_sheet_gives_as_many_points_whatever_it_leaves_out(kept):
    sheets = list(permutations([1, 2, 3, 4]))[kept :: kept + 2]
    ranked = [{need: rank for rank, need in enumerate(sheet[:kept], 1)} for sheet in sheets]
    lines = count_ranks([1, 2, 3, 4], ranked)
    assert sum(line.points for line in lines) == 6 * len([sheet for sheet in ranked if sheet])
    assert all(0 <= line.points <= 3 * len(sheets) for line in lines)


def test_the_order_of_sheets_changes_nothing():
    sheets = [{1: 1, 2: 2}, {2: 1}, {3: 1, 1: 2, 2: 3}]
    assert len({tuple(told(count_ranks([1, 2, 3], order)).items()) for order in permutations(sheets)}) == 1


@pytest.fixture
def group(program):
    return make_group(programs=[program])


@pytest.fixture
def facilitator(group):
    return make_group_member(group, "facilitator")


@pytest.fixture
def needs(group):
    return [make_need(group, statement=f"Besoin à comparer {number}") for number in range(3)]


def open_one(client, group, needs, **more):
    sent = {"method": "dots", "dots": "5", "needs": [need.pk for need in needs], **more}
    return client.post(reverse("concertation:prioritizations", args=[group.slug]), sent)


def fill(client, values, pour=""):
    one = Prioritization.objects.get()
    sent = {f"need-{need.pk}": value for need, value in values.items()}
    return client.post(reverse("concertation:prioritization", args=[one.uid]) + pour, sent)


def close(client):
    one = Prioritization.objects.get()
    return client.post(reverse("concertation:prioritization_close", args=[one.uid]), follow=True).content.decode()


def test_members_give_dots_and_the_count_is_shown_when_it_closes(group, facilitator, needs, sign_in):
    animating, member = sign_in(facilitator.person.user), sign_in(make_group_member(group).person.user)
    assert open_one(animating, group, needs).status_code == 302
    assert fill(animating, {needs[0]: 2, needs[1]: 3}).status_code == 302
    assert fill(member, {needs[1]: 4}).status_code == 302
    assert fill(member, {needs[1]: 5}).status_code == 302
    page = member.get(reverse("concertation:prioritization", args=[Prioritization.objects.get().uid])).content.decode()
    assert "<strong>2</strong> feuilles remplies" in page
    page = close(animating)
    assert page.index("Besoin à comparer 1") < page.index("Besoin à comparer 0") < page.index("Besoin à comparer 2")
    assert "8 points" in page
    assert dict(NamedNeed.objects.order_by("pk").values_list("pk", "priority")) == {
        needs[0].pk: 2,
        needs[1].pk: 1,
        needs[2].pk: 3,
    }
    board = member.get(reverse("concertation:needs", args=[group.slug])).content.decode()
    assert board.index("Besoin à comparer 1") < board.index("Besoin à comparer 0")


def test_ranks_are_counted_by_borda_and_ties_are_said(group, facilitator, needs, sign_in):
    animating, member = sign_in(facilitator.person.user), sign_in(make_group_member(group).person.user)
    open_one(animating, group, needs, method="ranking")
    fill(animating, {needs[0]: 1, needs[1]: 2, needs[2]: 3})
    fill(member, {needs[1]: 1, needs[0]: 2, needs[2]: 3})
    page = close(animating)
    assert "à égalité" in page
    assert "Borda" in page
    assert list(NamedNeed.objects.order_by("pk").values_list("priority", flat=True)) == [1, 1, 3]


@pytest.mark.parametrize(
    ("method", "values", "sentence"),
    [
        ("dots", (4, 3, 0), "Vous avez réparti 7 points"),
        ("dots", (-1, 0, 0), "corriger"),
        ("dots", ("beaucoup", 0, 0), "corriger"),
        ("ranking", (1, 1, ""), "le même rang"),
        ("ranking", (4, "", ""), "corriger"),
    ],
)
def test_a_sheet_that_cannot_be_counted_comes_back_with_a_sentence(
    group, facilitator, needs, sign_in, method, values, sentence
):
    client = sign_in(facilitator.person.user)
    open_one(client, group, needs, method=method)
    answer = fill(client, dict(zip(needs, values, strict=True)))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Ballot.objects.exists()


def test_nobody_reads_a_sheet_and_the_audit_holds_none(group, facilitator, needs, sign_in):
    member = make_group_member(group)
    animating = sign_in(facilitator.person.user)
    open_one(animating, group, needs)
    fill(sign_in(member.person.user), {needs[0]: 5})
    one = Prioritization.objects.get()
    answer = animating.get(reverse("concertation:prioritization", args=[one.uid]) + f"?pour={member.uid}")
    assert answer.status_code == 403
    assert not AuditEvent.objects.filter(verb__contains="ballot").exists()
    close(animating)
    assert not any("pk" in str(event.changes) for event in AuditEvent.objects.order_by("id"))


def test_who_animates_types_the_paper_of_a_member_without_account(group, facilitator, needs, sign_in):
    person = Person.objects.create(name="Rosaire Sanscourriel")
    tenant = make_group_member(group, person=person, capacity="tenant")
    animating, other = sign_in(facilitator.person.user), sign_in(make_group_member(group).person.user)
    open_one(animating, group, needs)
    assert fill(animating, {needs[2]: 5}, f"?pour={tenant.uid}").status_code == 302
    assert Ballot.objects.get().member == tenant
    assert fill(other, {needs[0]: 5}, f"?pour={tenant.uid}").status_code == 403


def test_one_at_a_time_with_needs_that_are_alive(group, facilitator, needs, sign_in):
    client = sign_in(facilitator.person.user)
    elsewhere = make_need(make_group())
    assert open_one(client, group, needs[:1]).status_code == 422
    assert open_one(client, group, [needs[0], elsewhere]).status_code == 422
    assert open_one(client, group, needs, dots="50").status_code == 422
    open_one(client, group, needs)
    open_one(client, group, needs)
    assert Prioritization.objects.count() == 1


def test_closed_is_counted_once_and_takes_no_more(group, facilitator, needs, sign_in):
    client = sign_in(facilitator.person.user)
    open_one(client, group, needs)
    fill(client, {needs[0]: 5})
    close(client)
    answer = fill(client, {needs[1]: 5})
    assert answer.status_code == 409
    assert "est fermé" in answer.content.decode()
    close(client)
    assert AuditEvent.objects.filter(verb="concertation.prioritizing_closed").count() == 1


def test_without_any_sheet_places_stay(group, facilitator, needs, sign_in):
    NamedNeed.objects.filter(pk=needs[0].pk).update(priority=1)
    client = sign_in(facilitator.person.user)
    open_one(client, group, needs)
    assert "rempli de feuille" in close(client)
    assert NamedNeed.objects.get(pk=needs[0].pk).priority == 1


def test_what_a_member_gave_still_counts_when_they_leave(group, facilitator, needs, sign_in):
    leaving = make_group_member(group)
    client = sign_in(leaving.person.user)
    animating = sign_in(facilitator.person.user)
    open_one(animating, group, needs)
    fill(client, {needs[1]: 5})
    leaving.end = "2020-01-01"
    leaving.save()
    assert fill(client, {needs[0]: 5}).status_code == 404
    close(animating)
    assert NamedNeed.objects.get(priority=1) == needs[1]


def test_the_pages_cost_the_same_with_three_and_with_thirty(group, facilitator, sign_in, django_assert_max_num_queries):
    client = sign_in(facilitator.person.user)
    for times in (3, 27):
        for _time in range(times):
            make_need(group)
        with django_assert_max_num_queries(12):
            client.get(reverse("concertation:prioritizations", args=[group.slug]))
    open_one(client, group, list(NamedNeed.objects.order_by("pk")))
    page = reverse("concertation:prioritization", args=[Prioritization.objects.get().uid])
    with django_assert_max_num_queries(12):
        assert len(client.get(page).content) < 60_000
    fill(client, {NamedNeed.objects.order_by("pk").first(): 5})
    close(client)
    with django_assert_max_num_queries(12):
        assert len(client.get(page).content) < 60_000
