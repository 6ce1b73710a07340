"""The groups of the demonstration: a community of practice and its year, local teams with their tenants."""

from typing import Any

import pytest

from maillage.accounts.models import User
from maillage.concertation.enums import Capacity, GroupKind, MeetingKind, MeetingState, NeedState, RegistrationState
from maillage.concertation.models import Attendance, Group, Initiative, Meeting, Member, NamedNeed, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(demonstration: Any) -> Group:
    return Group.objects.get(kind=GroupKind.COMMUNITY)


def test_the_community_is_as_large_as_it_says(community: Group) -> None:
    members = Member.objects.filter(group=community)
    assert members.count() == 200
    assert members.exclude(organization=None).order_by().values("organization").distinct().count() == 80


def test_it_met_six_times_and_learned_three_times_in_the_year(community: Group) -> None:
    held = Meeting.objects.filter(group=community, state=MeetingState.HELD)
    assert held.filter(kind=MeetingKind.MEETING).count() == 6
    assert held.filter(kind=MeetingKind.TRAINING).count() == 3
    assert all(Attendance.objects.filter(meeting=meeting).exists() for meeting in held)


def test_four_initiatives_were_born_of_it_each_with_its_life(community: Group) -> None:
    found = Initiative.objects.filter(group=community)
    assert found.count() == 4
    assert all(one.story and one.meeting and one.steps.exists() for one in found)


def test_a_full_training_has_its_places_and_an_ordered_waiting_list(community: Group) -> None:
    training = Meeting.objects.get(group=community, kind=MeetingKind.TRAINING, state=MeetingState.PLANNED)
    states = list(Registration.objects.filter(meeting=training).order_by("rank").values_list("state", flat=True))
    assert states == [RegistrationState.REGISTERED] * 12 + [RegistrationState.WAITING] * 5


def test_tenants_have_a_seat_and_a_voice_in_a_local_team(demonstration: Any) -> None:
    tenant = User.objects.get(email__startswith="locataire@")
    mine = Group.objects.visible_to(tenant).filter(kind=GroupKind.ELE)
    assert mine.count() == 1
    assert Member.objects.filter(group__in=mine, capacity=Capacity.TENANT).count() >= 7
    states = set(NamedNeed.objects.filter(group__in=mine).order_by().values_list("state", flat=True))
    assert states == set(NeedState.values)


def test_a_local_team_sits_inside_a_table(demonstration: Any) -> None:
    assert Group.objects.filter(kind=GroupKind.ELE, parent__kind=GroupKind.TABLE).count() == 2


def test_the_whole_region_meets_four_times_a_year(demonstration: Any) -> None:
    assert Meeting.objects.filter(group__kind=GroupKind.GATHERING).count() == 4
