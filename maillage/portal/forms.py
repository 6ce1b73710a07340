"""The form that shows every kind of field on the page of components. It is never saved."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Nom de l'activité"), help_text=_("Tel qu'il paraîtra dans le portrait."))
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.ChoiceField(
        label=_("Lieu"),
        choices=[("", "…"), ("hall", _("Hall d'entrée")), ("home", _("Chez la personne"))],
        required=False,
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(
        label=_("Sorte"),
        choices=[("individual", _("Individuelle")), ("collective", _("Collective"))],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label=_("Thèmes"),
        choices=[("health", _("Santé")), ("food", _("Alimentation")), ("housing", _("Logement"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    families = forms.IntegerField(label=_("Familles"), min_value=0, max_value=999)
    agreed = forms.BooleanField(label=_("La personne est d'accord"), required=False)
    file = forms.FileField(label=_("Fichier"), required=False)
