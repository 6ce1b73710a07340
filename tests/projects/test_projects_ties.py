"""Projects in the web of organizations, and on the pages of groups and needs."""

from datetime import date

import pytest
from django.urls import reverse

from maillage.concertation.network.deeds import Deed, Period
from maillage.concertation.network.scope import narrow, reach_of
from maillage.projects.projects_ties import deeds
from tests.factories import (
    make_division,
    make_group,
    make_group_member,
    make_need,
    make_organization,
    make_project,
)

pytestmark = pytest.mark.django_db
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def common(group, **fields):
    """A project of 2025 that three organizations share."""
    promoter, partner, heir = make_organization(), make_organization(), make_organization()
    values = {"started_on": date(2025, 3, 1), "promoter": promoter, "continued_by": heir, **fields}
    project = make_project(group=group, **values)
    for kind in ("money", "time"):
        project.partners.create(organization=partner, kind=kind)
    return project, tuple(sorted((promoter.pk, partner.pk, heir.pk)))


def read(actor, *periods, place=None):
    return deeds(narrow(reach_of(actor), place=place), periods or (YEAR,))


def test_a_common_project_ties_its_organizations_once_a_period():
    member = make_group_member(make_group())
    project, organizations = common(member.group)
    project.steps.create(after="ended", on=date(2026, 2, 1))
    later = Period(date(2026, 1, 1), date(2026, 12, 31))
    never = Period(date(2020, 1, 1), date(2020, 12, 31))
    deed = Deed("project", project.pk, organizations)
    assert read(member.person.user, YEAR, later, never) == [[deed], [deed], []]


def test_a_discreet_group_ties_nobody():
    member = make_group_member(make_group(is_discreet=True))
    common(member.group)
    assert read(member.person.user) == [[]]


def test_a_territory_keeps_its_projects():
    here, there = make_division(), make_division()
    member = make_group_member(make_group(territory=there))
    project, _organizations = common(member.group)
    project.territories.add(here)
    make_project(group=member.group, started_on=date(2025, 5, 1), promoter=make_organization())
    found = read(member.person.user, place=here.pk)[0]
    assert [deed.key for deed in found] == [project.pk]
    assert len(read(member.person.user, place=there.pk)[0]) == 2


def test_common_projects_are_read_in_one_query(django_assert_num_queries):
    member = make_group_member(make_group())
    for _number in range(5):
        common(member.group)
    scope = narrow(reach_of(member.person.user))
    with django_assert_num_queries(1):
        deeds(scope, (YEAR, YEAR))


def test_a_group_shows_its_public_projects_on_its_sheet_only(client, sign_in):
    member = make_group_member(make_group(is_public=True))
    shown = make_project(group=member.group, name="Jardin ouvert", is_public=True)
    make_project(group=member.group, name="Projet gardé")
    sheet = client.get(reverse("concertation:group_sheet", args=[member.group.slug])).content.decode()
    assert (shown.name in sheet, "Projet gardé" in sheet) == (True, False)
    inside = sign_in(member.person.user).get(reverse("concertation:group", args=[member.group.slug])).content.decode()
    assert "Projet gardé" in inside


def test_only_who_animates_is_offered_a_project_for_a_need(sign_in):
    group = make_group()
    need, door = make_need(group), reverse("projects:project_new")
    address = reverse("concertation:need", args=[need.uid])
    for role, offered in (("member", False), ("facilitator", True)):
        page = sign_in(make_group_member(group, role).person.user).get(address).content.decode()
        assert (door in page) is offered, role
