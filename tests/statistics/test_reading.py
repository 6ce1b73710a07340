"""Who reads a portrait, how exactly, and what a question that makes no sense is answered."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from maillage.core.errors import Refused
from maillage.programs.models import Term
from maillage.statistics.portrait import differences
from maillage.statistics.queries import comparison, portrait, previous_period
from tests.factories import make_entry, make_member, make_program, make_user, term

pytestmark = pytest.mark.django_db

TEAM = ("worker", "outreach", "coordinator")


def counts(made: Any, table: str) -> dict[str, Any]:
    return {row.code: row.count for row in made.table(table).rows}


@pytest.fixture
def busy(db: None) -> Any:
    """A programme of four years with 43 entries, all in 2014."""
    program = make_program(end=date(2016, 12, 31))
    worker = make_member(program)
    for day in range(1, 29):
        make_entry(program, worker, date=date(2014, 3, day), tenure="omh")
    for day in range(1, 16):
        make_entry(program, worker, date=date(2014, 4, day), tenure="coop", nature="collective")
    return program


@pytest.mark.parametrize("role", TEAM)
def test_the_team_reads_exact_figures_for_any_question(busy: Any, role: str) -> None:
    actor = make_member(busy, role).user
    made = portrait(program=busy, actor=actor, start=date(2014, 3, 2), end=date(2014, 3, 8))
    assert (made.entries, made.protected) == (7, False)


def test_a_stranger_is_answered_404(busy: Any) -> None:
    for actor in (make_user(), make_member(make_program()).user, AnonymousUser()):
        with pytest.raises(Http404):
            portrait(program=busy, actor=actor)


def test_questions_that_make_no_sense_are_answered_with_a_sentence(busy: Any) -> None:
    with pytest.raises(Refused, match="inversez les deux dates"):
        portrait(program=busy, start=date(2015, 1, 1), end=date(2014, 1, 1))
    with pytest.raises(Refused, match="« 999 » n'est pas celui d'une MRC"):
        portrait(program=busy, territory="999")
    with pytest.raises(Refused, match="filtre « couleur »"):
        portrait(program=busy, filters={"couleur": ["bleu"]})


def test_filters_are_those_of_the_journal_list() -> None:
    program = make_program()
    worker, other = make_member(program), make_member(program)
    site = program.program_sites.order_by("id").first().site
    entry = make_entry(
        program,
        worker,
        actions=["crisis"],
        groups=["youth"],
        themes=["food"],
        axes=["DCL"],
        successes=["asked_help"],
        contact_place="park",
        persons=2,
        persons_referred=1,
        referrals=[{"destination": "municipal", "need": "transport"}],
    )
    make_entry(program, other, nature="collective", collective_kind="other", site=None, mrc=site.mrc)
    matching = {
        "nature": "individual",
        "tenure": entry.tenure,
        "intervenant": str(worker.pk),
        "milieu": str(site.uid),
        "lieu": "park",
        "action": "crisis",
        "theme": "food",
        "groupe": "youth_family",  # a root takes its parts
        "axe": "DCL",
        "succes": "asked_help",
        "besoin": "transport",
        "destination": "other",
        "refere": "1",
    }
    for name, value in matching.items():
        assert counts(portrait(program=program, filters={name: [value]}), "nature")["individual"] == 1, name
    assert portrait(program=program, filters={"collectif": ["other"]}).entries == 1
    assert portrait(program=program, filters={"intervenant": [str(worker.pk), str(other.pk)]}).entries == 2
    assert portrait(program=program, filters={key: ["food"] for key in ("theme", "axe")}).entries == 0


def test_retired_codes_are_shown_when_they_were_used_or_valid() -> None:
    program = make_program()
    make_entry(program, themes=["school"])
    Term.objects.filter(pk=term(program, "theme", "school").pk).update(valid_to=date(2013, 6, 30))
    Term.objects.filter(pk=term(program, "theme", "grief").pk).update(valid_to=date(2013, 6, 30))
    shown = counts(portrait(program=program, start=date(2014, 1, 1), end=date(2014, 12, 31)), "themes")
    assert shown["school"] == 1
    assert "grief" not in shown
    assert shown["food"] == 0
    assert counts(portrait(program=program), "themes")["grief"] == 0


def test_entries_of_another_programme_never_count(busy: Any) -> None:
    make_entry(make_program(frame=busy.frame, territory=busy.territory))
    assert portrait(program=busy).entries == 43


def test_a_year_is_compared_with_the_year_before_and_an_edition_with_the_one_before(busy: Any) -> None:
    worker = make_member(busy)
    make_entry(busy, worker, date=date(2015, 1, 5), tenure="omh")
    year = portrait(program=busy, start=date(2015, 1, 1), end=date(2015, 12, 31))
    before = comparison(year, program=busy)
    assert before is not None
    assert (before.start, before.entries) == (date(2014, 1, 1), 43)
    change = differences(year, before)["tenure"]["omh"]
    assert (change.before, change.points) == (28, pytest.approx(1 - 28 / 43))
    assert previous_period(busy, date(2013, 1, 1), date(2013, 12, 31)) is None
    edition = make_program(previous_edition=busy, frame=busy.frame, start=date(2017, 1, 1), end=date(2018, 12, 31))
    earlier = comparison(portrait(program=edition), program=edition)
    assert earlier is not None
    assert earlier.entries == 44
