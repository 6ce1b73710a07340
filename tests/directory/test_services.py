"""Organizations, mergers of offices and owners of sites."""

from datetime import date

import pytest

from maillage.core.actor import PRODUCT
from maillage.core.errors import NotAllowed, Refused
from maillage.core.services import Outcome
from maillage.directory.services import save_organization, save_tenant_body, set_owner, succeed
from tests.factories import make_organization, make_site, make_user

pytestmark = pytest.mark.django_db


def test_the_same_external_number_is_the_same_organization() -> None:
    first = save_organization(actor=PRODUCT, name="OMH de Sainte-Marie", external_id="7", kind="housing_office")
    again = save_organization(actor=PRODUCT, name="OH de Sainte-Marie", external_id="7")
    assert again.outcome is Outcome.CHANGED
    assert again.obj == first.obj
    assert first.obj.privacy_regime == "a2_1"


def test_a_new_owner_ends_the_former() -> None:
    site, old, new = make_site(), make_organization(), make_organization()
    set_owner(actor=PRODUCT, site=site, organization=old, since=date(2010, 1, 1))
    set_owner(actor=PRODUCT, site=site, organization=new, since=date(2018, 1, 1))
    assert set_owner(actor=PRODUCT, site=site, organization=new).outcome is Outcome.UNCHANGED
    ends = site.ownerships.order_by("start").values_list("organization", "end")
    assert list(ends) == [(old.pk, date(2017, 12, 31)), (new.pk, None)]
    with pytest.raises(Refused, match="ne peut pas commencer avant"):
        set_owner(actor=PRODUCT, site=site, organization=old, since=date(2012, 1, 1))


def test_a_merger_hands_over_the_sites_and_closes_the_former_office() -> None:
    site, old, new = make_site(), make_organization(), make_organization()
    set_owner(actor=PRODUCT, site=site, organization=old)
    succeed(actor=PRODUCT, predecessor=old, successor=new, on=date(2018, 1, 1))
    old.refresh_from_db()
    assert old.closed_on == date(2018, 1, 1)
    assert site.ownerships.get(end=None).organization == new
    with pytest.raises(Refused, match="inverse"):
        succeed(actor=PRODUCT, predecessor=new, successor=old)


def test_a_tenants_body_covers_sites() -> None:
    site = make_site()
    written = save_tenant_body(actor=PRODUCT, kind="adl", name="Association du Ruisseau", sites=[site])
    assert list(written.obj.sites.all()) == [site]


def test_only_those_who_keep_the_directory_write_it() -> None:
    with pytest.raises(NotAllowed):
        save_organization(actor=make_user(), name="X")
