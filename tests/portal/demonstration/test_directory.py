"""The demonstration's directory: enough to find, something to keep up, and territories without answer."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.enums import ServiceStatus
from maillage.directory.models import Location, Organization, Service, ServicePair, SheetTrouble, Source
from maillage.directory.permissions import can_edit_service
from maillage.journal.enums import LoopState
from maillage.journal.models import OPEN_STATES, RaisedNeed, Referral, ReferralEvent, ReferralLink
from maillage.programs.models import Program

pytestmark = pytest.mark.usefixtures("demonstration", "db")
TODAY = date(2026, 11, 21)


@pytest.fixture
def referrals():
    return Referral.objects.filter(entry__program__slug="entente-en-cours")


def test_there_is_something_to_find_in_every_territory() -> None:
    assert Service.objects.offered().count() >= 120
    assert Organization.objects.filter(services__isnull=False).distinct().count() >= 45
    places = Location.objects.exclude(municipality=None)
    assert places.values("municipality__parent").distinct().count() == 10
    assert all(46 < place.latitude < 48 for place in places)
    nameless = Service.objects.exclude(description__contains="inventé").exclude(organization__name__contains="inventé")
    assert not nameless.exists(), "a service of the demonstration says that it is invented"


def test_there_is_something_to_keep_up() -> None:
    assert 5 <= Service.objects.filter(checked_on__lt=TODAY - timedelta(days=180)).count() <= 40
    source = Source.objects.get()
    theirs = Service.objects.filter(source=source)
    assert theirs.count() >= 12
    assert theirs.filter(status=ServiceStatus.INACTIVE).exists()


def test_referrals_of_the_agreement_under_way_have_lives(referrals) -> None:
    found = set(referrals.values_list("state", flat=True))
    assert found >= set(LoopState)
    assert referrals.exclude(service=None).count() > 30
    open_ones = referrals.filter(state__in=OPEN_STATES).exclude(due_on=None)
    assert open_ones.filter(due_on__lt=TODAY).exists()
    assert open_ones.filter(due_on__gte=TODAY).exists()
    assert not referrals.exclude(state__in=OPEN_STATES).exclude(due_on=None).exists()
    assert not referrals.filter(state=LoopState.REFUSED, barrier="").exists()


def test_a_history_ends_where_its_referral_stands(referrals) -> None:
    for referral in referrals.exclude(state=LoopState.GIVEN).prefetch_related("events"):
        last = referral.events.order_by("-at", "-pk").first()
        assert (last.state, last.barrier) == (referral.state, referral.barrier)
        assert referral.entry.date <= timezone.localdate(last.at) <= timezone.localdate()
    elsewhere = Program.objects.exclude(slug="entente-en-cours")
    assert not ReferralEvent.objects.filter(referral__entry__program__in=elsewhere).exists()


def test_one_of_each_thing_that_a_page_shows() -> None:
    editor = User.objects.get(email="organisme@demo.maillage.test")
    kept = Service.objects.get(name="Dépannage alimentaire", organization__external_id="demo-food-25")
    assert can_edit_service(editor, kept)
    assert not can_edit_service(editor, Service.objects.exclude(organization=kept.organization).first())
    pair = ServicePair.objects.get()
    assert kept in (pair.low, pair.high)
    assert SheetTrouble.objects.count() == 2
    assert ReferralLink.objects.filter(sent_to__endswith=".exemple.test").exists()
    assert sorted(RaisedNeed.objects.values_list("state", flat=True)) == ["answered", "open"]
    assert all(need.referrals.exists() for need in RaisedNeed.objects.all())
