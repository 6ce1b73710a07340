from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from maillage.core.text import stems
from maillage.programs.models import Program, ProgramSite
from maillage.programs.queries import mrcs_of, register_of
from maillage.territories.enums import Tenure
from maillage.territories.models import HousingSite

STATES = [
    ("", _("Tous")),
    ("covered", _("Couverts")),
    ("out", _("Non couverts")),
    ("served", _("Desservis")),
    ("unserved", _("Couverts, non desservis")),
    ("targeted", _("Ciblés")),
]


class SitesFilter(forms.Form):
    """Which sites of the register are shown."""

    q = forms.CharField(label=_("Nom ou municipalité"), required=False, max_length=100)
    mrc = forms.ChoiceField(label=_("MRC"), required=False)
    tenure = forms.ChoiceField(label=_("Mode d'occupation"), required=False, choices=[("", _("Tous")), *Tenure.choices])
    etat = forms.ChoiceField(label=_("État"), required=False, choices=STATES)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        self.fields["mrc"].choices = [("", _("Toutes")), *((mrc.code, mrc.name) for mrc in mrcs_of(program))]

    def sites(self) -> QuerySet[HousingSite]:
        """The sites that the filter keeps; a filter that makes no sense keeps them all."""
        given = self.cleaned_data if self.is_valid() else {}
        sites = register_of(self.program)
        for stem in stems(given.get("q", "")).split():
            sites = sites.filter(search__contains=f" {stem}")
        if given.get("mrc"):
            sites = sites.filter(mrc__code=given["mrc"])
        if given.get("tenure"):
            sites = sites.filter(tenure=given["tenure"])
        lines = ProgramSite.objects.filter(program=self.program, site=OuterRef("pk"))
        kept = {
            "covered": Exists(lines),
            "out": ~Exists(lines),
            "served": Exists(lines.filter(is_served=True)),
            "unserved": Exists(lines.filter(is_served=False)),
            "targeted": Exists(lines.filter(is_targeted=True)),
        }.get(given.get("etat", ""))
        return sites.filter(kept) if kept is not None else sites

    def in_force(self) -> list[tuple[str, str, str]]:
        """`(name, label, value)` of each filter that is on."""
        if not self.is_valid():
            return []
        found = []
        for name, value in self.cleaned_data.items():
            if value:
                field = self.fields[name]
                shown = dict(field.choices).get(value, value) if hasattr(field, "choices") else value
                found.append((name, str(field.label), str(shown)))
        return found
