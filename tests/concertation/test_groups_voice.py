"""Composition and voice of a group, and what the page of a tenants' body says of the support it received."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from maillage.concertation.models import AgendaItem, Attendance, GuestCount, NamedNeed
from maillage.concertation.voice import voice_of
from maillage.directory.models import Person
from tests.factories import (
    make_entry,
    make_group,
    make_group_member,
    make_meeting,
    make_member,
    make_organization,
    make_program,
    make_site,
    make_tenant_body,
)

from .test_groups import signed_in

pytestmark = pytest.mark.django_db


def plain(page: bytes) -> str:
    """A page's words without its marks, spaces folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).replace("\u202f", " ").replace("\xa0", " ").split())


def busy_group() -> Any:
    """Two tenants and three workers; a meeting held long ago is outside the period, one is cancelled."""
    group, office = make_group(), make_organization(name="Maison Une", kind="community")
    tenant = make_group_member(group, capacity="tenant", person=Person.objects.create(name="Nadège Inventée"))
    make_group_member(group, capacity="tenant")
    worker = make_group_member(group, organization=office)
    make_group_member(group, "coordinator", organization=office)
    make_group_member(group, capacity="institution", organization=make_organization(name="Centre Deux", kind="health"))
    held = make_meeting(group, days=-10, state="held")
    for member, capacity in ((tenant, "tenant"), (worker, "community")):
        Attendance.objects.create(meeting=held, person=member.person, name="P", capacity=capacity)
    GuestCount.objects.create(meeting=held, capacity="tenant", count=6)
    old = make_meeting(group, days=-900, state="held")
    GuestCount.objects.create(meeting=old, capacity="research", count=50)
    off = make_meeting(group, days=-5, state="cancelled")
    GuestCount.objects.create(meeting=off, capacity="research", count=50)
    AgendaItem.objects.create(meeting=held, title="Salle", led_by=tenant)
    AgendaItem.objects.create(meeting=held, title="Budget", led_by=worker)
    AgendaItem.objects.create(meeting=held, title="Mot d'accueil")
    for number, (named_as, state) in enumerate((("tenant", "open"), ("community", "open"), ("tenant", "proposed"))):
        NamedNeed.objects.create(group=group, code=f"C{number}", statement="Un banc", named_as=named_as, state=state)
    return group


def test_voice_sets_four_counts_side_by_side() -> None:
    group, today = busy_group(), timezone.localdate()
    voice = voice_of(group, today - timedelta(days=365), today)
    assert voice.totals == (5, 8, 2, 2)
    assert voice.meetings == 1
    assert [(share.count, share.percent) for share in voice.own.shares] == [(2, 40), (7, 88), (1, 50), (1, 50)]
    assert [(sector.label, sector.organizations, sector.members) for sector in voice.sectors] == [
        ("Organisme communautaire", 1, 2), ("Réseau de la santé et des services sociaux", 1, 1),
    ]  # fmt: skip
    assert voice.without_organization == 2


def test_the_page_says_its_period_and_takes_any_day() -> None:
    group = busy_group()
    client = signed_in(group.members.get(role="coordinator"))
    page = plain(client.get(f"/groupes/{group.slug}/composition/").content)
    assert "40 % 2 sur 5" in page
    assert "1 rencontre tenue" in page
    past = plain(client.get(f"/groupes/{group.slug}/composition/?du=2199-01-01&au=2020-01-01").content)
    assert "2 rencontres tenues" in past
    assert client.get(f"/groupes/{group.slug}/composition/?du=2026-99-99").status_code == 200


def test_an_empty_group_has_no_share() -> None:
    today = timezone.localdate()
    voice = voice_of(make_group(), today, today)
    assert [share.percent for share in voice.own.shares] == [None] * 4
    assert voice.lines == ()


def test_the_page_of_a_body_counts_its_assemblies_and_its_support() -> None:
    program, day = make_program(), timezone.localdate() - timedelta(days=5)
    site, elsewhere = make_site(program), make_site(program)
    body = make_tenant_body(site, name="Association du Pin", status="active", recognised_on="2021-04-05")
    group = make_group(name="Pin", tenant_body=body)
    team, reader = make_member(program, "worker"), make_group_member(group, capacity="tenant")
    seat = make_group_member(group, "secretary", team.user)
    assembly = make_meeting(group, days=-30, kind="assembly", state="held", title="Assemblée du Pin")
    Attendance.objects.create(meeting=assembly, name="Une", capacity="tenant")
    GuestCount.objects.create(meeting=assembly, capacity="tenant", count=11)
    GuestCount.objects.create(meeting=assembly, capacity="housing", count=2)
    given = {"nature": "collective", "date": day, "minutes": 90, "participations": 7, "persons": 0}
    make_entry(program, team, site=site, collective_kind="tenant_association", **given)
    make_entry(program, team, site=elsewhere, collective_kind="tenant_association", tenant_body=body, **given)
    make_entry(program, team, site=elsewhere, collective_kind="tenant_association", **given)
    make_entry(program, team, site=site, collective_kind="group_project", **given)
    make_entry(make_program(), site=None, collective_kind="tenant_association", tenant_body=body, mrc=site.mrc, **given)
    page = plain(signed_in(seat).get(f"/groupes/{group.slug}/instance/").content)
    assert "5 avril 2021" in page
    assert "Assemblée du Pin" in page
    assert "14 personnes présentes" in page
    assert "Interventions 2" in page
    assert "Heures 3" in page
    assert "Participations 14" in page
    outside = plain(signed_in(reader).get(f"/groupes/{group.slug}/instance/").content)
    assert "se lit par l'équipe" in outside
    assert "Interventions 2" not in outside


def test_an_advisory_committee_of_more_than_its_law_says_so() -> None:
    group = make_group(tenant_body=make_tenant_body(kind="ccr", name="CCR inventé"))
    reader = make_group_member(group)
    for number in range(25):
        make_group_member(group, person=Person.objects.create(name=f"Personne {number}"), capacity="tenant")
    page = plain(signed_in(reader).get(f"/groupes/{group.slug}/instance/").content)
    assert "au plus 25 membres ; celui-ci en a 26" in page
