"""The demonstration has something to read for those who have no account."""

from typing import Any

import pytest
from django.test import Client

from maillage.statistics.models import Release
from maillage.statistics.release import findings


@pytest.mark.usefixtures("demonstration", "db")
def test_a_year_is_published_with_most_of_it_left_to_read() -> None:
    release = Release.objects.get()
    assert release.state == "published"
    assert release.attack["exposed"] == 0
    assert findings.utility(release).weight > 0.9
    page: Any = Client().get("/publications/entente-2013-2016/1/")
    assert page.status_code == 200
    assert release.title in page.content.decode()
