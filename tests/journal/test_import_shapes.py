"""Journals of other shapes: a column a choice, a line an answer; files that are no journal are refused whole."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from maillage.core.errors import Refused
from maillage.journal.models import Entry
from tests.factories import make_member
from tests.territories.shared_data import real

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(program: Any) -> Any:
    return make_member(program, "worker", label="Maxime Inventé")


def _import(path: Path, program: Any, *options: str) -> dict[str, Any]:
    out = io.StringIO()
    given = ("--json", "--program", program.slug, *options)
    call_command("import", "journal", str(path), *given, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def _codes(entry: Entry) -> set[str]:
    return set(entry.terms.values_list("code", flat=True))


def test_one_column_a_choice(program: Any, worker: Any, tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    mrc = program.territory.children.order_by("code").first().code
    path.write_text(
        "MRC;Date;Intervenant;Personnes;Action : Accueil;action/referral;Aînés (oui/non);Thème - Isolement;"
        "Lieu : Logement;Référence : Services du CISSS;Autre chose\n"
        f"{mrc};2014-05-06;Maxime Inventé;1;x;X;oui;1;vrai;true;1\n"
        f"{mrc};2014-05-07;Maxime Inventé;1;1;;non;0;;faux;0\n",
        encoding="utf-8",
    )
    report = _import(path, program)
    assert (report["counts"]["new"], report["problems"]) == (2, [])
    assert any("lues comme des choix" in note and "Aînés" in note for note in report["notes"])
    first, second = Entry.objects.order_by("date")
    assert _codes(first) == {"welcome", "referral", "senior", "isolation"}
    assert (first.contact_place.code, first.referrals.count()) == ("dwelling", 1)
    assert (_codes(second), second.contact_place, second.referrals.count()) == ({"welcome"}, None, 0)
    again = _import(path, program)
    assert (again["counts"]["new"], again["counts"]["unchanged"]) == (0, 2)


def test_a_choice_that_is_no_choice_is_said(program: Any, worker: Any, tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    mrc = program.territory.children.order_by("code").first().code
    head = "MRC;Date;Intervenant;Actions;Action : Accueil;Thème : Isolement\n"
    path.write_text(head + f"{mrc};2014-05-06;Maxime Inventé;Référence;peut-être;12\n" * 2, encoding="utf-8")
    report = _import(path, program)
    assert sum("laissée de côté" in note for note in report["notes"]) == 2
    assert _codes(Entry.objects.first()) == {"referral"}


def test_two_places_for_one_meeting_are_refused(program: Any, worker: Any, tmp_path: Path) -> None:
    first, second = program.frame.terms.of("contact_place").order_by("position")[:2]
    path = tmp_path / "journal.csv"
    path.write_text(
        f"Date;Intervenant;Actions;Lieu : {first.label_fr};contact_place/{second.code}\n"
        "2014-05-06;Maxime Inventé;Accueil;x;x\n",
        encoding="utf-8",
    )
    with pytest.raises(Refused, match="1 ligne est refusée"):
        _import(path, program)
    assert Entry.objects.count() == 0


def test_a_line_an_answer_is_one_entry_an_event(program: Any, worker: Any, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    rows = [
        ("e1", "2014-05-06", "Action", "Accueil"),
        ("e2", "2014-05-07", "Personnes rejointes", "12"),
        ("e1", "2014-05-06", "Durée en minutes", "90"),
        ("e2", "2014-05-07", "Nature", "coll"),
        ("e1", "2014-05-06", "Action", "Référence"),
    ]
    mrc = program.territory.children.order_by("code").first().code
    text = "event,orgUnit,eventDate,storedBy,dataElement,value\n"
    text += "".join(
        f"{number},{mrc},{day}T00:00:00.000,Maxime Inventé,{name},{value}\n" for number, day, name, value in rows
    )
    path.write_text(text, encoding="utf-8")
    # « storedBy » is not a title that the product knows: said once, remembered for the next file.
    mapping = tmp_path / "colonnes.json"
    columns = {
        "date": "eventDate", "number": "event", "mrc": "orgUnit", "worker": "storedBy", "action": "Action", "nature": "Nature",
        "persons": "Personnes rejointes", "minutes": "Durée en minutes",
    }  # fmt: skip
    mapping.write_text(json.dumps({"columns": columns}), encoding="utf-8")
    report = _import(path, program, "--mapping", str(mapping))
    assert (report["rows"], report["counts"]["new"]) == (2, 2)
    assert any("réunies en 2 interventions" in note for note in report["notes"])
    first, second = Entry.objects.order_by("date")
    assert (first.minutes, _codes(first)) == (90, {"welcome", "referral"})
    assert (second.persons, second.nature) == (12, "collective")
    assert _import(path, program, "--mapping", str(mapping))["counts"]["unchanged"] == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("journal/ona/good.csv", "il y manque"),
        ("journal/ona/transportation_all.csv", "« Date »"),
        ("journal/dhis2/events.csv", "Nature, actions"),
        ("journal/carnet_de_bord/import_beneficiaires.csv", "« Date »"),
        ("journal/carnet_de_bord/import_structures.csv", "« Date »"),
    ],
)
def test_a_file_that_is_no_journal_is_refused_in_one_sentence(program: Any, worker: Any, name: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        _import(real(name), program)
    assert "ligne est refusée" not in str(refused.value)
    assert Entry.objects.count() == 0


def test_events_of_dhis2_are_read_once_their_columns_are_said(program: Any, worker: Any, tmp_path: Path) -> None:
    source = real("journal/dhis2/events.csv").read_text(encoding="utf-8")
    path = tmp_path / "events.csv"
    mrc = program.territory.children.order_by("code").first().code
    ours = source.replace("2019-", "2014-").replace("2018-", "2014-").replace("O6uvpzGd5pu", mrc)
    path.write_text(ours, encoding="utf-8")
    mapping = tmp_path / "colonnes.json"
    columns = {"date": "eventDate", "number": "event", "mrc": "orgUnit", "persons": "BuZ5LGNfGEU", "worker": "program"}
    mapping.write_text(json.dumps({"columns": columns}), encoding="utf-8")
    report = _import(path, program, "--mapping", str(mapping), "--set", "workers=create")
    assert (report["counts"]["new"], sorted(Entry.objects.values_list("persons", flat=True))) == (4, [14, 16, 21, 33])


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (1, "1 ligne lue : 1 nouvelle, 0 modifiée, 0 inchangée, 0 refusée."),
        (2, "2 lignes lues : 2 nouvelles, 0 modifiée, 0 inchangée, 0 refusée."),
    ],
)
def test_a_report_speaks_of_one_line_in_the_singular(
    program: Any, worker: Any, tmp_path: Path, times: int, said: str
) -> None:
    mrc = program.territory.children.order_by("code").first().code
    path = tmp_path / "journal.csv"
    lines = f"2014-05-06;Maxime Inventé;{mrc};Accueil\n" * times
    path.write_text(f"Date;Intervenant;MRC;Actions\n{lines}", encoding="utf-8")
    out = io.StringIO()
    call_command("import", "journal", str(path), "--program", program.slug, stdout=out)
    assert said in out.getvalue()
