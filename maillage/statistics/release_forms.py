"""What a coordinator chooses of a release, and how far the programme protects its figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.programs.models import Program

from . import release_periods
from .definitions import ORDER, TABLES
from .enums import AreaLevel

# Titles of the tables that are put together from more than one column (the others are in `definitions`).
_OTHERS = {
    "persons_referred": _("Personnes référées"),
    "territory": _("Interventions par MRC"),
    "coverage": _("Milieux desservis"),
    "coverage_tenure": _("Milieux couverts par mode d'occupation"),
    "hours_by_role": _("Heures de soutien par semaine, par rôle"),
    "monthly": _("Interventions par mois"),
}


def table_titles() -> list[tuple[str, Any]]:
    """Every table of the portrait with its title."""
    return [(id, TABLES[id].title if id in TABLES else _OTHERS[id]) for id in ORDER]


class ReleaseForm(forms.Form):
    """Period, levels of territory, tables and title of a release to come."""

    periode = forms.ChoiceField(
        label=_("Période"),
        help_text=_("Seules les périodes terminées se publient."),
        error_messages={"invalid_choice": _("Cette période n'est pas terminée, ou n'est pas celle du programme.")},
    )
    niveaux = forms.MultipleChoiceField(
        label=_("Détail par territoire"),
        required=False,
        choices=[(level.value, level.label) for level in AreaLevel if level != AreaLevel.WHOLE],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tout le territoire est toujours publié. Plus le détail est fin, plus il y a de chiffres cachés."),
    )
    tableaux = forms.MultipleChoiceField(label=_("Tableaux"), choices=table_titles, widget=forms.CheckboxSelectMultiple)
    titre = forms.CharField(
        label=_("Titre"),
        required=False,
        max_length=200,
        help_text=_("Vide, le titre sera le nom du programme et la période."),
    )

    def __init__(self, program: Program, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = release_periods.offered(program)
        self.fields["periode"].choices = self.offered  # type: ignore[attr-defined]
        for name, value in {"niveaux": [AreaLevel.MRC.value], "tableaux": list(ORDER)}.items():
            self.initial.setdefault(name, value)

    def wanted(self) -> dict[str, Any]:
        """The choice as `services.releases.prepare` takes it."""
        given = self.cleaned_data
        period, start = release_periods.chosen(given["periode"])
        tables = () if set(given["tableaux"]) == set(ORDER) else tuple(given["tableaux"])
        return {
            "period": period,
            "start": start,
            "levels": (AreaLevel.WHOLE.value, *given["niveaux"]),
            "tables": tables,
            "title": given["titre"],
        }


class ThresholdsForm(forms.Form):
    """The thresholds of a programme, which only go up from the product's own."""

    threshold = forms.IntegerField(
        label=_("Seuil"), min_value=5, max_value=100, help_text=_("Un nombre plus petit est caché. 5 au moins.")
    )
    sensitive_threshold = forms.IntegerField(
        label=_("Seuil des termes sensibles"),
        min_value=10,
        max_value=200,
        help_text=_("Pour les termes que le vocabulaire marque sensibles. 10 au moins."),
    )
    smallest_area = forms.IntegerField(
        label=_("Plus petit territoire détaillé, en personnes rencontrées"),
        min_value=40,
        max_value=30_000,
        help_text=_("Un territoire où moins de personnes ont été rencontrées n'est pas détaillé. 40 au moins."),
    )


class ConsentForm(forms.Form):
    """Who agreed that the activity of the team and of organizations be published, and when."""

    accord = forms.CharField(
        label=_("Qui a donné son accord, et comment"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "L'accord lève les règles qui protègent l'activité des intervenant·es et des organisations. "
            "Celles qui protègent les personnes rencontrées restent."
        ),
    )
    le = forms.DateField(
        label=_("Donné le"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Écrivez la date ainsi : AAAA-MM-JJ, par exemple 2026-11-20.")},
    )
