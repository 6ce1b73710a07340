from datetime import date

import pytest

from maillage.core.actor import PRODUCT
from maillage.statistics.enums import ReleaseState
from maillage.statistics.models import Release
from maillage.statistics.release.frozen import digest, portraits
from maillage.statistics.services import releases

from .release_world import make_world

pytestmark = pytest.mark.django_db


def test_a_year_is_prepared_published_and_read_back_as_it_was_frozen():
    program = make_world()
    draft = releases.prepare(actor=PRODUCT, program=program, period="year", start=date(2013, 1, 1))
    assert (draft.state, draft.number, draft.version) == (ReleaseState.DRAFT, 1, 1)
    published = releases.publish(actor=PRODUCT, release=draft)
    read = portraits(Release.objects.get(pk=published.pk))
    assert published.state == ReleaseState.PUBLISHED
    assert digest(published.content) == published.digest
    assert read[0].territory == ""
    assert len(read) == 3
    assert published.attack["exposed"] == 0
    assert published.attack["hidden"] > 0


def test_the_whole_programme_is_published_beside_its_years():
    program = make_world()
    for period, start in (("year", date(2013, 1, 1)), ("year", date(2014, 1, 1)), ("whole", None)):
        draft = releases.prepare(actor=PRODUCT, program=program, period=period, start=start)
        assert releases.publish(actor=PRODUCT, release=draft).attack["exposed"] == 0
