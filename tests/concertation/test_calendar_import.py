"""A calendar's file comes into a group: shown first, whole or not at all, and twice is once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from maillage.concertation.models import Meeting
from maillage.concertation.times import LOCAL
from tests.factories import make_group, make_group_member, make_meeting, make_user

pytestmark = pytest.mark.django_db

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Essai//FR\r\n"
TAIL = "END:VCALENDAR\r\n"
NEXT = (timezone.localdate() + timedelta(days=7)).strftime("%Y%m%d")
WEEKLY = [
    f"DTSTART;TZID=America/Toronto:{NEXT}T093000",
    f"DTEND;TZID=America/Toronto:{NEXT}T113000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
    "SUMMARY:Comité",
    "LOCATION:Salle A",
    "DESCRIPTION:Ordre du jour\\nà venir",
]


def event(*lines, uid="serie@exemple.test"):
    """An event of a file."""
    own = [f"UID:{uid}"] if uid else []
    return "\r\n".join(["BEGIN:VEVENT", *own, "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT", ""])


def file(*events):
    """A calendar's text."""
    return HEAD + "".join(events) + TAIL


def occurrence(number):
    """The moment of an occurrence of the weekly series, as files write it."""
    day = timezone.localdate() + timedelta(days=7 * (number + 1))
    return f"{day:%Y%m%d}T093000"


@pytest.fixture
def group():
    return make_group(name="Table du Nord")


@pytest.fixture
def client(sign_in, group):
    user = make_user()
    make_group_member(group, role="secretary", user=user)
    return sign_in(user)


def shown(client, group, text, status=200):
    """The page that says what a file would change."""
    data = text if isinstance(text, bytes) else text.encode()
    answer = client.post(
        f"/groupes/{group.slug}/calendrier/importer/", {"file": SimpleUploadedFile("agenda.ics", data)}
    )
    page = answer.content.decode()
    assert answer.status_code == status, page[-2000:]
    return page


def imported(client, group, text):
    """Show, then write; whether there was something to write."""
    page = shown(client, group, text)
    if 'name="kept"' not in page:
        return False
    name = page.split('name="kept" value="')[1].split('"')[0]
    answer = client.post(f"/groupes/{group.slug}/calendrier/importer/", {"kept": name})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return True


def test_a_series_becomes_separate_meetings_at_the_right_hour(client, group):
    page = shown(client, group, file(event(*WEEKLY)))
    assert page.count("<strong>Comité</strong>") == 4
    assert not Meeting.objects.exists()
    assert imported(client, group, file(event(*WEEKLY)))
    meetings = list(Meeting.objects.order_by("starts_at"))
    assert len(meetings) == 4
    assert {meeting.starts_at.astimezone(LOCAL).strftime("%H:%M") for meeting in meetings} == {"09:30"}
    assert {(meeting.title, meeting.place, meeting.purpose) for meeting in meetings} == {
        ("Comité", "Salle A", "Ordre du jour\nà venir")
    }
    assert len({meeting.uid for meeting in meetings}) == 4


def test_the_same_file_twice_changes_nothing_whatever_people_wrote_since(client, group):
    text = file(event(*WEEKLY), event(f"DTSTART:{NEXT}T150000Z", f"DTEND:{NEXT}T160000Z", "SUMMARY:Seule", uid="seule"))
    imported(client, group, text)
    Meeting.objects.filter(title="Seule").update(title="Seule, avec nous", place="Ailleurs")
    before = list(Meeting.objects.order_by("pk").values())
    page = shown(client, group, text)
    assert "5 rencontres de ce fichier sont déjà inscrites" in page
    assert not imported(client, group, text)
    assert list(Meeting.objects.order_by("pk").values()) == before


def test_moved_and_cancelled_occurrences_follow_and_the_rest_stays(client, group):
    imported(client, group, file(event(*WEEKLY)))
    Meeting.objects.update(place="Salle B", purpose="Écrit ici")
    day = timezone.localdate() + timedelta(days=15)
    moved = event(
        f"RECURRENCE-ID;TZID=America/Toronto:{occurrence(1)}",
        f"DTSTART;TZID=America/Toronto:{day:%Y%m%d}T140000",
        f"DTEND;TZID=America/Toronto:{day:%Y%m%d}T160000",
        "SUMMARY:Comité",
        "LOCATION:Salle A",
        "DESCRIPTION:Ordre du jour\\nà venir",
    )
    called_off = event(
        f"RECURRENCE-ID;TZID=America/Toronto:{occurrence(2)}",
        f"DTSTART;TZID=America/Toronto:{occurrence(2)}",
        "SUMMARY:Comité",
        "STATUS:CANCELLED",
    )
    newer = file(event(*WEEKLY, f"EXDATE;TZID=America/Toronto:{occurrence(3)}"), moved, called_off)
    page = shown(client, group, newer)
    assert "Rencontres changées" in page
    assert "Rencontres annulées" in page
    assert imported(client, group, newer)
    first, second, third, fourth = Meeting.objects.order_by("pk")
    assert (first.state, first.sequence) == ("planned", 0)
    assert second.starts_at.astimezone(LOCAL).date() == day
    assert second.starts_at.astimezone(LOCAL).hour == 14
    assert (second.place, second.purpose, second.sequence) == ("Salle B", "Écrit ici", 1)
    assert (third.state, fourth.state) == ("cancelled", "cancelled")
    assert "origine" in third.cancel_reason
    assert not imported(client, group, newer)
    assert imported(client, group, file(event(*WEEKLY)))
    assert not Meeting.objects.exclude(state="planned").exists()


def test_a_meeting_called_off_here_is_not_put_back_by_a_change_there(client, group):
    imported(client, group, file(event(*WEEKLY)))
    Meeting.objects.update(state="cancelled")
    assert not imported(client, group, file(event(*[line.replace("Salle A", "Salle C") for line in WEEKLY])))


def test_meetings_of_other_files_and_of_people_are_left_alone(client, group):
    own = make_meeting(group, title="À nous")
    imported(client, group, file(event(*WEEKLY)))
    imported(client, group, file(event(f"DTSTART:{NEXT}T150000Z", "SUMMARY:Autre", uid="autre")))
    own.refresh_from_db()
    assert own.state == "planned"
    assert Meeting.objects.filter(state="planned").count() == 6


def test_what_is_over_or_too_far_is_left(client, group):
    rule = ["DTSTART:20200101T150000Z", "DTEND:20200101T160000Z", "RRULE:FREQ=MONTHLY", "SUMMARY:Depuis longtemps"]
    imported(client, group, file(event(*rule)))
    moments = list(Meeting.objects.values_list("starts_at", flat=True))
    assert 17 <= len(moments) <= 19
    assert min(moments) >= timezone.now() - timedelta(days=1)
    assert max(moments) <= timezone.now() + timedelta(days=549)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["SUMMARY:Sans date"], "sans début"),
        ([f"DTSTART:{NEXT}T150000Z", "RRULE:FREQ=HOURLY", "SUMMARY:Pilules"], "se répète à l'heure"),
        ([f"DTSTART:{NEXT}T150000Z", "RRULE:FREQ=PARFOIS", "SUMMARY:Bizarre"], "Bizarre"),
        (["DTSTART:20269999T150000Z", "SUMMARY:Quand ?"], "Quand ?"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_written(client, group, lines, words):
    page = shown(client, group, file(event(*WEEKLY), event(*lines, uid="bizarre")), 422)
    assert words in page.replace("&#x27;", "'")
    assert 'name="kept"' not in page
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "text", [b"", b"bonjour", b"\x00\xff\xfe", b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", b"PK\x03\x04zip"]
)
def test_what_is_no_calendar_is_said(client, group, text):
    assert "calendrier (.ics)" in shown(client, group, text, 422)


def test_too_much_is_said(client, group):
    daily = [f"DTSTART:{NEXT}T150000Z", f"DTEND:{NEXT}T160000Z", "RRULE:FREQ=DAILY", "SUMMARY:Chaque jour"]
    assert "au plus à la fois" in shown(client, group, file(event(*daily)), 422)
    assert "2 Mo" in shown(client, group, b"x" * (2 * 1024 * 1024 + 1), 422)


def test_odd_things_are_understood_and_said(client, group):
    text = file(
        event(f"DTSTART;VALUE=DATE:{NEXT}", "SUMMARY:Journée", uid="jour"),
        event(f"DTSTART:{NEXT}T093000", "SUMMARY:Sans fuseau", uid="flottant"),
        event(
            f"DTSTART;TZID=Europe/Paris:{NEXT}T153000",
            f"DTEND;TZID=Europe/Paris:{NEXT}T163000",
            "SUMMARY:De Paris",
            uid="p",
        ),
        "BEGIN:VTODO\r\nUID:t\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Tâche\r\nEND:VTODO\r\n",
    )
    page = shown(client, group, text)
    for words in ("journée entière", "sans fuseau horaire", "une heure est comptée", "1 tâches ou notes"):
        assert words in page
    imported(client, group, text)
    made = {meeting.title: meeting for meeting in Meeting.objects.all()}
    day = datetime.strptime(NEXT, "%Y%m%d").date()
    assert made["Journée"].starts_at.astimezone(LOCAL).isoformat()[:16] == f"{day}T00:00"
    assert made["Journée"].ends_at - made["Journée"].starts_at >= timedelta(hours=23)
    assert made["Sans fuseau"].starts_at.astimezone(LOCAL).hour == 9
    assert made["De Paris"].starts_at.astimezone(UTC).hour in (13, 14)


def test_only_those_who_animate_import_and_what_is_kept_is_theirs(client, group, sign_in):
    other = make_user()
    make_group_member(group, user=other)
    assert sign_in(other).get(f"/groupes/{group.slug}/calendrier/importer/").status_code == 403
    page = shown(client, group, file(event(*WEEKLY)))
    name = page.split('name="kept" value="')[1].split('"')[0]
    second = make_user()
    make_group_member(group, role="secretary", user=second)
    address = f"/groupes/{group.slug}/calendrier/importer/"
    for tried in (name, "../../etc/passwd", "0" * 32):
        answer = sign_in(second).post(address, {"kept": tried})
        assert answer.status_code == 422
    assert client.post(address, {"kept": name}).status_code == 302
    assert client.post(address, {"kept": name}).status_code == 422
    assert client.post(address, {}).status_code == 422
    assert Meeting.objects.count() == 4
