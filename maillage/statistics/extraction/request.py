"""What may be asked: a request that is wrong, or that changed since it was sealed, gets a sentence."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.directory.models import Organization
from maillage.programs.models import Program
from maillage.statistics.models import Extract

from .fields import ALL, KNOWN

YEARS = 3
"""An extract is kept at most so long."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a researcher asks: the `fields` of the entries from `start` to `end`, for `purpose`, until `expires_on`.

    `k` rows at least share all known traits, with `diversity` values of each sensitive field; at most `withheld` % of
    rows are left out; `priority` is the known trait to keep precise. `organization` receives the file, if any does.
    """

    purpose: str
    agreement: str
    fields: tuple[str, ...]
    start: date
    end: date
    expires_on: date
    k: int = 11
    diversity: int = 2
    withheld: int = 2
    priority: str = ""
    organization: Organization | None = None

    def of(self, program: Program, researcher: Any) -> Extract:
        """The extract that is asked, not saved."""
        return Extract(
            program=program,
            researcher=researcher,
            organization=self.organization,
            purpose=self.purpose.strip(),
            agreement=self.agreement.strip(),
            fields=list(self.fields),
            priority=self.priority,
            start=self.start,
            end=self.end,
            expires_on=self.expires_on,
            k=self.k,
            diversity=self.diversity,
            withheld=self.withheld,
        )


def latest_expiry(today: date) -> date:
    """The latest day at which an extract asked today may expire."""
    return date(today.year + YEARS, today.month, min(today.day, 28) if today.month == 2 else today.day)


def months_of(program: Program, today: date) -> list[str]:
    """The finished months of a programme, as « 2014-03 »."""
    last = min(program.end or today, today)
    found, month = [], program.start.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=31)).replace(day=1)
        if min(following - timedelta(days=1), program.end or date.max) < today:
            found.append(f"{month:%Y-%m}")
        month = following
    return found


def bounds(program: Program, first: str, last: str) -> tuple[date, date]:
    """First and last day of the months from `first` to `last`, within the programme. ValueError when not months."""
    start = date.fromisoformat(f"{first}-01")
    end = (date.fromisoformat(f"{last}-01") + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return max(start, program.start), min(end, program.end or date.max)


def check(extract: Extract, today: date) -> None:
    """Raise `ValidationError`, field by field, for a request that cannot be made; the rest is the model's own."""
    wrong: dict[str, Any] = {}
    wrong |= _fields(extract)
    months = months_of(extract.program, today)
    first, last = f"{extract.start:%Y-%m}", f"{extract.end:%Y-%m}"
    if not months or not months[0] <= first <= last <= months[-1]:
        wrong["start"] = _("Choisissez des mois terminés de la période du programme.")
    elif (extract.start, extract.end) != bounds(extract.program, first, last):
        wrong["start"] = _("Un extrait se demande par mois entiers.")
    if extract.expires_on <= today:
        wrong["expires_on"] = _("L'échéance est un jour à venir.")
    elif extract.expires_on > latest_expiry(timezone.localdate(extract.asked_at) if extract.asked_at else today):
        wrong["expires_on"] = _("Un extrait se garde au plus trois ans.")
    if wrong:
        raise ValidationError(wrong)


def _fields(extract: Extract) -> dict[str, Any]:
    asked = extract.fields
    if not isinstance(asked, list) or not all(isinstance(code, str) for code in asked):
        return {"fields": _("Choisissez les champs dans la liste.")}
    if unknown := sorted(set(asked) - set(ALL)):
        return {"fields": _("Ce champ n'est pas offert : %(codes)s.") % {"codes": ", ".join(unknown)[:80]}}
    if len(set(asked)) != len(asked) or not set(asked) & set(KNOWN):
        return {"fields": _("Choisissez au moins un trait connu (période, territoire…), chacun une seule fois.")}
    if extract.priority and extract.priority not in set(asked) & set(KNOWN):
        return {"priority": _("Le champ à garder précis est l'un des traits demandés.")}
    return {}


def require_unchanged(extract: Extract) -> None:
    """Raise `Refused` when what is asked is not what was sealed, or can no longer be asked."""
    if not constant_time_compare(extract.seal, extract.sealed()):
        raise Refused(
            _("La demande a été modifiée depuis qu'elle a été faite : refusez-la, et faites-en faire une autre.")
        )
    try:
        check(extract, timezone.localdate())
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
