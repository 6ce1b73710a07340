"""What is asked to keep a search."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedSearchForm(forms.Form):
    """A name that its owner will know again."""

    name = forms.CharField(label=_("Nom de cette recherche"), max_length=120)
