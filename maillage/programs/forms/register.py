"""What the pages that add and correct a site ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.directory.models import Organization, SiteOwnership
from maillage.directory.queries import organizations_named
from maillage.programs.models import Program
from maillage.territories.enums import Clientele
from maillage.territories.models import Division, HousingSite
from maillage.territories.queries import DivisionBook

from .fields import DayField

_YES_NO = (("", gettext_lazy("On ne sait pas")), ("1", gettext_lazy("Oui")), ("0", gettext_lazy("Non")))


class SiteForm(forms.ModelForm):
    """A site, its owner, and for a new one the programme that covers it (`programs`, `optional` for administrators)."""

    municipality = forms.CharField(
        label=gettext_lazy("Municipalité"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Son nom ou son code. La MRC suit."),
    )
    clienteles = forms.MultipleChoiceField(
        label=gettext_lazy("Clientèles"), choices=Clientele, required=False, widget=forms.CheckboxSelectMultiple
    )
    has_common_room = forms.TypedChoiceField(
        label=gettext_lazy("Salle communautaire"),
        choices=_YES_NO,
        required=False,
        coerce=lambda value: value == "1",
        empty_value=None,
    )
    units = forms.IntegerField(label=gettext_lazy("Logements"), required=False, min_value=0, max_value=5000)
    accessible_units = forms.IntegerField(
        label=gettext_lazy("Logements accessibles"), required=False, min_value=0, max_value=5000
    )
    occupied_since = forms.IntegerField(
        label=gettext_lazy("Occupé depuis"),
        required=False,
        min_value=1700,
        max_value=2100,
        help_text=gettext_lazy("L'année, par exemple 1974."),
    )
    closed_on = DayField(label=gettext_lazy("Fermé le"), required=False)
    owner = forms.CharField(
        label=gettext_lazy("Propriétaire"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Une organisation du répertoire. Le propriétaire précédent reste à l'historique."),
    )
    owner_since = DayField(label=gettext_lazy("Propriétaire depuis le"), required=False)

    class Meta:
        model = HousingSite
        fields = (
            "name", "reference", "tenure", "housing_program", "clienteles", "municipality", "address", "latitude",
            "longitude", "units", "accessible_units", "has_common_room", "occupied_since", "closed_on",
        )  # fmt: skip
        help_texts = {
            "address": gettext_lazy("Pour l'équipe seulement : les autres voient la municipalité."),
            "latitude": gettext_lazy("En degrés, par exemple 46,8032."),
            "longitude": gettext_lazy("En degrés, par exemple -71,1778."),
        }

    def __init__(self, *args: Any, programs: list[Program], optional: bool = False, **options: Any) -> None:
        site = options["instance"]
        self.owned = SiteOwnership.objects.filter(site_id=site.pk, end=None).select_related("organization").first()
        given = {
            "municipality": site.municipality.name if site.municipality else "",
            "has_common_room": {True: "1", False: "0"}.get(site.has_common_room, ""),
        }
        if self.owned is not None:
            given |= {"owner": self.owned.organization.name, "owner_since": self.owned.start}
        self.town: Division | None = site.municipality
        super().__init__(*args, initial=given, **options)
        for name in ("latitude", "longitude"):
            self.fields[name].widget.attrs["step"] = "any"
        for name, listed in (("municipality", "towns"), ("owner", "owners")):
            self.fields[name].widget.attrs |= {"list": listed, "autocomplete": "off"}
        if not site.pk:
            choices = [("", _("Aucun"))] if optional else []
            choices += [(program.slug, program.name) for program in programs]
            self.fields["program"] = forms.ChoiceField(
                label=_("Programme qui le couvre"), choices=choices, required=not optional
            )
            self.order_fields(["program"])

    def clean_municipality(self) -> Division | None:
        """The municipality of this name or code."""
        text = self.cleaned_data["municipality"].strip()
        if not text:
            return None
        if self.town is not None and text == self.town.name:
            return self.town
        found = DivisionBook().municipality(text)
        if found is None:
            raise forms.ValidationError(
                _("« %(text)s » n'est pas une municipalité du registre, ou plusieurs portent ce nom : donnez son code.")
                % {"text": text[:60]}
            )
        return found

    def clean_owner(self) -> Organization | None:
        """The organization of this name; an owner does not go without a next one."""
        text = self.cleaned_data["owner"].strip()
        if self.owned is not None and text == self.owned.organization.name:
            return self.owned.organization
        if not text:
            if self.owned is not None:
                raise forms.ValidationError(_("Un milieu garde son propriétaire : inscrivez celui qui le remplace."))
            return None
        found = organizations_named(text)
        if len(found) != 1:
            raise forms.ValidationError(
                _("Aucune organisation ne porte ce nom : ajoutez-la d'abord au répertoire.")
                if not found
                else _("Plusieurs organisations portent ce nom : écrivez-le en entier.")
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Coordinates go together; no more accessible dwellings than dwellings; an owner's day needs an owner."""
        data = super().clean() or {}
        if (data.get("latitude") is None) != (data.get("longitude") is None) and not self.errors:
            self.add_error("longitude", _("Donnez la latitude et la longitude, ou aucune des deux."))
        units, accessible = data.get("units"), data.get("accessible_units")
        if units is not None and accessible is not None and accessible > units:
            self.add_error("accessible_units", _("Il y a plus de logements accessibles que de logements."))
        if data.get("owner_since") and not data.get("owner") and "owner" not in self.errors:
            self.add_error("owner", _("Dites qui est propriétaire depuis cette date."))
        return data

    def _post_clean(self) -> None:
        # The service writes and validates the site; the form would change it before the service compares.
        return
