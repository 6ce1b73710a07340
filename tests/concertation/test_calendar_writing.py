"""The `.ics` of a meeting, read by strict parsers."""

from datetime import UTC, datetime

import pytest
import vobject
from django.utils import timezone
from icalendar import Calendar

from maillage.concertation.calendars.writing import event_text, feed_text
from tests.factories import make_group, make_meeting

pytestmark = pytest.mark.django_db


def at(*moment):
    """A moment of universal time."""
    return datetime(*moment, tzinfo=UTC)


@pytest.fixture
def meeting():
    group = make_group(name="Table « de l'Érable », Lévis; Beauce")
    return make_meeting(
        group,
        title="Rencontre d'hiver : logement, transport; suites\\fin",
        purpose="Se parler.\nDécider. 日本 العربية " + "é" * 200,
        place="Salle A, 2e étage",
        address="12, rue de l'Église",
        online_url="https://visio.exemple.test/abc",
        starts_at=at(2027, 1, 12, 14, 0),
        ends_at=at(2027, 1, 12, 16, 30),
    )


def only_event(text):
    """The event of a calendar that holds one, with its calendar."""
    held = Calendar.from_ical(text)
    [event] = held.walk("VEVENT")
    return held, event


def test_an_invitation_is_read_with_its_hour_and_its_words(meeting):
    text = event_text(meeting, attendee="ana@exemple.test")
    held, event = only_event(text)
    assert (held["method"], held["version"]) == ("REQUEST", "2.0")
    assert [zone["tzid"] for zone in held.walk("VTIMEZONE")] == ["America/Toronto"]
    assert event["dtstart"].dt == meeting.starts_at
    assert event["dtstart"].params["tzid"] == "America/Toronto"
    assert event["dtstart"].dt.hour == 9
    assert event["dtend"].dt == meeting.ends_at
    assert str(event["summary"]) == meeting.title
    assert str(event["location"]) == "Salle A, 2e étage, 12, rue de l'Église"
    assert meeting.purpose in str(event["description"])
    assert meeting.online_url in str(event["description"])
    assert str(event["attendee"]) == "mailto:ana@exemple.test"
    assert str(event["organizer"]).startswith("mailto:")
    assert not event.errors


def test_its_lines_are_those_of_the_standard(meeting):
    data = event_text(meeting).encode()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_another_parser_reads_the_same(meeting):
    event = vobject.readOne(event_text(meeting)).vevent
    assert event.dtstart.value == meeting.starts_at
    assert event.dtend.value == meeting.ends_at
    assert event.summary.value == meeting.title
    assert meeting.purpose in event.description.value


def test_a_change_replaces_and_an_annulment_takes_away(meeting):
    first = only_event(event_text(meeting))[1]
    meeting.sequence, meeting.cancel_reason = 3, "Tempête"
    held, event = only_event(event_text(meeting, method="CANCEL"))
    assert event["uid"] == first["uid"]
    assert (held["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 3)
    assert str(event["summary"]).startswith("Annulée")
    assert "Tempête" in str(event["description"])


def test_a_meeting_without_date_is_in_no_calendar(meeting):
    meeting.starts_at = meeting.ends_at = None
    with pytest.raises(ValueError, match="without date"):
        event_text(meeting)
    assert not Calendar.from_ical(feed_text([meeting], name="Mes groupes", private=True)).walk("VEVENT")


def test_a_public_calendar_keeps_the_link_of_the_room(meeting):
    public, private = (feed_text([meeting], name="Lévis", private=private) for private in (False, True))
    assert "visio.exemple.test" not in public.replace("\r\n ", "")
    assert "visio.exemple.test" in private.replace("\r\n ", "")


def test_hours_stand_on_both_sides_of_the_change_of_hour(meeting):
    winter = make_meeting(meeting.group, starts_at=at(2027, 3, 13, 15), ends_at=at(2027, 3, 13, 16))
    summer = make_meeting(meeting.group, starts_at=at(2027, 3, 15, 14), ends_at=at(2027, 3, 15, 15))
    text = feed_text([winter, summer], name="Table", private=True)
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART;TZID=America/Toronto:20270313T100000" in text
    assert "DTSTART;TZID=America/Toronto:20270315T100000" in text
    read = {str(event["summary"]): event["dtstart"].dt for event in Calendar.from_ical(text).walk("VEVENT")}
    assert read == {winter.title: winter.starts_at, summer.title: summer.starts_at}
    other = vobject.readOne(text)
    assert {event.dtstart.value for event in other.vevent_list} == {winter.starts_at, summer.starts_at}


def test_words_that_no_file_may_hold_do_not_break_it(meeting):
    meeting.title, meeting.group.name = (
        'Fin\x00\x0b\ud800 "citée"\r\nBEGIN:VEVENT',
        'Table "x"\r\nATTENDEE:mailto:a@b.test',
    )
    event = only_event(event_text(meeting))[1]
    assert str(event["summary"]) == 'Fin "citée"\nBEGIN:VEVENT'
    assert "attendee" not in event
    assert event["dtstamp"].dt <= timezone.now()
