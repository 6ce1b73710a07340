"""Open a programme, change it, give it partners, sites, hours and a next edition."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from maillage.core.errors import NotAllowed
from maillage.core.models import AuditEvent
from maillage.programs import services
from maillage.programs.enums import VocabularyKind
from maillage.programs.models import Program
from maillage.programs.shipped_frame import TERMS
from maillage.programs.signals import period_asked
from tests.factories import (
    make_division,
    make_member,
    make_organization,
    make_program,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_user(is_administrator=True)


@pytest.fixture
def coordinator(program):
    return make_member(program, "coordinator").user


def codes(frame):
    return sorted(frame.terms.values_list("vocabulary", "code", "parent__code", "valid_to"), key=str)


def test_a_new_programme_has_the_shipped_frame_and_an_address(administrator):
    program = services.create_program(actor=administrator, name="Entente de l'Estrie", start=date(2024, 4, 1))
    assert program.slug == "entente-de-l-estrie"
    assert program.frame.terms.count() == sum(len(lines) for lines in TERMS.values())
    assert program.frame.terms.get(vocabulary="group", code="youth").parent.code == "youth_family"
    again = services.create_program(actor=administrator, name="Entente de l'Estrie", start=date(2024, 4, 1))
    assert again.slug == "entente-de-l-estrie-2"
    assert AuditEvent.objects.filter(verb="programs.program_opened").count() == 2


def test_whoever_opens_a_programme_coordinates_it(coordinator):
    program = services.create_program(actor=coordinator, name="Nouvelle", start=date(2024, 4, 1))
    assert list(program.memberships.values_list("user", "role")) == [(coordinator.pk, "coordinator")]


@pytest.mark.parametrize("role", ["worker", "outreach", "partner", "researcher", "tenant"])
def test_only_coordination_opens_and_changes(program, role):
    person = make_member(program, role).user
    with pytest.raises(NotAllowed):
        services.create_program(actor=person, name="Refusée", start=date(2024, 1, 1))
    with pytest.raises(NotAllowed):
        services.edit_program(actor=person, program=program, name="Refusée")
    with pytest.raises(NotAllowed):
        services.cover_sites(actor=person, program=program, sites=[make_site()])


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"end": date(2012, 1, 1)}, "__all__"),
        ({"slug": "nouveau"}, "slug"),
        ({"coverage_tenures": ["chateau"]}, "coverage_tenures"),
        ({"kind": "autre"}, "kind"),
        ({"name": ""}, "name"),
    ],
)
def test_a_programme_that_makes_no_sense_is_refused(administrator, fields, where):
    with pytest.raises(ValidationError) as refused:
        services.create_program(actor=administrator, **{"name": "Entente", "start": date(2013, 1, 1), **fields})
    assert where in refused.value.message_dict
    assert not Program.objects.exists()


def test_the_apps_above_may_object_to_a_new_period(program, coordinator):
    def object_to_it(sender, program, start, end, **kwargs):
        return "12 interventions seraient hors de la période." if end else None

    period_asked.connect(object_to_it)
    try:
        with pytest.raises(ValidationError, match="12 interventions"):
            services.edit_program(actor=coordinator, program=program, end=date(2014, 1, 1))
    finally:
        period_asked.disconnect(object_to_it)
    assert Program.objects.get(pk=program.pk).end is None
    services.edit_program(actor=coordinator, program=program, name="Entente renommée", end=date(2016, 12, 31))
    event = AuditEvent.objects.get(verb="programs.program_edited")
    assert event.changes["end"] == [None, "2016-12-31"]


def test_partners_come_once(program, coordinator):
    office = make_organization()
    partner = services.add_partner(actor=coordinator, program=program, organization=office, part="joined")
    with pytest.raises(ValidationError, match="déjà partenaire"):
        services.add_partner(actor=coordinator, program=program, organization=office)
    services.edit_partner(actor=coordinator, partner=partner, part="funder", since=date(2014, 1, 1))
    services.remove_partner(actor=coordinator, partner=partner)
    assert not program.partners.exists()


def test_sites_are_covered_served_and_targeted_in_bulk(program, coordinator):
    sites = [make_site() for _ in range(4)]
    assert services.cover_sites(actor=coordinator, program=program, sites=sites, served=False) == 4
    assert services.cover_sites(actor=coordinator, program=program, sites=sites[:2], targeted=True) == 2
    assert program.program_sites.filter(is_served=True, is_targeted=True).count() == 2
    assert services.cover_sites(actor=coordinator, program=program, sites=sites[:2], targeted=True) == 0
    services.cover_sites(actor=coordinator, program=program, sites=sites[:1], served=False)
    line = program.program_sites.get(site=sites[0])
    assert (line.is_served, line.is_targeted) == (False, False)
    assert services.uncover_sites(actor=coordinator, program=program, sites=sites) == 4
    with pytest.raises(ValidationError):
        services.cover_sites(
            actor=coordinator,
            program=program,
            sites=sites,
            served=True,
            served_from=date(2015, 1, 1),
            served_to=date(2014, 1, 1),
        )
    assert program.program_sites.count() == 1


def test_hours_by_mrc_and_role(program, coordinator):
    first, second = program.territory.children.order_by("code")
    hours = {(first, "worker"): Decimal("21.5"), (second, "outreach"): Decimal(14)}
    services.set_hours(actor=coordinator, program=program, hours=hours)
    services.set_hours(actor=coordinator, program=program, hours={(second, "outreach"): None})
    assert list(program.support_hours.values_list("division", "role", "hours_per_week")) == [
        (first.pk, "worker", Decimal("21.5"))
    ]
    for wrong in (
        {(first, "worker"): Decimal(-1)},
        {(first, "worker"): Decimal(3000)},
        {(first, "tenant"): Decimal(3)},
        {(program.territory, "worker"): Decimal(3)},
    ):
        with pytest.raises(ValidationError):
            services.set_hours(actor=coordinator, program=program, hours=wrong)
    assert program.support_hours.get().hours_per_week == Decimal("21.5")


def test_the_next_edition_keeps_codes_and_what_was_chosen(program, coordinator):
    services.add_partner(actor=coordinator, program=program, organization=make_organization())
    targeted = make_site(program)
    services.cover_sites(actor=coordinator, program=program, sites=[targeted], targeted=True)
    mrc = program.territory.children.order_by("code").first()
    services.set_hours(actor=coordinator, program=program, hours={(mrc, "worker"): Decimal(7)})
    services.retire_term(actor=coordinator, term=program.frame.terms.get(vocabulary="action", code="lease"))
    worker = make_member(program, "worker")
    edition = services.open_next_edition(
        actor=coordinator, program=program, name="Deuxième entente", start=date(2017, 1, 1), copy_team=True
    )
    assert edition.previous_edition == program
    assert edition.frame != program.frame
    assert edition.frame.origin == program.frame
    assert codes(edition.frame) == codes(program.frame)
    assert edition.frame.terms.filter(parent__frame=program.frame).count() == 0
    assert edition.program_sites.filter(is_targeted=True).get().site == targeted
    assert edition.support_hours.get().hours_per_week == 7
    assert edition.partners.count() == 1
    assert edition.memberships.get(user=worker.user).start == date(2017, 1, 1)
    assert edition.memberships.filter(user=coordinator).count() == 1


def test_the_next_edition_may_share_the_frame_and_copy_nothing(program, coordinator):
    edition = services.open_next_edition(
        actor=coordinator,
        program=program,
        name="Deuxième",
        start=date(2017, 1, 1),
        share_frame=True,
        copy_partners=False,
        copy_sites=False,
        copy_hours=False,
    )
    assert edition.frame == program.frame
    assert not edition.program_sites.exists()
    with pytest.raises(ValidationError, match="après l'édition précédente"):
        services.open_next_edition(actor=coordinator, program=program, name="Avant", start=date(2010, 1, 1))


def test_a_frame_of_others_is_not_given_away(coordinator):
    other = make_program()
    with pytest.raises(NotAllowed):
        services.create_program(actor=coordinator, name="X", start=date(2020, 1, 1), frame=other.frame)


def test_all_vocabularies_are_shipped():
    assert set(TERMS) == set(VocabularyKind.values)
    assert make_division()
