"""Extracts: what is asked, what comes out, who may take it, until when, and what is written of it."""

import io
import itertools
import json
import zipfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent
from maillage.journal.models import Entry
from maillage.programs.models import Term
from maillage.statistics.extraction import KNOWN, SENSITIVE, make_up, rows_of
from maillage.statistics.extraction.shelf import path_of
from maillage.statistics.models import Extract, ExtractDelivery
from maillage.statistics.services import extracts
from tests.factories import make_member, make_organization, make_user

from .crowd import CANARY, END, START, Crowd, make_crowd

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def crowd() -> Crowd:
    return make_crowd()


def _classes(rows: list[dict[str, str]]) -> dict[tuple[str, ...], list[dict[str, str]]]:
    """Rows of a file by all their known traits."""
    found: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(tuple(value for name, value in row.items() if name in KNOWN), []).append(row)
    return found


def _told(row: dict[str, str], field: str) -> tuple[str, ...]:
    return tuple(name for name, value in row.items() if name.startswith(f"{field}_") and value == "1")


@pytest.mark.parametrize("asked", [{}, {"k": 5}, {"k": 20, "diversity": 4, "withheld": 0}, {"priority": "mrc"}])
def test_every_class_of_the_file_is_a_crowd(crowd: Crowd, asked: dict[str, Any]) -> None:
    extract = crowd.made(**asked)
    rows = rows_of(extracts.hand_over(actor=crowd.researcher, extract=extract))
    assert len(rows) == extract.outcome["rows"] >= len(crowd.entries) * (1 - extract.withheld / 100)
    sensitive = {f"{term.vocabulary}_{term.code}" for term in Term.objects.filter(is_sensitive=True)}
    for own in _classes(rows).values():
        assert len(own) >= extract.k
        for field in SENSITIVE:
            told = {_told(row, field) for row in own}
            assert told == {()} or len(told) >= extract.diversity, field
        for name in sensitive & set(own[0]):
            assert sum(row[name] == "1" for row in own) <= len(own) / 2, name
    assert min(map(len, _classes(rows).values())) == extract.outcome["smallest"]


def test_a_field_to_keep_stays_precise(crowd: Crowd) -> None:
    plain, kept = (make_up(crowd.ask(priority=priority)).outcome["kept"] for priority in ("", "groups"))
    assert kept["groups"] > plain["groups"]


def test_the_same_journal_gives_the_same_file(crowd: Crowd) -> None:
    extract = crowd.ask()
    first, again = make_up(extract), make_up(extract)
    assert (first.data, first.outcome, first.trace) == (again.data, again.outcome, again.trace)
    other = make_up(crowd.ask())
    assert sorted(other.data.split(b"\n")) == sorted(first.data.split(b"\n"))
    assert other.data != first.data, "the order of rows depends on a key of the extract"


def test_the_order_of_rows_says_nothing_of_the_journal(crowd: Crowd) -> None:
    """Entries written in order of date do not come in order of period."""
    rows = rows_of(extracts.hand_over(actor=crowd.researcher, extract=crowd.made(fields=["period", "theme"], k=5)))
    periods = [row["period"] for row in rows]
    assert len(set(periods)) > 3
    assert periods != sorted(periods)
    assert sum(a <= b for a, b in itertools.pairwise(periods)) < 0.7 * len(periods)


def test_nothing_of_an_identity_is_in_any_byte(crowd: Crowd) -> None:
    package = extracts.hand_over(actor=crowd.researcher, extract=crowd.made())
    with zipfile.ZipFile(io.BytesIO(package)) as held:
        content = b"".join(held.read(name) for name in held.namelist())
        columns = held.read("interventions.csv").decode().split("\n")[0].split(",")
    forbidden = [CANARY, "Une note", *(str(entry.uid) for entry in crowd.entries.values())]
    forbidden += [f"{entry.date:%Y-%m-%d}" for entry in crowd.entries.values()]
    today = TODAY().isoformat()
    for word in set(forbidden) - {today}:
        assert word.encode() not in content, word
    assert all(name in KNOWN or name.split("_")[0] in SENSITIVE for name in columns), columns


def test_the_package_is_a_valid_data_package(crowd: Crowd, tmp_path: Path) -> None:
    from frictionless import Package

    extract = crowd.made(organization=make_organization(name="Université | Inventée"), priority="nature")
    with zipfile.ZipFile(io.BytesIO(extracts.hand_over(actor=crowd.researcher, extract=extract))) as held:
        held.extractall(tmp_path)
        said = json.loads(held.read("datapackage.json"))
        read_me = held.read("LISEZ-MOI.md").decode()
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    assert said["licenses"][0]["title"] == "Usage limité au but déclaré"
    assert (said["purpose"], said["expires"]) == (extract.purpose, extract.expires_on.isoformat())
    assert said["contributors"][0] == {
        "title": str(crowd.researcher),
        "role": "contributor",
        "organization": "Université | Inventée",
    }
    assert extract.expires_on.isoformat() in read_me
    fields = {field["name"]: field for field in said["resources"][0]["schema"]["fields"]}
    with (tmp_path / "codes.csv").open() as codes:
        assert next(codes) == "column,code,label_fr,label_en\n"
    assert fields["nature"]["labels"]["individual"] == {"fr": "Individualisée", "en": "Individual"}


def test_text_that_a_spreadsheet_would_run_is_inert(crowd: Crowd) -> None:
    Term.objects.filter(vocabulary="theme", code="food").update(label_fr="=1+1|cmd", label_en="@SUM(A1)")
    with zipfile.ZipFile(io.BytesIO(extracts.hand_over(actor=crowd.researcher, extract=crowd.made()))) as held:
        codes = held.read("codes.csv").decode()
    assert "theme_food,1,'=1+1|cmd,'@SUM(A1)" in codes


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"fields": ["period", "worker"]}, "n'est pas offert"),
        ({"fields": ["theme"]}, "au moins un trait"),
        ({"fields": ["period", "period"]}, "une seule fois"),
        ({"fields": [["period"]]}, "dans la liste"),
        ({"k": 4}, "5"),
        ({"diversity": 1}, "2"),
        ({"withheld": 6}, "5"),
        ({"priority": "mrc", "fields": ["period"]}, "l'un des traits"),
        ({"start": date(2012, 12, 1)}, "mois terminés"),
        ({"end": date(2015, 1, 31)}, "mois terminés"),
        ({"start": date(2013, 1, 2)}, "mois entiers"),
        ({"start": date(2014, 2, 1), "end": date(2014, 1, 31)}, "mois terminés"),
        ({"expires_on": TODAY()}, "jour à venir"),
        ({"expires_on": TODAY() + timedelta(days=1100)}, "trois ans"),
        ({"purpose": "  "}, "obligatoire|vide"),
        ({"agreement": ""}, "obligatoire|vide"),
    ],
)
def test_a_request_that_cannot_be_made(crowd: Crowd, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        crowd.ask(**changed)
    words = " ".join(refused.value.messages)
    assert any(word in words for word in said.split("|")), words
    assert not Extract.objects.exists()


def test_an_unfinished_month_is_not_given(crowd: Crowd) -> None:
    type(crowd.program).objects.filter(pk=crowd.program.pk).update(end=None)
    crowd.program.refresh_from_db()
    with pytest.raises(ValidationError, match="mois terminés"):
        crowd.ask(end=TODAY().replace(day=28))


@pytest.mark.parametrize(
    "tampered",
    [
        {"fields": ["period", "mrc", "theme"]},
        {"k": 5},
        {"start": date(2013, 2, 1)},
        {"purpose": "Autre chose"},
        {"withheld": 5},
        {"expires_on": TODAY() + timedelta(days=301)},
    ],
)
def test_a_request_changed_after_it_was_asked_makes_nothing(crowd: Crowd, tampered: dict[str, Any]) -> None:
    extract = crowd.ask()
    token = make_up(extract).token(extract)
    Extract.objects.filter(pk=extract.pk).update(**tampered)
    extract.refresh_from_db()
    for seen in (token, make_up(extract).token(extract)):
        with pytest.raises(Refused, match="modifiée depuis"):
            extracts.make(actor=crowd.coordinator, extract=extract, seen=seen)
    assert not path_of(extract.uid).exists()


def test_what_is_produced_is_what_was_read(crowd: Crowd) -> None:
    extract = crowd.ask()
    token = make_up(extract).token(extract)
    with pytest.raises(Refused, match="relisez"):
        extracts.make(actor=crowd.coordinator, extract=extract, seen="0" * 64)
    Term.objects.filter(vocabulary="theme", code="food").update(label_fr="Tout autre chose")
    with pytest.raises(Refused, match="relisez"):
        extracts.make(actor=crowd.coordinator, extract=extract, seen=token)
    extract.refresh_from_db()
    assert extract.state == "asked"
    assert not path_of(extract.uid).exists()


def test_too_few_sites_or_entries_are_refused_with_the_reason(crowd: Crowd) -> None:
    one = crowd.program.program_sites.order_by("id").first().site
    Entry.objects.filter(program=crowd.program).update(site=one)
    with pytest.raises(Refused, match="moins de 3 milieux"):
        make_up(crowd.ask())
    Entry.objects.filter(pk__in=list(crowd.entries)[9:]).update(deleted_at=timezone.now())
    with pytest.raises(Refused, match="ne compte que 9 interventions"):
        make_up(crowd.ask())
    Entry.objects.update(deleted_at=timezone.now())
    with pytest.raises(Refused, match="ne compte que 0"):
        make_up(crowd.ask())


def test_who_may(crowd: Crowd) -> None:
    worker, stranger = make_member(crowd.program, "worker").user, make_user()
    colleague = make_member(crowd.program, "researcher").user
    for other in (worker, stranger, crowd.coordinator):
        with pytest.raises(NotAllowed):
            Crowd(crowd.program, other, crowd.coordinator).ask()
    extract = crowd.ask()
    token = make_up(extract).token(extract)
    for other in (worker, stranger, colleague, crowd.researcher):
        with pytest.raises(NotAllowed):
            extracts.make(actor=other, extract=extract, seen=token)
        with pytest.raises(NotAllowed):
            extracts.refuse(actor=other, extract=extract, reason="non")
    made = extracts.make(actor=crowd.coordinator, extract=extract, seen=token)
    for other in (worker, stranger, colleague):
        with pytest.raises(NotAllowed):
            extracts.hand_over(actor=other, extract=made)
    seen = {user: Extract.objects.visible_to(user).count() for user in (worker, stranger, colleague)}
    assert set(seen.values()) == {0}
    assert Extract.objects.visible_to(crowd.researcher).count() == 1
    # A researcher who coordinates too does not approve their own request.
    make_member(crowd.program, "coordinator", user=crowd.researcher)
    with pytest.raises(NotAllowed, match="Une autre personne"):
        extracts.make(actor=crowd.researcher, extract=crowd.ask(), seen=token)


def test_each_delivery_is_written_and_stays(crowd: Crowd) -> None:
    extract = crowd.made()
    extracts.hand_over(actor=crowd.researcher, extract=extract)
    extracts.hand_over(actor=crowd.coordinator, extract=extract)
    lines = list(extract.deliveries.order_by("id"))
    assert [(line.taken_by, line.digest) for line in lines] == [
        (crowd.researcher, extract.digest),
        (crowd.coordinator, extract.digest),
    ]
    for change in (
        lines[0].save,
        lines[0].delete,
        ExtractDelivery.objects.all().delete,
        lambda: ExtractDelivery.objects.update(digest=""),
    ):
        with pytest.raises(Refused):
            change()
    verbs = Counter(AuditEvent.objects.filter(object_type="statistics.extract").values_list("verb", flat=True))
    assert verbs == {"statistics.extract_asked": 1, "statistics.extract_made": 1, "statistics.extract_taken": 2}


def test_a_package_that_changed_is_not_handed_over(crowd: Crowd) -> None:
    extract = crowd.made()
    path = path_of(extract.uid)
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert Path(settings.MEDIA_ROOT) not in path.parents
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(Refused, match="n'est plus celui"):
        extracts.hand_over(actor=crowd.researcher, extract=extract)
    path.unlink()
    with pytest.raises(Refused, match="n'est plus celui"):
        extracts.hand_over(actor=crowd.researcher, extract=extract)
    assert not extract.deliveries.exists()


def test_at_expiry_the_file_goes(crowd: Crowd) -> None:
    made, waiting = crowd.made(), crowd.ask()
    after = made.expires_on + timedelta(days=1)
    assert extracts.expire(today=made.expires_on) == 0
    Extract.objects.filter(pk=made.pk).update(expires_on=TODAY() - timedelta(days=1))
    with pytest.raises(Refused, match="échu"):
        extracts.hand_over(actor=crowd.researcher, extract=made)
    assert path_of(made.uid).exists()
    assert extracts.expire(today=after) == 2
    assert not path_of(made.uid).exists()
    assert {one.state for one in Extract.objects.all()} == {"expired"}
    assert extracts.expire(today=after) == 0
    with pytest.raises(Refused, match="échu"):
        extracts.make(actor=crowd.coordinator, extract=waiting.__class__.objects.get(pk=waiting.pk), seen="")


def test_withdrawn_and_refused_say_why(crowd: Crowd) -> None:
    made, waiting = crowd.made(), crowd.ask()
    for service, extract in ((extracts.withdraw, made), (extracts.refuse, waiting)):
        with pytest.raises(ValidationError):
            service(actor=crowd.coordinator, extract=extract, reason=" ")
        assert service(actor=crowd.coordinator, extract=extract, reason="Le projet a pris fin.").reason
        with pytest.raises(Refused, match="déjà"):
            service(actor=crowd.coordinator, extract=extract, reason="Encore.")
    assert not path_of(made.uid).exists()
    with pytest.raises(Refused):
        extracts.hand_over(actor=crowd.researcher, extract=made)
    with pytest.raises(Refused):
        extracts.withdraw(actor=crowd.coordinator, extract=crowd.ask(), reason="Pas encore produit.")
    assert START < END
