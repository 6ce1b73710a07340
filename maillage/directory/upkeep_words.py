"""How fresh a sheet is, in words."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.core.typography import day

from .models import Service


@dataclass(frozen=True, slots=True)
class Freshness:
    """`kind` is a state of the badges; `is_stale` asks to call before sending somebody."""

    words: str
    is_stale: bool

    @property
    def kind(self) -> str:
        """The colour of the badge."""
        return "warning" if self.is_stale else "success"


def freshness(service: Service, today: date | None = None) -> Freshness:
    """« À jour le 3 mars 2026 », « À vérifier : confirmée le… », « À vérifier : jamais confirmée »."""
    today = today or timezone.localdate()
    if service.checked_on is None:
        return Freshness(_("À vérifier : personne n'a encore confirmé cette fiche"), True)
    words = {"day": day(service.checked_on, get_language() or "fr")}
    if (today - service.checked_on).days > settings.DIRECTORY_STALE_DAYS:
        return Freshness(_("À vérifier : confirmée le {day}").format(**words), True)
    return Freshness(_("À jour le {day}").format(**words), False)
