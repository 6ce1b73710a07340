"""The day on which something happened, corrected."""

from django import forms
from django.utils.translation import gettext_lazy

from maillage.core.fields import DayField


class DayForm(forms.Form):
    """The right day."""

    on = DayField(label=gettext_lazy("Le jour où c'est arrivé"))
