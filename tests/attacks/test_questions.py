"""Attacks on the live protected portrait: repetition, averages, subtraction; and what must stay true of it."""

import os
import random
import subprocess
import sys
from collections import defaultdict
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.statistics import closed_set, filters, periods, queries
from maillage.statistics.portrait import Portrait
from maillage.tables.disclosure import cell_keys
from tests.factories import make_member, make_site

from .worlds import END, START, make_world, one_person

pytestmark = pytest.mark.django_db
TABLES = ("tenure", "nature", "referral_destination", "referral_need_health", "contact_place", "themes", "axes")
NAMES = [
    *(("tenure", code) for code in ("omh", "obnl", "coop", "other")),
    *(("nature", code) for code in ("individual", "collective")),
    *(("referral_destination", code) for code in ("health", "community", "other")),
    *(("axes", code) for code in ("SOM", "DCL", "DSS", "RPD")),
    *(
        (table, code)
        for table in ("themes", "referral_need_health")
        for code in ("violence", "food", "housing", "grief")
    ),
    *(("contact_place", code) for code in ("dwelling", "park", "office")),
]
Question = tuple[date, date, str]


def questions(program: Program) -> list[Question]:
    """All that may be asked: the whole, years, quarters and months, of the whole territory and of each MRC."""
    spans = [(START, END)]
    for year in (2014, 2015):
        spans += [periods.bounds_of(year, part) for part, _label in periods.parts()]
    areas = ["", *program.territory.children.order_by("code").values_list("code", flat=True)]
    return [(start, end, area) for start, end in spans for area in areas]


def ask(program: Program, question: Question, actor: Any = None, **chosen: Any) -> Portrait | None:
    """The answer to somebody outside the team; None when it is refused."""
    start, end, territory = question
    asked = {"program": program, "start": start, "end": end, "territory": territory, "filters": chosen or None}
    try:
        return queries.portrait(**asked, actor=actor) if actor else queries.portrait(**asked, public=True)
    except Refused:
        return None


def figures(portrait: Portrait | None) -> dict[tuple[str, str], float]:
    """The figures that a portrait prints in a few tables."""
    if portrait is None:
        return {}
    rows = [(table.id, row) for table in portrait.tables if table.id in TABLES for row in table.rows]
    return {(table, row.code): row.count for table, row in rows if row.count is not None}


def exact(program: Program, question: Question) -> dict[tuple[str, str], float]:
    start, end, territory = question
    return figures(queries.portrait(program=program, start=start, end=end, territory=territory))


def fresh_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unprotected build: the same noise and rounding, drawn anew at each question."""
    rng = np.random.default_rng(5)
    monkeypatch.setattr(
        cell_keys, "_draws", lambda _secret, sums, _purpose: (rng.random(np.shape(sums)), rng.random(np.shape(sums)))
    )


def without_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unprotected build: exact figures for whoever may read protected ones."""
    monkeypatch.setattr(queries, "_protected", queries._exact)


def test_ten_thousand_questions_tell_no_more_than_one() -> None:
    """Ten thousand figures asked at random, over pages opened again and again (`MAILLAGE_ATTACK_PAGES`, 200)."""
    program = make_world()
    draw = random.Random(1)
    every = questions(program)
    asked = [q for q in every if not q[2]] + draw.sample([q for q in every if q[2]], 15)
    answers: dict[Any, set[float | None]] = defaultdict(set)
    pages = int(os.environ.get("MAILLAGE_ATTACK_PAGES", "200"))
    for _page in range(pages):
        question = draw.choice(asked)
        seen = figures(ask(program, question))
        for _figure in range(10_000 // pages or 1):
            name = draw.choice(NAMES)
            answers[question, name].add(seen.get(name))
    assert len(answers) > 500
    assert sum(found != {None} for found in answers.values()) > 250
    assert {len(found) for found in answers.values()} == {1}


def test_repetition_averages_fresh_noise_away(monkeypatch: pytest.MonkeyPatch) -> None:
    program = make_world()
    question = (date(2014, 1, 1), date(2014, 12, 31), "")
    true = exact(program, question)
    once = figures(ask(program, question))
    assert sum(once[name] == true[name] for name in once) < 0.4 * len(once), "les figures sont arrondies à 5"
    fresh_noise(monkeypatch)
    seen: dict[Any, list[float]] = defaultdict(list)
    for _ in range(200):
        for name, figure in figures(ask(program, question)).items():
            seen[name].append(figure)
    found = sum(abs(np.mean(values) - true[name]) < 0.5 for name, values in seen.items())
    assert found > 0.85 * len(seen)


def test_unrelated_filters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three visits in one building, counted with and without it among others drawn at random, sixty times."""
    program = make_world()
    site = make_site(program)
    for day in (3, 4, 5):
        one_person(program, site=site, date=date(2014, 5, day))
    whole = (START, END, "")
    assert [
        name for name in (*filters.NAMES, filters.SITE, filters.REFERRED) if ask(program, whole, **{name: ["x"]})
    ] == []
    assert ask(program, (date(2014, 5, 3), date(2014, 5, 5), "")) is None, "des dates libres"
    monkeypatch.setattr(closed_set, "without_filters", lambda _asked: None)
    others = [str(uid) for uid in program.program_sites.exclude(site=site).values_list("site__uid", flat=True)]
    draw, differences = random.Random(2), []
    for _ in range(60):
        chosen = draw.sample(others, len(others) // 2)
        with_it, without = (ask(program, whole, milieu=[*chosen, *more]) for more in ([str(site.uid)], []))
        assert with_it is not None
        assert without is not None
        differences.append((with_it.entries or 0) - (without.entries or 0))
    assert abs(np.mean(differences) - 3) < 2, "trois, et non personne"


def test_subtraction_of_live_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter less two of its months; the whole territory less five of its six MRC."""
    program = make_world()
    hits, tried = _subtracted(program)
    assert tried > 20
    assert hits == 0, "une différence de chiffres arrondis à 5 n'est jamais 1, 2, 3 ou 4"
    without_gate(monkeypatch)
    hits, tried = _subtracted(program)
    assert hits == tried


def _subtracted(program: Program) -> tuple[int, int]:
    """Of how many small figures a subtraction gives the true value; of how many it was tried."""
    quarter = (date(2014, 4, 1), date(2014, 6, 30), "")
    months = [(date(2014, m, 1), periods.bounds_of(2014, f"{m:02d}")[1], "") for m in (4, 5, 6)]
    areas = list(program.territory.children.order_by("code").values_list("code", flat=True))
    year = (date(2014, 1, 1), date(2014, 12, 31))
    sets = [(quarter, months[:2], months[2]), ((*year, ""), [(*year, a) for a in areas[:-1]], (*year, areas[-1]))]
    hits = tried = 0
    for whole, parts, rest in sets:
        true = exact(program, rest)
        known, others = figures(ask(program, whole)), [figures(ask(program, part)) for part in parts]
        for name, value in true.items():
            if 0 < value < 5:
                tried += 1
                readable = name in known and all(name in other for other in others)
                hits += readable and known[name] - sum(other[name] for other in others) == value
    return hits, tried


def test_the_same_answer_in_any_order_and_for_every_role() -> None:
    program = make_world(600)
    asked = questions(program)[:40]
    actors = [make_member(program, role).user for role in ("partner", "researcher", "tenant")]
    first = {question: figures(ask(program, question)) for question in asked}
    for rank, question in enumerate(reversed(asked)):
        assert figures(ask(program, question, actor=actors[rank % 3])) == first[question]


def test_the_same_answer_in_another_process() -> None:
    code = (
        "import numpy as np; from maillage.tables.disclosure import cell_keys as c;"
        "n = np.arange(1, 400); print(c.perturbed(b'secret', n % 13, n * 7919).tolist(),"
        " c.record_keys(b'secret', [b'a', b'b']))"
    )
    n = np.arange(1, 400)
    here = (
        f"{cell_keys.perturbed(b'secret', n % 13, n * 7919).tolist()} {cell_keys.record_keys(b'secret', [b'a', b'b'])}"
    )
    for seed in ("0", "1"):
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        assert ran.stdout.strip() == here


def test_what_is_left_is_useful() -> None:
    program = make_world()
    whole = (START, END, "")
    shown, true = ask(program, whole), queries.portrait(program=program)
    assert shown is not None
    assert shown.entries is not None
    assert abs(shown.entries - true.entries) <= 0.05 * true.entries
    for table in TABLES:
        ours, exact_one = shown.table(table).denominator, true.table(table).denominator
        assert ours is not None
        assert abs(ours - exact_one) <= max(8, 0.05 * exact_one), table  # a figure is never further than 8
    areas = {row.code: row.count for row in true.table("territory").rows}
    seen = {row.code: row.count or 0 for row in shown.table("territory").rows if row.code in areas}
    assert spearmanr([areas[c] for c in seen], list(seen.values())).statistic >= 0.9
