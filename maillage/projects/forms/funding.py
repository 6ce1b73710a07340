"""What the pages of the search for money ask."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.fields import DayField
from maillage.directory.fields import OrganizationField
from maillage.projects.enums import FunderKind, FundingState
from maillage.projects.models import FundingRequest, FundingSource, Project
from maillage.territories.fields import told_division

from .amounts import AmountInput
from .places import TerritoriesField

MOST_THEMES, LONGEST_THEME = 20, 80


class ThemesField(forms.CharField):
    """Plain words, one theme a line or separated by commas."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(max_length=2000, **options)

    def clean(self, value: Any) -> list[str]:
        """The themes, each once."""
        text = super().clean(value).replace("\n", ",").replace(";", ",")
        found = list(dict.fromkeys(theme for part in text.split(",") if (theme := " ".join(part.split()))))
        if len(found) > MOST_THEMES or any(len(theme) > LONGEST_THEME for theme in found):
            raise forms.ValidationError(
                _("Donnez au plus %(most)s thèmes de quelques mots, séparés par des virgules.") % {"most": MOST_THEMES}
            )
        return found


class SourceForm(forms.Form):
    """A programme of a funder."""

    name = forms.CharField(label=gettext_lazy("Programme"), max_length=200)
    funder = forms.CharField(label=gettext_lazy("Bailleur"), max_length=200)
    organization = OrganizationField(label=gettext_lazy("Au répertoire"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=FunderKind.choices)
    url = forms.URLField(label=gettext_lazy("Adresse"), max_length=500, required=False, assume_scheme="https")
    supports = forms.CharField(
        label=gettext_lazy("Ce qu'il soutient"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    themes = ThemesField(
        label=gettext_lazy("Thèmes"), required=False,
        help_text=gettext_lazy("Quelques mots, séparés par des virgules : jardin, sécurité alimentaire. Vide : tous les thèmes."),
    )  # fmt: skip
    territories = TerritoriesField(
        label=gettext_lazy("Territoires"), required=False,
        help_text=gettext_lazy("Un par ligne : une municipalité, une MRC ou une région. Vide : partout."),
    )  # fmt: skip
    least = AmountInput(label=gettext_lazy("Montant minimal"), required=False)
    most = AmountInput(label=gettext_lazy("Montant maximal"), required=False)
    opens_on = DayField(label=gettext_lazy("Ouvre le"), required=False)
    closes_on = DayField(label=gettext_lazy("Date limite"), required=False)
    is_yearly = forms.BooleanField(label=gettext_lazy("Revient chaque année"), required=False)
    checked_on = DayField(label=gettext_lazy("Vérifié le"), required=False, initial=timezone.localdate)
    is_retired = forms.BooleanField(label=gettext_lazy("N'existe plus : retirer de la liste"), required=False)

    def __init__(self, *args: Any, source: FundingSource | None = None, **options: Any) -> None:
        if source is not None:
            plain = set(self.base_fields) - {"organization", "themes", "territories"}
            divisions = source.territories.order_by("level", "code")
            options["initial"] = {
                **{name: getattr(source, name) for name in plain},
                "organization": source.organization.name if source.organization else "",
                "themes": ", ".join(map(str, source.themes)),
                "territories": "\n".join(told_division(division) for division in divisions),
            }
        super().__init__(*args, **options)
        if source is None:
            del self.fields["is_retired"]

    def values(self) -> dict[str, Any]:
        """What the service takes, territories apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "territories"}


class RequestForm(forms.Form):
    """What a project asks of a funder, and what was answered."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Source"), queryset=FundingSource.objects.none(), required=False,
        empty_label=gettext_lazy("Un bailleur qui n'est pas dans la liste"),
    )  # fmt: skip
    funder = forms.CharField(
        label=gettext_lazy("Bailleur"), max_length=200, required=False,
        help_text=gettext_lazy("Seulement s'il n'est pas dans la liste des sources."),
    )  # fmt: skip
    state = forms.ChoiceField(label=gettext_lazy("État"), choices=FundingState.choices)
    due_on = DayField(label=gettext_lazy("À déposer pour le"), required=False)
    asked = AmountInput(label=gettext_lazy("Montant demandé"), required=False)
    asked_on = DayField(label=gettext_lazy("Demandé le"), required=False)
    granted = AmountInput(label=gettext_lazy("Montant accordé"), required=False)
    answered_on = DayField(label=gettext_lazy("Répondu le"), required=False)
    reason = forms.CharField(label=gettext_lazy("Raison ou conditions"), max_length=500, required=False)

    def __init__(self, *args: Any, request: FundingRequest, **options: Any) -> None:
        if request.pk:
            options["initial"] = {name: getattr(request, name) for name in self.base_fields}
        super().__init__(*args, **options)
        field = self.fields["source"]
        assert isinstance(field, forms.ModelChoiceField)
        offered = FundingSource.objects.filter(is_retired=False)
        field.queryset = (offered | FundingSource.objects.filter(pk=request.source_id or 0)).order_by(
            "funder", "name", "id"
        )

    def clean(self) -> dict[str, Any]:
        """To whom, once."""
        values = super().clean() or {}
        if values.get("source") is None and not values.get("funder") and "source" not in self.errors:
            self.add_error(
                "funder", _("Dites à qui la demande est faite : une source de la liste, ou le nom du bailleur.")
            )
        if values.get("source") is not None and values.get("funder"):
            self.add_error("funder", _("La source dit déjà qui est le bailleur : laissez ce champ vide."))
        return values


class SourceFilter(forms.Form):
    """The filters of the list of sources."""

    q = forms.CharField(label=gettext_lazy("Mots"), max_length=100, required=False)
    type = forms.ChoiceField(
        label=gettext_lazy("Type"), required=False, choices=[("", gettext_lazy("Tous")), *FunderKind.choices]
    )
    quand = forms.ChoiceField(
        label=gettext_lazy("Dates"), required=False,
        choices=[("", gettext_lazy("Toutes")), ("ouverts", gettext_lazy("Ouverts aujourd'hui")), ("retires", gettext_lazy("Retirés de la liste"))],
    )  # fmt: skip


def request_of(project: Project, source: FundingSource | None = None) -> FundingRequest:
    """A request of `project`, not written, as it begins."""
    return FundingRequest(project=project, source=source, due_on=source.closes_on if source else None)
