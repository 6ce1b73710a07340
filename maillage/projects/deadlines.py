"""Where a source of funding stands on a day: open, to come, over, or to be announced anew next year."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.typography import day, number

SOON = timedelta(days=30)


class Opening(StrEnum):
    """Whether something may be asked today."""

    ALWAYS = "always"
    OPEN = "open"
    SOON = "soon"  # open, and it closes within a month
    TO_COME = "to_come"
    AGAIN = "again"  # over, and it comes back each year
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Where it stands, and the sentence that says so."""

    opening: Opening
    sentence: str
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether something may be asked."""
        return self.opening in (Opening.ALWAYS, Opening.OPEN, Opening.SOON)

    @property
    def kind(self) -> str:
        """The colour of its badge."""
        return {Opening.SOON: "warning", Opening.OVER: "neutral", Opening.AGAIN: "neutral"}.get(self.opening, "info")


def deadline(opens: date | None, closes: date | None, is_yearly: bool, today: date) -> Deadline:
    """Where a source stands on `today`; both days count as open."""
    if closes is not None and closes < today:
        if is_yearly:
            said = _("Revient chaque année ; la dernière date limite était le %s. Vérifiez la prochaine.") % day(closes)
            return Deadline(Opening.AGAIN, said, closes)
        return Deadline(Opening.OVER, _("Terminé depuis le %s.") % day(closes), closes)
    if opens is not None and opens > today:
        return Deadline(Opening.TO_COME, _("Ouvre le %s.") % day(opens), closes)
    if closes is None:
        return Deadline(Opening.ALWAYS, _("Sans date limite."))
    left = (closes - today).days
    if left == 0:
        return Deadline(Opening.SOON, _("Dernier jour : aujourd'hui."), closes)
    said = ngettext("Jusqu'au %(day)s : il reste %(left)s jour.", "Jusqu'au %(day)s : il reste %(left)s jours.", left)
    told = said % {"day": day(closes), "left": number(left)}
    return Deadline(Opening.SOON if closes - today <= SOON else Opening.OPEN, told, closes)
