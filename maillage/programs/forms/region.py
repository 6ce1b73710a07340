"""The filters that the map and its table share."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.programs.region import SiteFilter
from maillage.territories.enums import Tenure
from maillage.territories.models import Division


class RegionFilter(forms.Form):
    """Sites by words, MRC, tenure, served or not, targeted."""

    q = forms.CharField(label=gettext_lazy("Nom ou municipalité"), required=False, max_length=100)
    mrc = forms.ChoiceField(label=gettext_lazy("MRC"), required=False)
    mode = forms.MultipleChoiceField(
        label=gettext_lazy("Mode d'occupation"), choices=Tenure, required=False, widget=forms.CheckboxSelectMultiple
    )
    servi = forms.ChoiceField(
        label=gettext_lazy("Desserte"),
        required=False,
        choices=[
            ("", gettext_lazy("Tous")),
            ("1", gettext_lazy("Desservis")),
            ("0", gettext_lazy("Non desservis")),
        ],
    )
    cible = forms.BooleanField(label=gettext_lazy("Milieux ciblés seulement"), required=False)

    def __init__(self, *args: Any, divisions: list[Division], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["mrc"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Toutes")), *((division.code, division.name) for division in divisions)]

    def kept(self) -> SiteFilter:
        """What the filters keep; a value that makes no sense is passed over."""
        self.is_valid()
        data = self.cleaned_data
        return SiteFilter(
            tenures=data.get("mode") or (),
            served=data.get("servi") or "",
            mrc=data.get("mrc") or "",
            targeted=bool(data.get("cible")),
            words=data.get("q") or "",
        )

    def in_force(self, asked: QueryDict) -> list[dict[str, str]]:
        """The filters in force, each with the address without it."""
        self.is_valid()
        found = []
        for name, value in self.cleaned_data.items():
            for one in value if isinstance(value, list) else [value] if value else []:
                labels = dict(getattr(self.fields[name], "choices", []))
                rest = asked.copy()
                rest.pop("page", None)
                rest.setlist(name, [other for other in rest.getlist(name) if other != str(one) and one is not True])
                shown = _("oui") if one is True else str(labels.get(one, one))
                found.append({"label": str(self.fields[name].label), "value": shown, "remove": f"?{rest.urlencode()}"})
        return found
