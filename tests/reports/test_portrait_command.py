"""`maillage portrait` and `maillage synth`, as they are called."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from maillage.core.errors import Refused
from maillage.core.models import Change
from maillage.journal.models import Entry, EntryTerm, Referral
from maillage.statistics.queries import portrait
from tests.factories import make_entry, make_member, make_program

pytestmark = pytest.mark.django_db


def test_the_portrait_in_json_says_what_the_contract_says(tmp_path: Path) -> None:
    program = make_program()
    make_entry(program, axes=["SOM"])
    target = tmp_path / "portrait.json"
    call_command("portrait", program=program.slug, output=target)
    made = json.loads(target.read_text())
    assert list(made) == [
        "program",
        "from",
        "to",
        "territory",
        "generated_at",
        "entries",
        "tables",
        "more",
        "protected",
    ]
    assert {table["unit"] for table in made["tables"]} <= {"entries", "persons", "referrals", "hours", "sites"}
    assert [table["id"] for table in made["more"]] == ["participations"]
    assert (made["program"], made["entries"], made["territory"]) == (program.slug, 1, None)
    tables = {table["id"]: table for table in made["tables"]}
    assert tables["nature"] == {
        "id": "nature",
        "title": "Nature des interventions",
        "unit": "entries",
        "denominator": 1,
        "multiple": False,
        "rows": [
            {"code": "individual", "label": "Individualisée", "count": 1, "share": 1.0},
            {"code": "collective", "label": "Collective", "count": 0, "share": 0.0},
        ],
    }
    for table in made["tables"]:
        if not table["multiple"] and table["rows"]:
            assert sum(row["count"] for row in table["rows"]) == pytest.approx(table["denominator"]), table["id"]
    crossing = tables["axes_crossing"]
    assert [column["code"] for column in crossing["columns"]] == ["SOM", "DCL", "DSS", "RPD"]
    assert crossing["rows"][0]["counts"] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"program": "nulle-part"}, "Aucun programme n'a l'adresse « nulle-part »"),
        ({"start": "2015-01-01", "end": "2014-01-01"}, "inversez les deux dates"),
        ({"territory": "999"}, "n'est pas celui d'une MRC"),
        ({"public": True, "start": "2014-03-02", "end": "2014-03-31"}, "par mois, trimestre ou année civile"),
    ],
)
def test_a_refusal_is_a_sentence_and_writes_nothing(tmp_path: Path, options: dict[str, Any], sentence: str) -> None:
    target = tmp_path / "portrait.json"
    given = ["--program", options.get("program", make_program().slug), "--output", str(target)]
    given += [f"--{name}={options[key]}" for name, key in (("from", "start"), ("to", "end")) if key in options]
    given += [f"--territory={options['territory']}"] if "territory" in options else []
    given += ["--public"] if options.get("public") else []
    with pytest.raises((CommandError, Refused), match=sentence):
        call_command("portrait", *given)
    assert not target.exists()


def test_the_public_portrait_has_protected_figures(tmp_path: Path) -> None:
    program = make_program(end=date(2016, 12, 31))
    make_member(program, "worker")
    synthesize(program, 423)
    target = tmp_path / "portrait.json"
    call_command("portrait", program=program.slug, public=True, output=target)
    made = json.loads(target.read_text())
    assert made["protected"] is True
    assert made["entries"] == portrait(program=program, public=True).entries
    counts = {row["count"] or 0 for table in made["tables"] if table["unit"] == "entries" for row in table["rows"]}
    assert all(count % 5 == 0 for count in counts)
    assert "logged_hours_by_role" not in {table["id"] for table in made["tables"]}


def test_a_date_that_is_none_is_wrong_usage(capsys: Any) -> None:
    with pytest.raises(CommandError, match="n'est pas une date"):
        call_command("portrait", "--program", make_program().slug, "--from", "2014-02-30")


def synthesize(program: Any, entries: int, seed: int = 7) -> None:
    call_command("synth", "journal", program=program.slug, entries=entries, seed=seed, stdout=StringIO())


def test_a_synthetic_journal_is_valid_reproducible_and_announced() -> None:
    program = make_program()
    make_member(program, "worker")
    make_member(program, "outreach")
    synthesize(program, 400)
    entries = Entry.objects.filter(program=program)
    assert entries.count() == 400
    for entry in entries.order_by("pk")[:60]:
        entry.full_clean()
        assert program.covers(entry.date)
    assert set(entries.order_by().values_list("nature", flat=True)) == {"individual", "collective"}
    assert Referral.objects.filter(entry__in=entries).exists()
    assert Change.objects.filter(key__in=entries.order_by().values("pk")).count() == 400
    first = portrait(program=program).as_json()["tables"]
    Referral.objects.all().delete()
    EntryTerm.objects.all().delete()
    entries.delete()
    synthesize(program, 400)
    assert portrait(program=program).as_json()["tables"] == first
    synthesize(program, 50, seed=8)
    assert portrait(program=program).entries == 450
    make_entry(program)  # numbers of rows go on after those of the synthetic ones
    assert portrait(program=program).entries == 451


def test_a_journal_cannot_be_invented_from_nothing() -> None:
    program = make_program()
    with pytest.raises((CommandError, Refused), match="aucun intervenant"):
        synthesize(program, 10)
    make_member(program)
    with pytest.raises(CommandError, match="20 000 000"):
        synthesize(program, 0)
