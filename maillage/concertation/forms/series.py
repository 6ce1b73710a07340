"""What the page of a new meeting asks: a meeting, and how it comes back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.recurrence import HORIZON, MOST, Repeat

from .meetings import DAY, MeetingForm


class NewMeetingForm(MeetingForm):
    """A meeting, or a series of them."""

    repeat = forms.ChoiceField(
        label=gettext_lazy("Elle se répète"),
        required=False,
        choices=[("", gettext_lazy("Non, une seule fois")), *Repeat.choices],
    )
    until = forms.DateField(label=gettext_lazy("Jusqu'au"), widget=DAY, required=False)
    times = forms.IntegerField(
        label=gettext_lazy("Ou nombre de rencontres"), required=False, min_value=2, max_value=MOST
    )

    def clean(self) -> dict[str, Any]:
        """A series has a date to begin with, and an end."""
        data = super().clean()
        if not data.get("repeat"):
            return data
        day: date | None = data.get("day")
        if data.get("undated"):
            self.add_error("repeat", _("Une rencontre dont la date est à choisir ne se répète pas encore."))
        elif not data.get("until") and not data.get("times") and "times" not in self.errors:
            self.add_error("until", _("Dites jusqu'à quel jour, ou combien de rencontres."))
        elif day and data.get("until") and not day < data["until"] <= day + HORIZON:
            self.add_error("until", _("Choisissez un jour qui suit la première rencontre, d'ici deux ans."))
        return data
