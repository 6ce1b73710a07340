"""The choice of a portrait's period and territory."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import periods
from .asked import Asked
from .vocabularies import territory_of


class PeriodForm(forms.Form):
    """Year and part of it, or two dates; MRC; comparison. It only shows what was asked: the address is read elsewhere."""

    annee = forms.ChoiceField(label=_("Période"), required=True)
    partie = forms.ChoiceField(label=_("Partie de l'année"), required=False)
    du = forms.CharField(label=_("Du"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    au = forms.CharField(label=_("Au"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    mrc = forms.ChoiceField(label=_("Territoire"), required=False)
    comparer = forms.ChoiceField(label=_("Comparaison"), required=False)

    def __init__(self, asked: Asked, *, exact: bool, divisions: Sequence[tuple[str, str]] | None = None) -> None:
        start, end = asked.bounds
        chosen = periods.recognized(start, end, asked.whole)
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
        years = [("tout", _("Toute la durée")), *((year, year) for year in periods.years(*asked.whole))]
        self._offer("annee", [*years, ("dates", _("Dates au choix"))] if exact else years)
        self._offer("partie", periods.parts())
        self._offer("comparer", [("", _("Sans comparaison")), ("oui", _("Période précédente"))])
        if exact:
            if divisions is None:
                divisions = [(word.code, word.label) for word in territory_of(asked.program).words]
            self._offer("mrc", [("", _("Tout le territoire")), *divisions])
        else:
            for name in ("partie", "du", "au", "mrc"):
                del self.fields[name]

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
