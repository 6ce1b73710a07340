"""Every public way out of a release: what is read there comes from what was frozen, and from nothing else."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.journal.models import Entry
from maillage.statistics.models import Release

from . import builds, reading
from .test_releases import FEW, YEAR, publish, small, truth
from .worlds import make_world, one_person

pytestmark = pytest.mark.django_db
FORMATS = ("json", "csv", "xlsx", "zip", "pdf")


def everything(release: Release) -> dict[str, bytes]:
    """What anybody gets at each address of a release, without what changes at each visit."""
    slug = release.program.slug
    root = f"/publications/{slug}/{release.number}/v{release.version}/"
    addresses = ["/publications/", f"/publications/{slug}/", root, f"{root}attaque/", f"{root}carte.json"]
    area = release.content["portraits"][-1]["territory"]
    addresses += [f"{root}?territoire={area}", *(f"{root}fichier.{format}" for format in FORMATS)]
    found = {}
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 200, address
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = re.sub(rb'(nonce|csrfmiddlewaretoken" value|X-CSRFToken)["=: ]+"[^"]*"', b"", body)
    return found


def test_no_way_out_reads_the_journal_or_what_is_kept_to_ourselves() -> None:
    """With other true figures, other reasons and another journal, every page and file is the same to the byte."""
    program = make_world(500)
    release = publish(program, "year", YEAR, tables=FEW)
    before = everything(release)
    Release.objects.filter(pk=release.pk).update(ledger={}, findings={})
    Entry.objects.filter(program=program, date__month=5).delete()
    one_person(program, date=date(2014, 5, 6), persons=4)
    after = everything(release)
    assert [address for address in before if before[address] != after[address]] == []


def test_no_public_address_asks_for_an_entry() -> None:
    release = publish(make_world(300), "year", YEAR, tables=FEW)
    with CaptureQueriesContext(connection) as asked:
        everything(release)
    assert [query["sql"] for query in asked if "journal_" in query["sql"]] == []


def test_small_figures_are_read_in_the_file_that_anybody_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read_in_file(11)[0] == 0
    builds.bare(monkeypatch)
    found, asked = _read_in_file(12)
    assert found == asked > 2


def _read_in_file(seed: int) -> tuple[int, int]:
    """How many small figures the JSON file of the whole territory prints, and how many there are in its tables."""
    program = make_world(500, seed=seed)
    release = publish(program, "year", YEAR, tables=FEW)
    whole = release.content["portraits"][:1]
    targets = small(truth(program, whole), whole)
    address = f"/publications/{program.slug}/{release.number}/v{release.version}/fichier.json"
    answer = Client().get(address)
    body = json.loads(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    portrait = body["portraits"][0] if "portraits" in body else body
    shown = {(table["id"], row["code"]): row["count"] for table in portrait["tables"] for row in _rows(table)}
    found = [name for name in targets if shown.get(name[2]) == targets[name]]  # type: ignore[index]
    return len(found), len([name for name in targets if name[2] in shown])  # type: ignore[index]


def _rows(table: reading.Plain) -> list[reading.Plain]:
    return [one for row in table["rows"] for one in (row, *row.get("parts", []))]
