"""A journal kept in a spreadsheet is imported once, by its words, without identities."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from maillage.core.errors import Refused
from maillage.journal.models import Entry, Referral
from tests.factories import make_member, make_organization, make_service

pytestmark = pytest.mark.django_db
HEAD = "Date;Intervenant;Milieu;Nature;Personnes;Durée;Actions;Groupes;Thèmes;Lieu;Référé vers;Motif;Notes\n"


@pytest.fixture
def worker(program: Any) -> Any:
    return make_member(program, "worker", label="Maxime Inventé")


def _import(path: Path, text: str, *options: str, **given: Any) -> dict[str, Any]:
    path.write_text(text, encoding="utf-8-sig")
    out = io.StringIO()
    call_command("import", "journal", str(path), "--json", *options, stdout=out, stderr=io.StringIO(), **given)
    return json.loads(out.getvalue())


def _lines(program: Any) -> str:
    site = program.program_sites.get().site
    return HEAD + (
        f"06/05/2014;Maxime Inventé;{site.name};Individuelle;1;1 h 30;Accueil, Référence;Aînés;Isolement;Logement;"
        "Services du CISSS;Santé mentale;Rencontre au logement\n"
        f"2014-05-07;maxime inventé;{site.reference};coll;12;90;community_organizing;Families;;Park;;;\n"
        f"2014-05-07;maxime inventé;{site.reference};coll;12;90;community_organizing;Families;;Park;;;\n"
    )


def test_a_file_is_imported_once(program: Any, worker: Any, tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    first = _import(path, _lines(program), "--program", program.slug)
    assert (first["counts"]["new"], first["problems"]) == (3, [])
    entry = Entry.objects.get(nature="individual")
    assert (entry.minutes, entry.persons, entry.persons_referred, entry.worker) == (90, 1, 1, worker)
    codes = set(entry.terms.values_list("code", flat=True))
    assert codes == {"welcome", "referral", "senior", "isolation"}
    assert entry.contact_place.code == "dwelling"
    assert entry.referrals.get().need.code == "mental_health"
    again = _import(path, _lines(program), "--program", program.slug)
    assert (again["counts"]["new"], again["counts"]["unchanged"]) == (0, 3)
    more = _lines(program) + _lines(program).splitlines()[2] + "\n"
    assert _import(path, more, "--program", program.slug)["counts"]["new"] == 1
    assert Entry.objects.count() == 4


def test_a_referral_names_a_service_of_the_directory_or_goes_without(program: Any, worker: Any, tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    service = make_service(make_organization(name="Moisson Imaginaire"), name="Dépannage alimentaire")
    head, first, *_rest = _lines(program).splitlines()
    names = ["Dépannage alimentaire (Moisson Imaginaire)", "Comptoir à venir"]
    text = "\n".join([f"{head};Service ou organisation", *(f"{first};{name}" for name in names)]) + "\n"
    found = _import(path, text, "--program", program.slug)
    assert (found["counts"]["new"], found["problems"]) == (2, [])
    assert list(Referral.objects.order_by("id").values_list("service", "organization__name")) == [
        (service.pk, "Moisson Imaginaire"),
        (None, None),
    ]
    make_organization(name="Comptoir à venir")
    assert _import(path, text, "--program", program.slug)["counts"]["new"] == 0


def test_each_refusal_says_the_line_the_column_and_what_to_do(program: Any, worker: Any, tmp_path: Path) -> None:
    site = program.program_sites.get().site
    bad = [
        f"2999-01-01;Maxime Inventé;{site.name};I;1;30;Accueil;;;;;;",
        f"2001-01-01;Maxime Inventé;{site.name};I;1;30;Accueil;;;;;;",
        f"31/02/2014;Maxime Inventé;{site.name};I;1;30;Accueil;;;;;;",
        "2014-05-06;Maxime Inventé;Ailleurs;I;1;30;Accueil;;;;;;",
        f"2014-05-06;Quelqu'un;{site.name};I;1;30;Accueil;;;;;;",
        f"2014-05-06;Maxime Inventé;{site.name};I;-3;30;Accueil;;;;;;",
        f"2014-05-06;Maxime Inventé;{site.name};I;900;30;Accueil;;;;;;",
        f"2014-05-06;Maxime Inventé;{site.name};I;1;99 h;Accueil;;;;;;",
        f"2014-05-06;Maxime Inventé;{site.name};I;1;30;Jonglerie;;;;;;",
        f"2014-05-06;Maxime Inventé;{site.name};peut-être;1;30;Accueil;;;;;;",
    ]
    path = tmp_path / "journal.csv"
    path.write_text(HEAD + "\n".join(bad) + "\n", encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(Refused, match="10 lignes sont refusées"):
        call_command("import", "journal", str(path), "--json", "--program", program.slug, stdout=out)
    problems = {p["line"]: p for p in json.loads(out.getvalue())["problems"]}
    assert sorted(problems) == list(range(2, 12))
    for line, column, said in (
        (2, "Date", "futur"),
        (3, "Date", "commence"),
        (4, "Date", "calendrier"),
        (5, "Milieu", "n'est pas un milieu"),
        (6, "Intervenant", "de l'équipe"),
        (7, "Personnes", "négatif"),
        (8, "Personnes", "500"),
        (9, "Durée", "24 heures"),
        (10, "Actions", "vocabulaire"),
        (11, "Nature", "choix"),
    ):
        assert problems[line]["column"] == column
        assert said in problems[line]["message"]
    assert Entry.objects.count() == 0


def test_unknown_workers_may_be_taken_on(program: Any, tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    options = ("--program", program.slug, "--set", "workers=create")
    report = _import(path, _lines(program), *options)
    assert report["counts"]["new"] == 3
    member = program.memberships.get(label__iexact="Maxime Inventé")
    assert member.user is None
    assert _import(path, _lines(program), *options)["counts"]["new"] == 0


def test_lines_of_one_number_are_one_entry(program: Any, worker: Any, tmp_path: Path) -> None:
    site = program.program_sites.get().site
    text = "No;Date;Intervenant;Milieu;Actions\n" + "".join(
        f"7;2014-05-06;Maxime Inventé;{site.reference};{action}\n"
        for action in ("Accueil", "Référence", "Gestion du bail")
    )
    _import(tmp_path / "journal.csv", text, "--program", program.slug)
    codes = set(Entry.objects.get().terms.values_list("code", flat=True))
    assert codes == {"welcome", "referral", "lease"}
    assert _import(tmp_path / "journal.csv", text, "--program", program.slug)["counts"]["new"] == 0


def test_a_note_with_an_identity_is_left_aside(program: Any, worker: Any, tmp_path: Path) -> None:
    text = _lines(program).replace("Rencontre au logement", "Appeler Gisèle Tremblay au 418 555-0143")
    report = _import(tmp_path / "journal.csv", text, "--program", program.slug)
    assert "identité" in report["remarks"][0]["message"]
    assert "Gisèle" not in json.dumps(report, ensure_ascii=False)
    assert not Entry.objects.exclude(note="").exists()


def test_a_coordinator_imports_from_the_page(program: Any, worker: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    upload = SimpleUploadedFile("journal.csv", _lines(program).encode())
    page = client.post("/journal/importer/", {"importer": "journal", "file": upload}, follow=True)
    client.post(page.redirect_chain[-1][0], {"action": "write"})
    assert Entry.objects.count() == 3
    for role in ("worker", "partner", "tenant", "researcher"):
        assert as_role(program, role).get("/journal/importer/").status_code == 404


def test_without_programme_the_file_waits(program: Any, worker: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="programme"):
        _import(tmp_path / "journal.csv", _lines(program))
