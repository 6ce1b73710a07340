"""Calendars of others, read as occurrences: each with what names it for ever, its hours, its words.

What cannot be read is a sentence that names the event; nothing of a file with such a sentence should be written.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

import recurring_ical_events
from django.utils.translation import gettext as _
from icalendar import Calendar, Component

from maillage.concertation.times import LOCAL
from maillage.core.errors import Refused

LARGEST = 2 * 1024 * 1024  # bytes of a file
MOST_EVENTS = 2000  # events, changed occurrences included, of a file
MOST = 500  # occurrences that one file may give
NO_END = timedelta(hours=1)  # what an event without end lasts
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
OTHERS = ("VTODO", "VJOURNAL", "VFREEBUSY")


@dataclass(frozen=True, slots=True)
class Read:
    """One occurrence. `source` names it in its calendar: its UID, and for a series the moment that it was first set for."""

    source: str
    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    purpose: str
    cancelled: bool

    @property
    def values(self) -> dict[str, Any]:
        """What a meeting takes of it."""
        return {name: getattr(self, name) for name in ("title", "starts_at", "ends_at", "place", "purpose")}

    @property
    def said(self) -> dict[str, Any]:
        """The same as it is kept, to know at the next reading what the calendar changed."""
        kept = {name: value if isinstance(value, str) else value.isoformat() for name, value in self.values.items()}
        return kept | {"cancelled": self.cancelled}


@dataclass(slots=True)
class Reading:
    """What a file gives: occurrences in order of time, what cannot be read, and what was left out or understood."""

    occurrences: list[Read] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of the events, as sources begin


def read(data: bytes, first: datetime, last: datetime) -> Reading:
    """The occurrences that begin between two moments. Raises `Refused` for what is no calendar, or too much of one."""
    found = Reading()
    for calendar in _calendars(data):
        _note_others(calendar, found)
        for uid, events in _by_uid(calendar, found).items():
            found.names.add(_name(uid))
            _read_event(calendar, uid, events, (first, last), found)
    found.occurrences.sort(key=lambda one: (one.starts_at, one.source))
    if len(found.occurrences) > MOST:
        raise Refused(
            _("Ce calendrier donnerait {n} rencontres ; {most} au plus à la fois. Gardez-en une partie.").format(
                n=len(found.occurrences), most=MOST
            )
        )
    return found


def _calendars(data: bytes) -> list[Calendar]:
    if len(data) > LARGEST:
        raise Refused(_("Le fichier pèse plus de 2 Mo : gardez-en une partie."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        found = list(Calendar.from_ical(text, multiple=True))
    except (ValueError, KeyError, IndexError) as error:
        raise Refused(
            _("Ce fichier ne se lit pas comme un calendrier (.ics). Exportez-le de nouveau depuis votre agenda.")
        ) from error
    if _is_cut(text):
        raise Refused(
            _("Ce calendrier (.ics) est coupé : il manque la fin. Exportez-le de nouveau depuis votre agenda.")
        )
    if not found or any(calendar.name != "VCALENDAR" for calendar in found):
        raise Refused(_("Ce fichier n'est pas un calendrier (.ics)."))
    if sum(len(calendar.walk("VEVENT")) for calendar in found) > MOST_EVENTS:
        raise Refused(_("Ce calendrier a plus de {n} événements : gardez-en une partie.").format(n=MOST_EVENTS))
    return found


def _is_cut(text: str) -> bool:
    """Whether something begins and does not end: a reader would lose it without a word."""
    lines = [line.strip().upper() for line in text.splitlines() if line[:1] in "BbEe"]
    return any(lines.count(f"BEGIN:{name}") != lines.count(f"END:{name}") for name in ("VCALENDAR", "VEVENT"))


def _note_others(calendar: Calendar, found: Reading) -> None:
    count = sum(len(calendar.walk(name)) for name in OTHERS)
    if count:
        found.notes.append(_("Laissés de côté : {n} tâches ou notes, qui ne sont pas des rencontres.").format(n=count))


def _by_uid(calendar: Calendar, found: Reading) -> dict[str, list[Component]]:
    events: dict[str, list[Component]] = defaultdict(list)
    for event in calendar.walk("VEVENT"):
        uid = str(event.get("UID", "")).strip()
        if not uid:
            found.problems.append(_("« {title} » n'a pas d'identifiant (UID).").format(title=_title(event)))
        else:
            events[uid].append(event)
    return events


def _read_event(
    calendar: Calendar, uid: str, events: list[Component], span: tuple[datetime, datetime], found: Reading
) -> None:
    """Add the occurrences of one event, or the sentence that says why they cannot be known."""
    title = _title(events[0])
    trouble = next(filter(None, map(_trouble, events)), "")
    if trouble:
        found.problems.append(f"« {title} » : {trouble}")
        return
    several = any(name in event for event in events for name in ("RRULE", "RDATE", "RECURRENCE-ID"))
    alone = Calendar()
    alone.subcomponents = [*calendar.walk("VTIMEZONE"), *events]
    try:
        # A day around: what is said in days or in another zone may fall on either side.
        around = (span[0] - timedelta(days=1), span[1] + timedelta(days=1))
        rows = recurring_ical_events.of(alone).between(*around)
        made = [_occurrence(uid, row, several) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        found.problems.append(_("« {title} » : sa récurrence ne se calcule pas.").format(title=title))
        return
    kept = [one for one in made if span[0] <= one.starts_at <= span[1]]
    found.occurrences += kept
    found.notes += [note.format(title=title) for note in _understood(events, bool(kept))]


def _trouble(event: Component) -> str:
    if "DTSTART" not in event or isinstance(event["DTSTART"], list):
        return _("sans début, ou avec plusieurs.")
    if getattr(event, "errors", None):
        names = ", ".join(sorted({str(name) for name, _said in event.errors}))
        return _("ne se lit pas ({names}).").format(names=names)
    if any(rule.get("FREQ", [""])[0] in TOO_OFTEN for rule in _rules(event)):
        return _("se répète à l'heure ou plus souvent : ce n'est pas une suite de rencontres.")
    return ""


def _understood(events: Sequence[Component], kept: bool) -> Iterator[str]:
    if not kept:
        return
    first = events[0]
    if not isinstance(first["DTSTART"].dt, datetime):
        yield _("« {title} » : journée entière, de minuit à minuit ; précisez les heures.")
    elif first["DTSTART"].dt.tzinfo is None:
        yield _("« {title} » : sans fuseau horaire, lu à l'heure du Québec.")
    if "DTEND" not in first and "DURATION" not in first and isinstance(first["DTSTART"].dt, datetime):
        yield _("« {title} » : sans fin, une heure est comptée.")
    if len(list(_rules(first))) > 1:
        yield _("« {title} » : plusieurs règles de récurrence ; vérifiez les dates proposées.")


def _rules(event: Component) -> list[Any]:
    rules = event.get("RRULE", [])
    return rules if isinstance(rules, list) else [rules]


def _occurrence(uid: str, row: Component, several: bool) -> Read:
    start = row["DTSTART"].dt
    starts_at = _moment(start)
    ends_at = _moment(row["DTEND"].dt) if "DTEND" in row else starts_at
    if ends_at <= starts_at:
        ends_at = starts_at + (timedelta(days=1) if not isinstance(start, datetime) else NO_END)
    first_set = row.get("RECURRENCE-ID")
    moment = _moment(first_set.dt).isoformat() if several and first_set is not None else ""
    place, purpose = (_words(row.get(name)) for name in ("LOCATION", "DESCRIPTION"))
    return Read(
        source=_source(uid, moment),
        uid=uid,
        title=_title(row)[:200],
        starts_at=starts_at,
        ends_at=ends_at,
        place=" ".join(place.split())[:300],
        purpose=purpose.strip()[:5000],
        cancelled=str(row.get("STATUS", "")).upper() == "CANCELLED",
    )


def _source(uid: str, moment: str) -> str:
    """What names an occurrence, in 400 letters at most."""
    return f"{_name(uid)}|{moment}"


def _name(uid: str) -> str:
    return uid if len(uid) <= 300 else f"sha256:{sha256(uid.encode()).hexdigest()}"


def _moment(value: date | datetime) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    return (value if value.tzinfo else value.replace(tzinfo=LOCAL)).astimezone(UTC)


def _title(event: Component) -> str:
    return " ".join(_words(event.get("SUMMARY")).split()) or _("Sans titre")


def _words(value: Any) -> str:
    """The text of a property, the first one where it is said several times; without what no page can show."""
    if isinstance(value, list):
        value = value[0] if value else ""
    text = str(value or "").replace("\r\n", "\n")
    return "".join(letter for letter in text if letter == "\n" or letter == "\t" or ord(letter) >= 32)
