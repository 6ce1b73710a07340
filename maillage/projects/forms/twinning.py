"""What the pages of twinning ask: the activity and its rules, the people of each site, a table of roads."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.directory.fields import OrganizationField
from maillage.programs.models import Program
from maillage.projects.enums import ActivityKind, TravelUnit
from maillage.projects.models import RoadMatrix, Twinning
from maillage.projects.services.twinnings import MOST_PEOPLE
from maillage.projects.twinning_page import SiteLine
from maillage.territories.models import HousingSite


class TwinningForm(forms.Form):
    """The activity, how many persons it takes, how far one goes for it."""

    title = forms.CharField(label=gettext_lazy("Activité"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=ActivityKind.choices, initial=ActivityKind.COURSE)
    provider = OrganizationField(label=gettext_lazy("Offerte par"), required=False)
    least = forms.IntegerField(label=gettext_lazy("Participants au moins"), min_value=1, max_value=MOST_PEOPLE)
    most = forms.IntegerField(label=gettext_lazy("Participants au plus"), min_value=1, max_value=MOST_PEOPLE)
    most_travel = forms.FloatField(
        label=gettext_lazy("Trajet maximal"), min_value=0, max_value=1000, localize=True,
        help_text=gettext_lazy("D'un milieu à celui qui reçoit. En kilomètres à vol d'oiseau, ou dans l'unité de la table de trajets."),
    )  # fmt: skip
    matrix = forms.ModelChoiceField(
        label=gettext_lazy("Table de trajets"), queryset=RoadMatrix.objects.none(), required=False,
        empty_label=gettext_lazy("Aucune : à vol d'oiseau, par les coordonnées"),
    )  # fmt: skip

    def __init__(self, *args: Any, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["matrix"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = RoadMatrix.objects.filter(program=program)

    def clean(self) -> dict[str, Any]:
        """The most is at least the least."""
        values = super().clean() or {}
        if values.get("least") and values.get("most") and values["most"] < values["least"]:
            self.add_error("most", _("Le maximum est plus petit que le minimum : corrigez l'un des deux."))
        return values


def told_twinning(twinning: Twinning) -> dict[str, Any]:
    """A twinning as its form takes it back."""
    names = ("title", "kind", "least", "most", "most_travel", "matrix")
    return {name: getattr(twinning, name) for name in names} | {
        "provider": twinning.provider.name if twinning.provider else ""
    }


class RoadsForm(forms.Form):
    """A table of travel and its file."""

    name = forms.CharField(label=gettext_lazy("Nom de la table"), max_length=200)
    unit = forms.ChoiceField(label=gettext_lazy("Unité"), choices=TravelUnit.choices, initial=TravelUnit.KM)
    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Le fichier est vide (0 octet)."),
        },
    )


class SitesForm:
    """How many persons are interested in each site of a page, and whether it can receive; an empty number leaves it out."""

    def __init__(self, data: Any, lines: list[SiteLine]) -> None:
        self.lines = lines
        shown = {int(key) for key in data.getlist("site") if key.isdigit() and len(key) < 12}
        self.chosen: dict[HousingSite, tuple[int, bool] | None] = {}
        self.wrong = 0
        for line in lines:
            if line.site.pk in shown:
                line.typed, line.hosts = data.get(f"n-{line.site.pk}", "").strip(), f"h-{line.site.pk}" in data
                self.chosen[line.site] = self._said(line)

    def _said(self, line: SiteLine) -> tuple[int, bool] | None:
        if not line.typed:
            return None
        if not (line.typed.isascii() and line.typed.isdigit()) or int(line.typed[:9]) > MOST_PEOPLE:
            line.error = _("Écrivez un nombre entier de 0 à %d, ou rien pour laisser ce milieu de côté.") % MOST_PEOPLE
            self.wrong += 1
            return None
        return int(line.typed), line.hosts

    @property
    def is_valid(self) -> bool:
        """Whether each number is one."""
        return not self.wrong
