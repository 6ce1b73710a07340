"""Hours in words, as a person would say them: « lundi au vendredi, 8 h 30 à 16 h 30 »."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.core.typography import NBSP, day

from .moments import Opening
from .recurrence import Hours, Rule, is_closure, rule_of

Validity = tuple[date | None, date | None]


def clock(value: time, language: str = "") -> str:
    """An hour: « 8 h 30 », « 16 h », `4 p.m.`."""
    if (language or get_language() or "fr").startswith("fr"):
        return f"{value.hour}{NBSP}h{NBSP}{value.minute:02d}" if value.minute else f"{value.hour}{NBSP}h"
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{NBSP}{'a.m.' if value.hour < 12 else 'p.m.'}"


def in_words(schedules: Iterable[Hours]) -> list[str]:
    """The hours, a sentence each: the week first, then what comes less often, then when it is closed."""
    weekly: dict[tuple[Validity, str], dict[int, set[tuple[time | None, time | None]]]] = {}
    rest, closures = [], []
    for line in schedules:
        rule = rule_of(line)
        if is_closure(line):
            closures.append(_with_validity(_closure(line, rule), line, rule))
        elif rule is None:
            rest.append(_said(line))
        elif rule.is_plain:
            days = weekly.setdefault((_validity(line, rule), _remark(line)), {})
            for number in rule.weekdays:
                days.setdefault(number, set()).add((line.opens_at, line.closes_at))
        else:
            text = _with_hours(_rarely(rule), {(line.opens_at, line.closes_at)})
            rest.append(_with_remark(_with_validity(text, line, rule), _remark(line)))
    said = [text for (validity, remark), days in weekly.items() for text in _week(days, validity, remark)]
    return list(dict.fromkeys(text for text in [*said, *rest, *closures] if text))


def opening_in_words(opening: Opening, at: datetime) -> str:
    """« Ouvert jusqu'à 16 h 30 », « Fermé, ouvre demain à 8 h 30 »; nothing when the hours do not tell."""
    if opening.open:
        if opening.until is None or opening.until - at > timedelta(days=2):
            return _("Ouvert en tout temps")
        return _("Ouvert jusqu'à {hour}").format(hour=_midnight(opening.until.time()))
    if opening.open is None:
        return ""
    if opening.opens is None:
        return _("Fermé")
    when, today = opening.opens, timezone.localtime(at).date()
    words = {"hour": clock(when.time()), "day": str(WEEKDAYS[when.weekday()]), "date": day(when.date(), _language())}
    away = (when.date() - today).days
    if away == 0:
        return _("Fermé, ouvre à {hour}").format(**words)
    if away == 1:
        return _("Fermé, ouvre demain à {hour}").format(**words)
    if away < 7:
        return _("Fermé, ouvre {day} à {hour}").format(**words)
    return _("Fermé, ouvre le {date} à {hour}").format(**words)


def _language() -> str:
    return get_language() or "fr"


def _midnight(value: time) -> str:
    return _("minuit") if value == time() else clock(value)


def _said(line: Hours) -> str:
    """What a line says itself, when it has no rule; its hours at least."""
    text = (line.description or line.notes or "").strip()
    return text or (_hours(line.opens_at, line.closes_at) if line.opens_at or line.closes_at else "")


def _remark(line: Hours) -> str:
    return " ".join((line.description or "").split())


def _with_remark(text: str, remark: str) -> str:
    return f"{text} ({remark})" if remark and remark not in text else text


def _validity(line: Hours, rule: Rule) -> Validity:
    """From when to when, as the line says it."""
    return (line.valid_from or line.dtstart, rule.end)


def _with_validity(text: str, line: Hours, rule: Rule | None) -> str:
    return _from_to(text, (line.valid_from or line.dtstart, rule.end)) if rule else text


def _from_to(text: str, validity: Validity) -> str:
    start, end = (day(value, _language()) for value in validity)
    words = {"text": text, "start": start, "end": end}
    if start and start == end:
        return _("{text}, le {start}").format(**words)
    if start and end:
        return _("{text}, du {start} au {end}").format(**words)
    if end:
        return _("{text}, jusqu'au {end}").format(**words)
    # A first day that is past says nothing to those who read today.
    if validity[0] and validity[0] > timezone.localdate():
        return _("{text}, à partir du {start}").format(**words)
    return text


def _closure(line: Hours, rule: Rule | None) -> str:
    text = _remark(line) or " ".join(line.notes.split())
    return f"{text} ({_rarely(rule)})" if rule and (rule.byday or rule.bymonthday) else text


def _week(days: dict[int, set[tuple[time | None, time | None]]], validity: Validity, remark: str) -> list[str]:
    """The days of a week, those of the same hours together, in the order of the week."""
    grouped: dict[frozenset[tuple[time | None, time | None]], list[int]] = {}
    for number in sorted(days):
        grouped.setdefault(frozenset(days[number]), []).append(number)
    return [
        _with_remark(_from_to(_with_hours(_weekdays(numbers), set(hours)), validity), remark)
        for hours, numbers in grouped.items()
    ]


def _weekdays(numbers: list[int]) -> str:
    if len(numbers) == 7:
        return _("tous les jours")
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        names = [str(WEEKDAYS[number]) for number in run]
        parts += [_("{first} au {last}").format(first=names[0], last=names[-1])] if len(run) > 2 else names
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("{several} et {last}").format(several=", ".join(parts[:-1]), last=parts[-1])


def _hours(opens: time | None, closes: time | None) -> str:
    if opens is None:
        return _("jusqu'à {end}").format(end=clock(closes)) if closes is not None else ""
    if closes is None:
        return _("à partir de {start}").format(start=clock(opens))
    end = time() if closes >= time(23, 59) else closes
    if opens == end:
        return _("jour et nuit")
    return _("{start} à {end}").format(start=clock(opens), end=_midnight(end))


def _with_hours(days: str, hours: set[tuple[time | None, time | None]]) -> str:
    ordered = sorted(hours, key=lambda pair: (pair[0] or time(), pair[1] or time()))
    said = _joined([text for opens, closes in ordered if (text := _hours(opens, closes))])
    return f"{days}, {said}" if said else days


def _ordinal(nth: int) -> str:
    return {
        1: _("premier"),
        2: _("deuxième"),
        3: _("troisième"),
        4: _("quatrième"),
        5: _("cinquième"),
        -1: _("dernier"),
        -2: _("avant-dernier"),
    }.get(nth, str(nth))


def _rarely(rule: Rule) -> str:
    """When a rule that is not of each week falls."""
    names = [str(WEEKDAYS[number]) for _nth, number in rule.byday]
    if rule.frequency == "MONTHLY":
        return _monthly(rule, names)
    if rule.frequency == "WEEKLY":
        several = _("toutes les {number} semaines").format(number=rule.interval)
        every = {1: "", 2: _("une semaine sur deux")}.get(rule.interval, several)
        said = _weekdays(sorted({number for _nth, number in rule.byday})) if names else ""
        return ", ".join(part for part in (said, every) if part)
    if rule.frequency == "DAILY":
        if rule.interval > 1:
            return _("tous les {number} jours").format(number=rule.interval)
        return _weekdays(sorted(rule.weekdays))
    if rule.start and not (rule.byday or rule.bymonthday or rule.byweekno or rule.byyearday):
        return _("chaque année")
    return _("certains jours de l'année")


def _monthly(rule: Rule, names: list[str]) -> str:
    every = _("du mois") if rule.interval == 1 else _("tous les {number} mois").format(number=rule.interval)
    if rule.byday:
        days = [
            _("le {rank} {day}").format(rank=_ordinal(nth), day=name) if nth else _("chaque {day}").format(day=name)
            for (nth, _number), name in zip(rule.byday, names, strict=True)
        ]
    else:
        numbers = rule.bymonthday or ((rule.start.day,) if rule.start else ())
        days = [_("le dernier jour") if number == -1 else _("le {number}").format(number=number) for number in numbers]
    return f"{_joined(days)} {every}".strip() if rule.interval == 1 else f"{_joined(days)}, {every}"
