"""Other parsers read what we write, and what we read is what they read: ical.js (JavaScript), vobject with dateutil."""

import json
import os
import subprocess
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import vobject
from django.test import Client

from maillage.concertation.calendars.reading import read
from maillage.concertation.calendars.writing import event_text
from maillage.concertation.times import LOCAL
from tests.factories import make_group, make_meeting
from tests.territories.shared_data import FOLDER

HERE = Path(__file__).parent
NEVER = datetime(1900, 1, 1, tzinfo=UTC)


def moment(text):
    """What ical.js says of a moment: a day or an hour without zone is of Toronto."""
    if len(text) == 10:
        return datetime.combine(datetime.fromisoformat(text), time.min, tzinfo=LOCAL).astimezone(UTC)
    found = datetime.fromisoformat(text)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=LOCAL).astimezone(UTC)


def by_ical_js(data, first, last):
    """`(uid, start, end)` of each occurrence that ical.js finds."""
    done = subprocess.run(
        ["node", str(HERE / "occurrences.mjs"), first.isoformat(), last.isoformat()],
        input=data,
        capture_output=True,
        check=True,
        env={"PATH": os.environ["PATH"], "TZ": "America/Toronto"},
    )
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return sorted((row["uid"], moment(row["start"]), moment(row["end"])) for row in rows)


def by_us(data, first, last):
    """The same, as our reader finds them."""
    found = read(data, first, last)
    assert found.problems == []
    return sorted((one.uid, one.starts_at, one.ends_at) for one in found.occurrences)


# File → the span in which both are compared (begins, days).
FILES = {
    "ical.js/day_long_recur_yearly.ics": ("2012-08-01", 400),
    "ical.js/duration_instead_of_dtend.ics": ("2012-01-01", 400),
    "ical.js/recur_instances.ics": ("2012-01-01", 900),
    "ical4j/valid_canada.ics": ("2005-01-01", 1200),
    "ical4j/valid_rfc5545-sec3.6.5.ics": ("2005-01-01", 1200),
    "recurring_ical_events/each_week_but_two_deleted.ics": ("2019-01-01", 400),
    "recurring_ical_events/issue_97_simple_journal.ics": ("1992-01-01", 400),
    "recurring_ical_events/issue_97_simple_todo.ics": ("1992-01-01", 400),
    "recurring_ical_events/one_day_event_repeat_every_day.ics": ("2019-03-01", 400),
    "recurring_ical_events/one_event_repeat_every_3_days.ics": ("2019-03-01", 800),
    "recurring_ical_events/recurring_events_moved.ics": ("2019-01-01", 400),
    "recurring_ical_events/three_events_one_edited.ics": ("2019-01-01", 400),
}


@pytest.mark.parametrize("name", FILES)
def test_real_files_give_the_same_occurrences_in_both(name):
    path = FOLDER / "calendars" / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    begins, days = FILES[name]
    first = datetime.fromisoformat(begins).replace(tzinfo=LOCAL)
    last = first + timedelta(days=days)
    ours = by_us(path.read_bytes(), first, last)
    assert ours == by_ical_js(path.read_bytes(), first, last)
    if "issue_97" in name or "sec3.6.5" in name:
        assert ours == []
    else:
        assert ours


def test_two_rules_of_one_event_are_added():
    """`multiple_rrules.ics`: ical.js loses the last Sunday, before both ends; dateutil, which vobject asks, keeps it."""
    path = FOLDER / "calendars" / "ical.js" / "multiple_rrules.ics"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    first = datetime(2012, 1, 1, tzinfo=LOCAL)
    last = first + timedelta(days=400)
    found = read(path.read_bytes(), first, last)
    event = vobject.readOne(path.read_text()).vevent
    theirs = sorted(start.astimezone(UTC) for start in event.getrruleset(addRDate=True))
    assert [one.starts_at for one in found.occurrences] == theirs
    assert {row[1] for row in by_ical_js(path.read_bytes(), first, last)} < set(theirs)
    assert any("plusieurs règles" in note for note in found.notes)


def test_an_hour_is_counted_where_a_file_says_none():
    """`rdate_exdate.ics`: a day excluded from a series of moments, which clients do not all understand; no end."""
    path = FOLDER / "calendars" / "ical.js" / "rdate_exdate.ics"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    found = read(path.read_bytes(), datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))
    assert [one.starts_at.day for one in found.occurrences] == [9, 10, 12]
    assert {one.ends_at - one.starts_at for one in found.occurrences} == {timedelta(hours=1)}
    assert any("une heure" in note for note in found.notes)


@pytest.fixture
def year(db):
    """Public meetings of a year, one each fortnight, at 18:30 in Toronto, on both sides of the changes of hour."""
    group = make_group(name="Table « d'été »; nord, sud")
    first = datetime(2027, 1, 6, 18, 30, tzinfo=LOCAL)
    made = []
    for number in range(26):
        starts = (first + timedelta(days=14 * number)).astimezone(UTC)
        made.append(
            make_meeting(
                group,
                title=f"Rencontre {number}, « ouverte »; à tous\\toutes",
                purpose="Première ligne\nDeuxième : 日本 " + "mots " * 40,
                starts_at=starts,
                ends_at=starts + timedelta(hours=2),
                is_public=True,
            )
        )
    return made


def test_our_feed_is_read_alike_by_three_parsers(year):
    data = Client().get("/calendrier/public.ics").content
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    expected = sorted((meeting.starts_at, meeting.ends_at) for meeting in year)
    assert [row[1:] for row in sorted(by_ical_js(data, first, last), key=lambda row: row[1])] == expected
    assert [row[1:] for row in sorted(by_us(data, first, last), key=lambda row: row[1])] == expected
    events = vobject.readOne(data.decode()).vevent_list
    assert sorted((one.dtstart.value, one.dtend.value) for one in events) == expected
    assert {one.summary.value for one in events} == {meeting.title for meeting in year}
    assert {start.astimezone(LOCAL).hour for start, _end in expected} == {18}


def test_our_invitation_is_read_by_the_other(year):
    data = event_text(year[5], attendee="ana@exemple.test").encode()
    [(uid, start, end)] = by_ical_js(data, datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
    assert uid.startswith(str(year[5].uid))
    assert (start, end) == (year[5].starts_at, year[5].ends_at)


def test_what_we_write_comes_back_as_it_was(year):
    """A group's feed imported elsewhere gives the same meetings."""
    found = read(Client().get("/calendrier/public.ics").content, NEVER, datetime(2100, 1, 1, tzinfo=UTC))
    assert [(one.title, one.starts_at, one.ends_at) for one in found.occurrences] == [
        (meeting.title, meeting.starts_at, meeting.ends_at) for meeting in year
    ]
