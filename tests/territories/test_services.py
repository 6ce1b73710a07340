"""Divisions, limits and sites are written through one door, once, with their past kept."""

from datetime import date

import pytest

from maillage.core.actor import PRODUCT
from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent
from maillage.core.services import Outcome
from maillage.territories.services import save_division, save_site, set_boundary
from tests.factories import make_division, make_user

pytestmark = pytest.mark.django_db
SQUARE = {"type": "Polygon", "coordinates": [[[-71, 46], [-70, 46], [-70, 47], [-71, 46]]]}
SMALLER = {"type": "Polygon", "coordinates": [[[-71, 46], [-70.5, 46], [-70.5, 46.5], [-71, 46]]]}


def test_a_division_that_changes_name_keeps_the_former() -> None:
    save_division(actor=PRODUCT, level="mrc", code="27", name="Robert-Cliche")
    written = save_division(actor=PRODUCT, level="mrc", code="27", name="Beauce-Centre", since=date(2022, 1, 1))
    assert written.outcome is Outcome.CHANGED
    kept = written.obj.names.get()
    assert (kept.name, kept.valid_to) == ("Robert-Cliche", date(2021, 12, 31))


def test_writing_the_same_twice_changes_nothing() -> None:
    for expected in (Outcome.NEW, Outcome.UNCHANGED):
        assert save_division(actor=PRODUCT, level="mrc", code="27", name="Beauce-Centre").outcome is expected
    assert AuditEvent.objects.count() == 1


def test_a_part_is_smaller_than_the_whole() -> None:
    mrc = make_division("mrc")
    with pytest.raises(Refused, match="ne peut pas contenir"):
        save_division(actor=PRODUCT, level="region", code="12", name="Chaudière-Appalaches", parent=mrc)


def test_replaced_limits_are_kept_with_their_dates() -> None:
    division = make_division("mrc")
    assert set_boundary(actor=PRODUCT, division=division, geometry=SQUARE).outcome is Outcome.NEW
    assert set_boundary(actor=PRODUCT, division=division, geometry=SQUARE).outcome is Outcome.UNCHANGED
    changed = set_boundary(actor=PRODUCT, division=division, geometry=SMALLER, since=date(2024, 1, 1))
    assert changed.outcome is Outcome.CHANGED
    assert list(division.boundaries.values_list("valid_to", flat=True).order_by("id")) == [date(2023, 12, 31), None]


def test_a_site_takes_the_mrc_of_its_municipality_and_its_address_stays_out_of_the_audit() -> None:
    mrc = make_division("mrc")
    town = make_division("municipality", parent=mrc)
    written = save_site(
        actor=PRODUCT,
        reference="H1",
        name="Habitations du Ruisseau",
        tenure="omh",
        municipality=town,
        address="1, rue X",
    )
    assert written.obj.mrc == mrc
    save_site(actor=PRODUCT, reference="H1", address="2, rue Y")
    assert "rue" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


def test_only_those_who_keep_the_register_write_it() -> None:
    with pytest.raises(NotAllowed):
        save_site(actor=make_user(), reference="H1", name="Habitations", tenure="omh")
