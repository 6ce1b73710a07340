"""What is asked of whoever names a need without account: a sentence, and as what."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Capacity
from maillage.concertation.models import Group, NamedNeed
from maillage.territories.models import HousingSite

from .needs import DETAILS, STATEMENT, sites_of


class PublicNeedForm(forms.ModelForm):
    """A need from a phone: nothing says who writes, and nothing is asked that could."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    milieu = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # Whoever fills what nobody sees is a machine.
    website = forms.CharField(label=_("Laissez ce champ vide"), required=False, max_length=200)

    class Meta:
        model = NamedNeed
        fields = ("statement", "details", "named_as")
        widgets = {"statement": STATEMENT, "details": DETAILS, "named_as": forms.RadioSelect}
        labels = {"statement": _("De quoi avez-vous besoin, vous ou vos voisins ?"), "named_as": _("Vous êtes…")}
        help_texts = {"statement": _("Une phrase suffit. N'écrivez ni nom, ni téléphone, ni numéro de logement.")}

    def __init__(self, *args: Any, group: Group, **options: Any) -> None:
        super().__init__(*args, **options)
        self.group = group
        self.fields["named_as"].choices = Capacity.choices  # type: ignore[attr-defined]
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_website(self) -> str:
        """Nobody writes there."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Ce champ doit rester vide : effacez ce qui s'y trouve, puis envoyez de nouveau."))
        return ""

    def site(self) -> HousingSite | None:
        """The place of the poster that was read, when it is one of the group's."""
        named = self["milieu"].value() or None
        try:
            return sites_of(self.group).filter(uid=named).first() if named else None
        except ValidationError:
            return None
