"""Several extracts of one programme, put side by side; and somebody who knows all about 1,000 persons."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest

from maillage.core.errors import Refused
from maillage.journal.models import Entry
from maillage.statistics.extraction import KNOWN, make_up, rows_of
from maillage.statistics.extraction.shelf import take
from maillage.statistics.models import Extract, ExtractDelivery
from maillage.statistics.services import extracts

from .crowd import EVERYTHING, Crowd, make_crowd

pytestmark = pytest.mark.django_db
FIRST_YEAR = {"start": date(2013, 1, 1), "end": date(2013, 12, 31)}
SECOND_YEAR = {"start": date(2014, 1, 1), "end": date(2014, 12, 31)}


@pytest.fixture
def crowd() -> Crowd:
    return make_crowd()


def _traces(*made: Extract) -> Counter[tuple[int, ...]]:
    """How many entries share their classes in all these files (-1: not in that one)."""
    from maillage.statistics.extraction.traces import _read

    held = [_read(Extract.objects.get(pk=one.pk)) for one in made]
    keys = {key for one in held for key in one}
    return Counter(tuple(one.get(key, -1) for one in held) for key in keys)


def test_the_same_again_is_served(crowd: Crowd) -> None:
    first = crowd.made()
    again = crowd.made()
    assert again.outcome["beside"] == [first.number]
    assert again.outcome["left_out"] == first.outcome["withheld"]
    assert again.outcome["levels"] == first.outcome["levels"]
    assert min(_traces(first, again).values()) >= 11


@pytest.mark.parametrize("seed", range(4))
def test_two_files_with_other_fields_isolate_nobody(seed: int) -> None:
    crowd = make_crowd(500, seed=seed)
    first = crowd.made(fields=["period", "tenure", "theme"], withheld=0)
    wanted = {"fields": ["mrc", "nature", "persons", "theme"], "withheld": 0}
    alone = make_crowd(500, seed=seed).made(**wanted)
    second = crowd.made(**wanted)
    assert sum(second.outcome["kept"].values()) <= sum(alone.outcome["kept"].values())
    assert min(_traces(first, second).values()) >= 11


def test_each_is_safe_alone_and_both_are_not(crowd: Crowd) -> None:
    """The attack that the rule is for: without the memory of the first file, the two isolate entries."""
    first = crowd.made(fields=["period", "tenure", "theme"], withheld=0)
    Extract.objects.filter(pk=first.pk).update(state="asked")
    second = crowd.made(fields=["mrc", "nature", "groups", "persons", "theme"], withheld=0, k=5)
    assert second.outcome["beside"] == []
    assert min(_traces(first, second).values()) < 5


def test_periods_that_do_not_meet_are_free(crowd: Crowd) -> None:
    first, second = crowd.made(**FIRST_YEAR), crowd.made(**SECOND_YEAR)
    assert second.outcome["beside"] == []
    third = crowd.made()
    assert third.outcome["beside"] == [first.number, second.number]
    assert min(_traces(first, second, third).values()) >= 11


def test_months_cut_out_of_an_earlier_file_are_refused(crowd: Crowd) -> None:
    """Two files that differ by one month would show that month by subtraction."""
    crowd.made(fields=["mrc", "nature", "contact_place", "persons", "theme"])
    with pytest.raises(Refused, match=r"découpe|isoler"):
        crowd.made(fields=["mrc", "nature", "contact_place", "persons", "theme"], end=date(2014, 11, 30))


def test_what_was_never_handed_over_is_forgotten(crowd: Crowd) -> None:
    first = crowd.made()
    extracts.withdraw(actor=crowd.coordinator, extract=first, reason="Erreur.")
    assert crowd.made(fields=["mrc", "nature", "theme"]).outcome["beside"] == []
    second = Extract.objects.get(number=2)
    extracts.hand_over(actor=crowd.researcher, extract=second)
    extracts.withdraw(actor=crowd.coordinator, extract=second, reason="Erreur.")
    assert ExtractDelivery.objects.count() == 1
    assert make_up(crowd.ask()).outcome["beside"] == [2], "what somebody took counts for ever"


@pytest.mark.parametrize("trace", [b"", b"PK\x03\x04 abc", b"\x80\x04."])
def test_a_lost_trace_refuses_what_it_would_protect(crowd: Crowd, trace: bytes) -> None:
    first = crowd.made(**FIRST_YEAR)
    Extract.objects.filter(pk=first.pk).update(trace=trace)
    with pytest.raises(Refused, match="ne sait plus"):
        make_up(crowd.ask())
    assert make_up(crowd.ask(**SECOND_YEAR)).outcome["beside"] == []


def test_another_produced_meanwhile(crowd: Crowd) -> None:
    one, two = crowd.ask(fields=["mrc", "theme"]), crowd.ask()
    token = make_up(two).token(two)
    crowd.make(one)
    with pytest.raises(Refused, match="relisez"):
        extracts.make(actor=crowd.coordinator, extract=two, seen=token)


def test_entries_written_since_are_left_out_of_common_months(crowd: Crowd) -> None:
    held = list(crowd.entries)[:20]
    Entry.objects.filter(pk__in=held).update(program=make_crowd(0).program)
    crowd.made()
    Entry.objects.filter(pk__in=held).update(program=crowd.program)
    again = crowd.ask()
    made = make_up(again)
    assert made.outcome["entries"] == len(crowd.entries)
    assert made.outcome["left_out"] >= 20


def _candidates(rows: list[dict[str, str]], known: dict[str, set[str]]) -> list[dict[str, str]]:
    """The rows of a file that may be the one of somebody whose traits are known, at any level."""
    return [row for row in rows if all(row[name] in own for name, own in known.items() if name in row)]


def _known_of(entry: Entry) -> dict[str, set[str]]:
    """What an attacker who knows everything about a meeting expects to read, at every level of each trait."""
    day, count = entry.date, entry.persons
    band = str(count) if count < 2 else "2_to_4" if count < 5 else "5_to_9" if count < 10 else "10_up"
    return {
        "period": {f"{day:%Y-%m}", f"{day.year}-Q{(day.month + 2) // 3}", str(day.year)},
        "mrc": {entry.mrc.code},
        "tenure": {entry.tenure, "omh" if entry.tenure == "omh" else "other_than_omh"},
        "nature": {entry.nature},
        "contact_place": {entry.contact_place.code},
        "role": {entry.worker.role},
        "persons": {band, "0_or_1" if count < 2 else "2_up"},
    }


def test_linkage_of_a_thousand_persons() -> None:
    """Somebody knows all the traits of 1,000 meetings. On bare rows they single out many; on the extract, nobody."""
    crowd = make_crowd(1000, seed=3)
    asked = [field for field in EVERYTHING if field != "groups"]
    extract = crowd.made(fields=asked)
    rows = rows_of(take(extract.uid, extract.digest) or b"")
    known = {key: _known_of(entry) for key, entry in crowd.entries.items()}
    bare: dict[tuple[Any, ...], int] = defaultdict(int)
    for entry in crowd.entries.values():
        bare[_bare(entry)] += 1
    alone = sum(count for count in bare.values() if count == 1)
    assert alone > 300, "the attack works on rows as they are written"
    found = Counter(min(len(_candidates(rows, traits)), extract.k) for traits in known.values())
    withheld = found[0]
    assert set(found) <= {0, extract.k}, "nobody has fewer than k rows that may be theirs"
    assert withheld <= extract.outcome["withheld"]
    assert set(rows[0]) & set(KNOWN), "the file still says something"


def _bare(entry: Entry) -> tuple[Any, ...]:
    """A row as it is written in the journal, for whoever knows the month, not the day."""
    place = entry.contact_place.code if entry.contact_place else ""
    return f"{entry.date:%Y-%m}", entry.mrc.code, entry.tenure, entry.nature, place, entry.worker.role, entry.persons
