"""The demonstration goes into an empty home only, whole or not at all."""

import pytest

from maillage.core.errors import Refused
from maillage.portal.demonstration import load, others
from maillage.programs.models import Program
from maillage.territories.models import Division
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_refused_among_real_data() -> None:
    make_user()
    with pytest.raises(Refused, match="MAILLAGE_HOME"):
        load.ensure(lambda text: None)
    assert not Program.objects.exists()


def test_a_broken_load_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(others, "load_process", killed)
    with pytest.raises(KeyboardInterrupt):
        load.ensure(lambda text: None)
    assert load.what_home() is load.Home.EMPTY
    assert not Division.objects.exists()
