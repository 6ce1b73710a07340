"""The choice of a portrait's period and territory."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import closed_set, periods
from .asked import Asked
from .vocabularies import territory_of


class PeriodForm(forms.Form):
    """Year and part of it, or two dates; MRC; comparison. It only shows what was asked: the address is read elsewhere.

    It offers what is open to the reader: without `exact`, finished periods alone, and no two dates.
    """

    annee = forms.ChoiceField(label=_("Période"), required=True)
    partie = forms.ChoiceField(label=_("Partie de l'année"), required=False)
    du = forms.CharField(label=_("Du"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    au = forms.CharField(label=_("Au"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    mrc = forms.ChoiceField(label=_("Territoire"), required=False)
    comparer = forms.ChoiceField(label=_("Comparaison"), required=False)

    def __init__(self, asked: Asked, *, exact: bool, divisions: Sequence[tuple[str, str]] | None = None) -> None:
        start, end = asked.bounds
        chosen = periods.recognized(start, end, asked.whole)
        if not exact and (start, end) == closed_set.whole(asked.program):
            chosen = periods.Period(start, end, "tout")
        super().__init__(
            initial={
                "annee": "dates" if asked.is_choosing_dates else chosen.year,
                "partie": chosen.part,
                "du": start.isoformat(),
                "au": end.isoformat(),
                "mrc": asked.territory,
                "comparer": "oui" if asked.compare else "",
            }
        )
        years: Sequence[Any] = periods.years(*asked.whole) if exact else closed_set.years(asked.program)
        offered = [("tout", _("Toute la durée")), *((str(year), str(year)) for year in years)]
        self._offer("annee", [*offered, ("dates", _("Dates au choix"))] if exact else offered)
        parts = None if exact or not chosen.year.isdigit() else closed_set.parts(asked.program, int(chosen.year))
        self._offer("partie", _of(periods.parts(), parts))
        self._offer("comparer", [("", _("Sans comparaison")), ("oui", _("Période précédente"))])
        if divisions is None:
            divisions = [(word.code, word.label) for word in territory_of(asked.program).words]
        self._offer("mrc", [("", _("Tout le territoire")), *divisions])
        for name in () if exact else ("du", "au"):
            del self.fields[name]

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


def _of(choices: Sequence[tuple[str, Any]], kept: Collection[str] | None) -> list[tuple[str, Any]]:
    """Those of `choices` whose value is kept; all of them without a list."""
    return [choice for choice in choices if kept is None or choice[0] in kept]
