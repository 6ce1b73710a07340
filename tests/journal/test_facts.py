"""What the journal offers to statistics, beside the same read entry by entry."""

import weakref
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from maillage.journal import columns, facts
from maillage.journal.models import Entry, EntryTerm, Referral
from maillage.statistics.bench import world
from maillage.tables.engine import FactBatch, Store
from maillage.tables.engine.encoding import EPOCH_DAY
from tests.factories import make_entry, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal() -> None:
    call_command("synth", "journal", program=world.make().slug, entries=300, seed=5, stdout=StringIO())
    Entry.objects.filter(pk__in=list(Entry.objects.order_by("pk").values_list("pk", flat=True)[:300:10])).update(
        deleted_at=timezone.now()
    )


def decoded(batches: Iterator[FactBatch]) -> dict[int, dict[str, Any]]:
    """Facts by key, in codes."""
    found: dict[int, dict[str, Any]] = {}
    for batch in batches:
        for row, key in enumerate(batch.keys):
            fact: dict[str, Any] = {"day": date.fromordinal(EPOCH_DAY + int(batch.days[row])), "referrals": []}
            for name, column in batch.dimensions.items():
                fact[name] = column.codes.get(int(column.numbers[row]))
            for name, links in batch.multiple.items():
                fact[name] = {links.codes[int(n)] for n in links.numbers[links.rows == row]}
            fact |= {name: int(measure[row]) for name, measure in batch.measures.items()}
            found[int(key)] = fact
        owned = batch.children["referral"]
        for row, key in enumerate(owned.parents):
            codes = tuple(column.codes.get(int(column.numbers[row])) for column in owned.dimensions.values())
            found[int(key)]["referrals"].append((*codes, int(owned.measures["persons"][row])))
    return found


def test_each_living_entry_is_a_fact_with_its_codes_and_referrals(journal: None) -> None:
    found = decoded(facts.read(None))
    assert len(found) == 270
    for entry in Entry.objects.alive().select_related("mrc", "worker", "contact_place", "collective_kind"):
        fact = found[entry.pk]
        assert (fact["tenure"], fact["nature"]) == (entry.tenure, entry.nature)
        assert (fact["mrc"], fact["role"]) == (entry.mrc.code, entry.worker.role)
        assert (fact["program"], fact["site"]) == (str(entry.program_id), entry.site_id and str(entry.site_id))
        assert fact["contact_rank"] == (entry.contact_rank or None)
        assert fact["contact_place"] == (entry.contact_place and entry.contact_place.code)
        assert fact["collective_kind"] == (entry.collective_kind and entry.collective_kind.code)
        assert (fact["day"], fact["minutes"]) == (entry.date, entry.minutes or 0)
        assert fact["participations"] == (entry.participations or 0)
        assert fact["referred"] == ("1" if entry.persons_referred else None)
        terms = EntryTerm.objects.filter(entry=entry).values_list("term__vocabulary", "term__code")
        for name in ("action", "group", "theme", "axis", "success"):
            assert fact[name] == {code for vocabulary, code in terms if vocabulary == name}
        lines = Referral.objects.filter(entry=entry).order_by("pk")
        told = lines.values_list("destination__code", "need__code", "kind__code", "persons")
        assert fact["referrals"] == list(told)


def test_a_few_keys_give_those_that_live(journal: None) -> None:
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True)[:20])
    whole = decoded(facts.read(None))
    found = decoded(facts.read([*keys, 10**9]))
    assert found == {key: whole[key] for key in keys if key in whole}
    assert len(found) == 18
    assert decoded(facts.read([])) == {}


def test_nothing_days_and_uuids_come_as_they_are() -> None:
    entry = make_entry(make_program(start=date(1960, 1, 1)), date=date(1969, 12, 30))
    rows = columns.read(Entry.objects.all(), "pk", "date", "uid", "participants", date=columns.DAY, uid=columns.UUID)
    assert (rows["pk"].tolist(), rows["date"].tolist(), rows["participants"].tolist()) == ([entry.pk], [-2], [0])
    assert rows["uid"].tobytes() == entry.uid.bytes
    nothing = columns.read(Entry.objects.filter(pk=0), "pk", "uid", uid=columns.UUID)
    assert {name: len(column) for name, column in nothing.items()} == {"pk": 0, "uid": 0}


def test_all_entries_are_read_batch_after_batch_and_none_is_kept(
    journal: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(facts, "BATCH", 40)
    held: list[Any] = []
    most = sizes = 0

    def watched() -> Iterator[FactBatch]:
        nonlocal most, sizes
        for batch in facts.read(None):
            held.append(weakref.ref(batch.keys))
            sizes = max(sizes, len(batch.keys))
            most = max(most, sum(ref() is not None for ref in held))
            yield batch

    with Store(tmp_path, facts.SCHEMA).writing() as writer:
        assert writer.rebuild(watched(), epoch="e", cursor="0").rows == 270
    assert len(held) >= 300 / 40
    assert sizes <= 40
    assert most <= 2
