"""The agenda by HTTP: items in their order with their hours, carried, proposed by members, answered."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from maillage.concertation.enums import MeetingState, MinutesState
from maillage.concertation.models import AgendaItem, Minutes, ProposedItem
from tests.factories import make_group, make_meeting

pytestmark = pytest.mark.django_db


def address(meeting: Any, end: str = "") -> str:
    return f"/groupes/rencontres/{meeting.uid}/ordre-du-jour/{end}"


def add(client: Any, meeting: Any, title: str, **more: Any) -> AgendaItem:
    answer = client.post(address(meeting), {"title": title, "kind": "discussion", **more})
    assert answer.status_code == 302
    return AgendaItem.objects.get(meeting=meeting, title=title)


def titles(meeting: Any) -> list[str]:
    return list(meeting.items.order_by("position", "id").values_list("title", flat=True))


def test_items_bear_their_hour_and_the_drift_is_said(secretary: Any) -> None:
    client, group = secretary
    starts = datetime(2027, 3, 2, 18, 30, tzinfo=UTC)
    meeting = make_meeting(group, starts_at=starts, ends_at=starts + timedelta(hours=1))
    add(client, meeting, "Accueil", minutes="10")
    add(client, meeting, "Logement", minutes="40", kind="decision")
    html = client.get(address(meeting)).content.decode()
    assert re.search(r"13\xa0h\xa030 · 10\xa0min", html)
    assert re.search(r"13\xa0h\xa040 · 40\xa0min · Décision", html)
    assert "Temps prévu : 50\xa0min." in html.replace("\xa0:", " :")
    assert "Il reste 10\xa0min." in html
    add(client, meeting, "Varia", minutes="30")
    assert "20\xa0min de plus que la rencontre" in client.get(f"/groupes/rencontres/{meeting.uid}/").content.decode()


def test_items_move_one_line_at_a_time(secretary: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    first, second, third = (add(client, meeting, title) for title in ("A", "B", "C"))
    client.post(address(meeting, "changer/"), {"do": f"up:{third.uid}"})
    assert titles(meeting) == ["A", "C", "B"]
    client.post(address(meeting, "changer/"), {"do": f"up:{first.uid}"})
    client.post(address(meeting, "changer/"), {"do": f"down:{second.uid}"})
    assert titles(meeting) == ["A", "C", "B"]
    client.post(address(meeting, "changer/"), {"do": f"down:{first.uid}"})
    assert titles(meeting) == ["C", "A", "B"]


def test_an_item_is_changed_removed_and_put_back(secretary: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    item = add(client, meeting, "Budget", minutes="15", details="Trois chiffres")
    client.post(address(meeting, f"{item.uid}/"), {"title": "Budget 2027", "kind": "decision", "minutes": "20"})
    item.refresh_from_db()
    assert (item.title, item.kind, item.minutes) == ("Budget 2027", "decision", 20)
    answer = client.post(address(meeting, "changer/"), {"do": f"remove:{item.uid}"})
    assert not titles(meeting)
    html = client.get(answer.url).content.decode()
    assert "« Budget 2027 » est retiré." in html
    back = dict(re.findall(r'<input type="hidden" name="(title|kind|minutes)" value="([^"]*)"', html))
    assert client.post(address(meeting), back).status_code == 302
    assert titles(meeting) == ["Budget 2027"]


def test_what_was_noted_is_not_removed(secretary: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    item = add(client, meeting, "Noté")
    AgendaItem.objects.filter(pk=item.pk).update(notes="On en parle.")
    assert (
        "il reste à l"
        in client.post(address(meeting, "changer/"), {"do": f"remove:{item.uid}"}, follow=True).content.decode()
    )
    assert titles(meeting) == ["Noté"]


def test_an_adopted_agenda_changes_no_more(secretary: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group, -7, state=MeetingState.HELD)
    Minutes.objects.create(meeting=meeting, state=MinutesState.ADOPTED, adopted_on=timezone.localdate())
    answer = client.post(address(meeting), {"title": "Trop tard", "kind": "information"})
    assert answer.status_code == 422
    assert "ne change plus" in answer.content.decode()
    assert not titles(meeting)


def test_items_are_carried_once_and_from_the_group_only(secretary: Any) -> None:
    client, group = secretary
    last, meeting = make_meeting(group, -20, state=MeetingState.HELD), make_meeting(group, 5)
    elsewhere = make_meeting(make_group(), -20)
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(meeting=last, position=1, title="En suspens", minutes=15),
            AgendaItem(meeting=elsewhere, position=1, title="Pas à nous"),
        ]
    )
    old = AgendaItem.objects.get(title="En suspens")
    foreign = AgendaItem.objects.get(title="Pas à nous")
    html = client.get(address(meeting)).content.decode()
    assert "En suspens" in html
    assert "Pas à nous" not in html
    for _time in range(2):
        client.post(address(meeting, "reprendre/"), {"item": [old.pk, foreign.pk, "x"]})
    assert titles(meeting) == ["En suspens"]
    carried = meeting.items.get()
    assert (carried.carried_from, carried.minutes) == (old, 15)
    assert "repris de la rencontre du" in client.get(f"/groupes/rencontres/{meeting.uid}/").content.decode()


def test_a_member_proposes_and_is_answered(secretary: Any, member_client: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    member, theirs = member_client(group)
    for title in ("Le déneigement", "La buanderie"):
        assert theirs.post(address(meeting, "proposer/"), {"title": title, "kind": "discussion"}).status_code == 302
    assert "2 points proposés" in client.get(f"/groupes/rencontres/{meeting.uid}/").content.decode()
    snow, laundry = ProposedItem.objects.order_by("id")
    assert theirs.post(address(meeting, f"propositions/{snow.uid}/"), {"do": "take"}).status_code == 403
    for _time in range(2):
        client.post(address(meeting, f"propositions/{snow.uid}/"), {"do": "take"})
    client.post(address(meeting, f"propositions/{laundry.uid}/"), {"do": "decline", "answer": "En mars."})
    assert titles(meeting) == ["Le déneigement"]
    assert meeting.items.get().led_by == member
    html = theirs.get(address(meeting)).content.decode()
    assert "Pas retenu" in html
    assert "En mars." in html


def test_bad_items_are_said(secretary: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    answer = client.post(address(meeting), {"title": "", "kind": "discussion", "minutes": "-4", "details": "Gardé"})
    assert answer.status_code == 422
    assert "Gardé" in answer.content.decode()
    assert not titles(meeting)


@pytest.mark.parametrize("count", [3, 30])
def test_the_pages_cost_the_same_with_more(secretary: Any, count: int, django_assert_max_num_queries: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    AgendaItem.objects.bulk_create(
        [AgendaItem(meeting=meeting, position=number, title=f"Point {number}", minutes=5) for number in range(count)]
    )
    with django_assert_max_num_queries(12):
        answer = client.get(address(meeting))
    assert len(answer.content) < 60_000


def test_a_new_agenda_starts_with_what_was_left(secretary: Any) -> None:
    client, group = secretary
    last = make_meeting(group, -7, state=MeetingState.HELD)
    AgendaItem.objects.create(meeting=last, position=1, title="À trancher", kind="decision")
    sent = {"title": "La suite", "kind": "meeting", "day": "2027-02-09", "begins": "09:00", "ends": "11:00"}
    client.post(f"/groupes/{group.slug}/rencontres/nouvelle/", sent)
    assert titles(group.meetings.get(title="La suite")) == ["À trancher"]


def test_two_who_write_the_same_item_merge_by_field(secretary: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    item = add(client, meeting, "Budget", minutes="15")
    shown = client.get(address(meeting, f"{item.uid}/")).content.decode()
    before = dict(re.findall(r'<input type="hidden" name="(initial-[a-z_]+)" value="([^"]*)"', shown))
    said = {"title": "Budget", "kind": "discussion", "minutes": "15"}
    first = client.post(address(meeting, f"{item.uid}/"), {**before, **said, "minutes": "30"})
    second = client.post(address(meeting, f"{item.uid}/"), {**before, **said, "title": "Budget 2027"})
    assert (first.status_code, second.status_code) == (302, 302)
    item.refresh_from_db()
    assert (item.title, item.minutes) == ("Budget 2027", 30)
    third = client.post(address(meeting, f"{item.uid}/"), {**before, **said, "title": "Finances"})
    assert third.status_code == 422
    html = third.content.decode()
    assert "« Budget 2027 »" in html.replace("\xa0", " ")
    assert 'value="Finances"' in html
    again = dict(re.findall(r'<input type="hidden" name="(initial-[a-z_]+)" value="([^"]*)"', html))
    assert (
        client.post(
            address(meeting, f"{item.uid}/"), {**again, **said, "minutes": "30", "title": "Finances"}
        ).status_code
        == 302
    )
    item.refresh_from_db()
    assert (item.title, item.minutes) == ("Finances", 30)
