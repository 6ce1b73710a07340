"""Participations: they end at once, are never erased once used, and a programme keeps a coordinator."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from maillage.core.errors import NotAllowed, Refused
from maillage.programs import services
from maillage.programs.models import Membership, Program
from tests.factories import make_entry, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(program):
    return make_member(program, "coordinator").user


def change(member, actor, **fields):
    values = {name: getattr(member, name) for name in ("label", "role", "organization", "start", "end")}
    return services.change_member(actor=actor, member=member, divisions=member.divisions.all(), **{**values, **fields})


def test_the_end_of_a_participation_closes_the_programme_at_once(program, coordinator):
    member = make_member(program, "worker", start=date.today())
    assert program in Program.objects.visible_to(member.user)
    services.end_member(actor=coordinator, member=member)
    assert program not in Program.objects.visible_to(member.user)
    services.reinstate_member(actor=coordinator, member=member)
    assert program in Program.objects.visible_to(member.user)
    services.end_member(actor=coordinator, member=member, last_day=date.today() + timedelta(days=7))
    assert program in Program.objects.visible_to(member.user)


def test_who_wrote_entries_is_ended_and_not_erased(program, coordinator):
    member = make_member(program, "worker")
    make_entry(program, worker=member)
    with pytest.raises(Refused, match="mettez plutôt fin"):
        services.remove_member(actor=coordinator, member=member)
    with pytest.raises(ValidationError, match="sous ce rôle"):
        change(member, coordinator, role="outreach")
    member.refresh_from_db()
    change(member, coordinator, label="Nom d'usage")
    other = make_member(program, "worker")
    change(other, coordinator, role="outreach")
    services.remove_member(actor=coordinator, member=other)
    assert not Membership.objects.filter(pk=other.pk).exists()


def test_a_programme_keeps_a_coordinator(program, coordinator):
    only = program.memberships.get(user=coordinator)
    for attempt in (
        lambda: services.end_member(actor=coordinator, member=only),
        lambda: services.remove_member(actor=coordinator, member=only),
        lambda: change(only, coordinator, role="worker"),
        lambda: change(only, coordinator, end=date.today() - timedelta(days=1)),
    ):
        with pytest.raises(Refused, match="seule personne"):
            attempt()
        only.refresh_from_db()
    services.end_member(actor=make_user(is_administrator=True), member=only)
    assert not program.memberships.current().filter(role="coordinator").exists()


def test_members_are_added_with_mrcs_and_checked(program, coordinator):
    mrc = program.territory.children.order_by("code").first()
    member = services.add_member(
        actor=coordinator, program=program, label="Intervenante sans compte", role="worker", divisions=[mrc]
    )
    assert list(member.divisions.all()) == [mrc]
    with pytest.raises(ValidationError, match="n'est pas une MRC"):
        services.add_member(actor=coordinator, program=program, label="X", role="worker", divisions=[program.territory])
    with pytest.raises(ValidationError):
        services.add_member(
            actor=coordinator,
            program=program,
            label="X",
            role="worker",
            start=date(2020, 2, 1),
            end=date(2020, 1, 1),
        )
    person = make_user()
    services.add_member(actor=coordinator, program=program, label="Y", role="tenant", user=person)
    with pytest.raises(ValidationError, match="déjà ce rôle"):
        services.add_member(actor=coordinator, program=program, label="Y", role="tenant", user=person)
    assert program.memberships.filter(user=None).count() == 1


def test_a_worker_sets_nobody_up(program):
    worker = make_member(program, "worker")
    with pytest.raises(NotAllowed):
        services.add_member(actor=worker.user, program=program, label="X", role="coordinator")
    with pytest.raises(NotAllowed):
        services.end_member(actor=worker.user, member=worker)
