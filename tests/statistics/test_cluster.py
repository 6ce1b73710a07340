"""Portraits counted on a cluster: the same figures by the same queries, and a sentence when they cannot be had."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from maillage.core.errors import Refused
from maillage.core.models import Epoch
from maillage.statistics import cluster as counted_elsewhere
from maillage.statistics.engines import Chosen
from maillage.statistics.portrait import Portrait
from maillage.statistics.queries import counting_on, portrait
from maillage.tables.engine.spark import SparkTrouble, Trouble
from tests.factories import make_entry, make_member, make_program

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning:py4j"),
]


def written(folder: Path, **options: Any) -> dict[str, Any]:
    """What `maillage facts write` says of the data set."""
    out = StringIO()
    call_command("facts", "write", str(folder), json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def refusal(folder: Path, master: str = "local[1]", **asked: Any) -> str:
    with counting_on("spark", folder=folder, master=master), pytest.raises(Refused) as refused:
        portrait(**asked)
    return str(refused.value)


def figures(made: Portrait) -> Any:
    return [made.entries, made.tables]


@pytest.mark.skipif(connection.vendor == "postgresql", reason="the facts are the same on every database")
def test_a_whole_portrait_is_the_same_on_both_engines(cluster: str, tmp_path: Path) -> None:
    program, other = make_program(), make_program()
    make_member(program)
    call_command("synth", "journal", program=program.slug, entries=1500, seed=4, stdout=StringIO())
    make_entry(other, themes=["food"])
    said = written(tmp_path)
    assert said["written"]
    assert said["rows"]["facts"] == 1501
    whole = portrait(program=program)
    need = next(row.code for row in whole.table("referral_need_health").rows if row.count)
    group = max(whole.table("groups_reached").rows, key=lambda row: row.count or 0).code
    territory = next(row.code for row in whole.table("territory").rows if row.count)
    questions: list[dict[str, Any]] = [
        {},
        {"territory": territory, "start": date(2014, 3, 10), "end": date(2015, 1, 20)},
        {"filters": {"besoin": [need], "refere": ["1"], "groupe": [group]}},
    ]
    with counting_on("spark", folder=tmp_path, master=cluster):
        there = [portrait(program=program, **asked) for asked in questions]
        assert portrait(program=other).entries == 1
    here = [portrait(program=program, **asked) for asked in questions]
    assert [figures(made) for made in there] == [figures(made) for made in here]
    assert here[0].entries == 1500
    assert 0 < here[1].entries < 1500
    assert 0 < here[2].entries < 1500


def test_after_changes_the_data_set_is_written_again_or_its_age_allowed(cluster: str, tmp_path: Path) -> None:
    program = make_program()
    make_entry(program, themes=["food"])
    written(tmp_path)
    before = timezone.now()
    make_entry(program, themes=["food"], referrals=[{"destination": "health", "need": "food"}])
    said = refusal(tmp_path, cluster, program=program)
    assert "le journal a changé depuis (interventions : 1)" in said
    assert f"maillage facts write {tmp_path}" in said
    with counting_on("spark", folder=tmp_path, master=cluster, max_age=2):
        old = portrait(program=program)
    assert old.entries == 1
    assert before - timedelta(minutes=1) < old.generated_at <= before  # it says of when its figures are
    assert written(tmp_path)["written"]
    assert not written(tmp_path)["written"]
    with counting_on("spark", folder=tmp_path, master=cluster):
        assert figures(portrait(program=program)) == figures(portrait(program=program))
        assert portrait(program=program).entries == 2


def test_the_command_line_counts_on_a_cluster(cluster: str, tmp_path: Path, settings: Any) -> None:
    program = make_program()
    make_entry(program, actions=["welcome"])
    written(tmp_path / "facts", program=[program.slug])
    files = [tmp_path / "here.json", tmp_path / "there.json", tmp_path / "set.json"]
    call_command("portrait", program=program.slug, output=files[0])
    elsewhere = {"facts": tmp_path / "facts", "master": cluster}
    call_command("portrait", program=program.slug, output=files[1], engine="spark", **elsewhere)
    settings.FACTS_ENGINE, settings.FACTS_FOLDER, settings.SPARK_MASTER = "spark", str(tmp_path / "facts"), cluster
    call_command("portrait", program=program.slug, output=files[2])
    read = [json.loads(file.read_text()) for file in files]
    assert read[0]["entries"] == 1
    assert {read[1]["generated_at"], read[2]["generated_at"]} != {read[0]["generated_at"]}
    for made in read:
        made.pop("generated_at")
    assert read[0] == read[1] == read[2]


def test_a_data_set_that_is_not_the_right_one_is_refused_with_what_to_do(tmp_path: Path) -> None:
    program = make_program()
    make_entry(program)
    assert "pas de jeu de faits lisible" in refusal(tmp_path, program=program)
    made = Path(written(tmp_path)["folder"])
    manifest = made / "manifest.json"
    kept = manifest.read_text()
    manifest.write_text(kept.replace('"schema":"', '"schema":"x'))
    assert "la forme d'une autre version" in refusal(tmp_path, program=program)
    manifest.write_text(kept)
    Epoch.objects.create()
    assert "une autre base de données" in refusal(tmp_path, program=program)


def test_a_portrait_of_a_programme_that_is_not_in_the_set_is_refused(cluster: str, tmp_path: Path) -> None:
    kept, other = make_program(), make_program()
    make_entry(kept)
    make_entry(other)
    written(tmp_path, program=[kept.slug])
    assert "limité à d'autres programmes" in refusal(tmp_path, cluster, program=other)
    with counting_on("spark", folder=tmp_path, master=cluster):
        assert portrait(program=kept).entries == 1


def test_the_cluster_that_does_not_answer_is_named(tmp_path: Path) -> None:
    program = make_program()
    written(tmp_path)
    assert "La grappe « spark://127.0.0.1:9 » ne répond pas" in refusal(
        tmp_path, "spark://127.0.0.1:9", program=program
    )


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_its_sentence(trouble: Trouble, tmp_path: Path) -> None:
    said = counted_elsewhere._sentence(SparkTrouble(trouble, "détail"), Chosen("spark", tmp_path, "yarn"))
    assert said.endswith(".")
    assert "%(" not in said


def test_settings_that_make_no_sense_are_said(tmp_path: Path, settings: Any) -> None:
    program = make_program()
    settings.FACTS_ENGINE = "abacus"
    with pytest.raises(Refused, match="MAILLAGE_ENGINE"):
        portrait(program=program)
    settings.FACTS_ENGINE = "spark"
    with pytest.raises(Refused, match="MAILLAGE_FACTS"):
        portrait(program=program)
    settings.FACTS_FOLDER, settings.FACTS_MAX_AGE = str(tmp_path), "a day"
    with pytest.raises(Refused, match="nombre d'heures"):
        portrait(program=program)
    with counting_on("duckdb"):  # what a command asks for goes before the settings
        assert portrait(program=program).entries == 0


def test_the_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="n'a pas pu être écrit"):
        written(tmp_path / "file" / "set")
    with pytest.raises(CommandError, match="Aucun programme"):
        written(tmp_path / "set", program=["unheard-of"])
