from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import OrganizationKind
from maillage.programs.enums import PartnerPart, ProgramKind
from maillage.territories.enums import Level, Tenure
from maillage.territories.models import Division

from .fields import DayField


class ProgramForm(forms.Form):
    """What a programme says of itself."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    kind = forms.ChoiceField(label=_("Type"), choices=ProgramKind.choices, widget=forms.RadioSelect)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    start = DayField(label=_("Début"))
    end = DayField(label=_("Fin"), required=False, help_text=_("Vide si le programme n'a pas de fin prévue."))
    territory = forms.ModelChoiceField(
        label=_("Territoire"),
        required=False,
        queryset=Division.objects.none(),
        empty_label=_("À préciser"),
        help_text=_("La région ou la MRC où le programme agit."),
    )
    coverage_tenures = forms.MultipleChoiceField(
        label=_("Parc visé"),
        required=False,
        choices=Tenure.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Les milieux que le programme veut desservir : la couverture se compte sur eux."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [Level.REGION, Level.HEALTH_REGION, Level.MRC]
        self.fields["territory"].queryset = Division.objects.filter(level__in=levels).order_by("level", "name")


class EditionForm(forms.Form):
    """The next edition of a programme: its name, its period, what follows it."""

    name = forms.CharField(label=_("Nom de la nouvelle édition"), max_length=200)
    start = DayField(label=_("Début"))
    end = DayField(label=_("Fin"), required=False)
    share_frame = forms.TypedChoiceField(
        label=_("Vocabulaires"),
        choices=[
            ("", _("Une copie avec les mêmes codes : elle évolue sans toucher à l'édition précédente")),
            ("1", _("Les mêmes : un changement vaut pour les deux éditions")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    copy_partners = forms.BooleanField(label=_("Reprendre les partenaires"), required=False)
    copy_sites = forms.BooleanField(label=_("Reprendre les milieux couverts, desservis et ciblés"), required=False)
    copy_hours = forms.BooleanField(label=_("Reprendre les heures de soutien"), required=False)
    copy_team = forms.BooleanField(label=_("Reprendre l'équipe en place"), required=False)


class PartnerForm(forms.Form):
    """The part of an organization, and who it is when the directory does not know it."""

    part = forms.ChoiceField(label=_("Part"), choices=PartnerPart.choices)
    since = DayField(label=_("Depuis"), required=False)


class NewPartnerForm(PartnerForm):
    """An organization that is not in the directory yet."""

    name = forms.CharField(label=_("Nom de l'organisation"), max_length=250)
    kind = forms.ChoiceField(label=_("Type"), choices=OrganizationKind.choices, initial=OrganizationKind.COMMUNITY)

    field_order = ["name", "kind", "part", "since"]
