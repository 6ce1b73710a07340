"""The measure of pages measures what a person gets."""

from typing import Any

import pytest

from maillage.core.errors import Refused
from maillage.portal.bench import pages, projects
from maillage.projects.models import Project
from tests.factories import make_entry, make_member, make_program


@pytest.mark.django_db
def test_every_main_page_is_measured() -> None:
    program = make_program()
    make_member(program, "coordinator")
    make_entry(program)
    found = {page.name: page for page in pages.measure(program, repeats=1)}
    assert len(found) == 13
    assert all(page.html_kb > 1 and page.queries > 0 for page in found.values())


@pytest.mark.django_db
def test_nothing_to_measure_is_said() -> None:
    with pytest.raises(Refused, match="make demo"):
        pages.run(0, lambda step: None)


@pytest.mark.django_db
def test_a_programme_without_coordination_is_said(program: Any) -> None:
    make_entry(program)
    with pytest.raises(Refused, match="coordonne"):
        pages.measure(program)


@pytest.mark.django_db
def test_pages_of_many_projects_are_measured_and_undone() -> None:
    found = {page.name: page for page in projects.measure(projects=12, actions=20, repeats=1)}
    assert {"Projets", "Plan d'action", "Bilan de la mesure", "Activités"} <= set(found)
    assert all(page.html_kb > 1 and page.queries > 0 for page in found.values())
    assert not Project.objects.exists()
