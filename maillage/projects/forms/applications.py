"""What an application for support asks: the project and the call, plain words, the lines of its budget."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.fields import DayField
from maillage.directory.fields import OrganizationField
from maillage.projects.applying import calls_to_answer, projects_carried
from maillage.projects.enums import SourceKind
from maillage.projects.models import Application, Call, Project

from .amounts import AmountInput
from .screened import Screened


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StartForm(forms.Form):
    """Which project asks, and in which call."""

    project = forms.ModelChoiceField(
        label=gettext_lazy("Projet"), queryset=Project.objects.none(), to_field_name="slug"
    )
    call = forms.ModelChoiceField(label=gettext_lazy("Appel"), queryset=Call.objects.none(), to_field_name="uid")

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        project, call = self.fields["project"], self.fields["call"]
        assert isinstance(project, forms.ModelChoiceField)
        assert isinstance(call, forms.ModelChoiceField)
        project.queryset = projects_carried(actor).select_related("group").order_by("name", "id")
        project.empty_label = call.empty_label = gettext_lazy("Choisissez")
        project.error_messages["invalid_choice"] = _(
            "Ce projet ne peut pas demander de soutien : il est terminé, son groupe l'est, ou vous ne le portez pas."
        )
        call.error_messages["invalid_choice"] = _("Cet appel ne reçoit plus de demandes : choisissez-en un autre.")
        call.queryset = calls_to_answer()
        if not self.is_bound and not self.initial.get("call") and len(open_now := list(call.queryset[:2])) == 1:
            self.initial["call"] = open_now[0].uid
        call.label_from_instance = lambda obj: f"{obj.fund.name} – {obj.title}"  # type: ignore[method-assign]


class WordsForm(Screened, forms.Form):
    """The application in plain words."""

    TOLD = ("what", "why", "who", "when", "changes", "afterwards")

    what = forms.CharField(
        label=gettext_lazy("Que voulez-vous faire ?"), max_length=5000, required=False, widget=_area(5)
    )
    why = forms.CharField(
        label=gettext_lazy("Quel besoin les locataires ont-ils nommé ?"),
        max_length=5000,
        required=False,
        widget=_area(4),
    )
    who = forms.CharField(
        label=gettext_lazy("Qui participera, et qui décidera ?"), max_length=3000, required=False, widget=_area(3),
        help_text=gettext_lazy("Dites « les familles du HLM », « cinq locataires » : jamais leurs noms."),
    )  # fmt: skip
    when = forms.CharField(label=gettext_lazy("Quand cela se fera-t-il ?"), max_length=500, required=False)
    starts_on = DayField(label=gettext_lazy("Début prévu"), required=False)
    ends_on = DayField(label=gettext_lazy("Fin prévue"), required=False)
    changes = forms.CharField(
        label=gettext_lazy("Qu'est-ce que cela changera ?"), max_length=3000, required=False, widget=_area(3)
    )
    afterwards = forms.CharField(
        label=gettext_lazy("Comment cela continuera-t-il ensuite ?"), max_length=3000, required=False, widget=_area(3)
    )
    payee = OrganizationField(
        label=gettext_lazy("Organisme qui recevra l'argent"), required=False,
        help_text=gettext_lazy("Un organisme du répertoire : il reçoit les versements et garde les pièces."),
    )  # fmt: skip


def words_of(application: Application) -> dict[str, Any]:
    """The words of an application as the form shows them."""
    told = {name: getattr(application, name) for name in WordsForm.base_fields}
    return told | {"payee": application.payee.name if application.payee else ""}


class _LineForm(forms.Form):
    """A line of a budget; one that nothing fills is left out."""

    label = forms.CharField(max_length=200, required=False)
    amount = AmountInput(label=gettext_lazy("Montant ($)"), required=False)

    filled: tuple[str, ...] = ("label", "amount")

    def clean(self) -> dict[str, Any]:
        """A line says what it is and how much."""
        values = super().clean() or {}
        if self.errors or not any(values.get(name) for name in self.filled):
            return values
        if not values.get("label"):
            self.add_error("label", _("Dites ce que c'est, ou videz la ligne."))
        if not values.get("amount"):
            self.add_error("amount", _("Donnez le montant, plus grand que zéro, ou videz la ligne."))
        return values

    def line(self) -> dict[str, Any] | None:
        """What the service writes, None for an empty line."""
        values = getattr(self, "cleaned_data", {})
        amount = values.get("amount")
        if not isinstance(amount, Decimal) or not values.get("label"):
            return None
        return {"label": values["label"], "amount": amount}


class CostForm(_LineForm):
    """What something costs."""

    label = forms.CharField(label=gettext_lazy("Dépense"), max_length=200, required=False)

    def line(self) -> dict[str, Any] | None:
        """A cost, None for an empty line."""
        found = super().line()
        return found and {"side": "cost", "kind": "", **found}


class SourceForm(_LineForm):
    """Who else pays, in money or in kind, and whether it is confirmed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("En quoi"), required=False,
        choices=[(kind.value, kind.label) for kind in (SourceKind.MONEY, SourceKind.IN_KIND)],
    )  # fmt: skip
    label = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)
    organization = OrganizationField(label=gettext_lazy("Organisme (s'il est au répertoire)"), required=False)
    is_confirmed = forms.BooleanField(label=gettext_lazy("Confirmé"), required=False)
    field_order = ("label", "kind", "amount", "organization", "is_confirmed")
    filled: tuple[str, ...] = ("label", "amount", "organization")

    def clean_kind(self) -> str:
        """In money, unless it is said."""
        return self.cleaned_data["kind"] or SourceKind.MONEY

    def clean(self) -> dict[str, Any]:
        """A source of which only the organization is said bears its name."""
        organization = self.cleaned_data.get("organization")
        if organization is not None and not self.cleaned_data.get("label"):
            self.cleaned_data["label"] = organization.name[:200]
        return super().clean()

    def line(self) -> dict[str, Any] | None:
        """A source, None for an empty line."""
        found = super().line()
        values = getattr(self, "cleaned_data", {})
        return found and {
            "side": "source", "kind": values.get("kind", SourceKind.MONEY), **found,
            "organization": values.get("organization"), "is_confirmed": bool(values.get("is_confirmed")),
        }  # fmt: skip


class AskedForm(forms.Form):
    """What is asked of the fund."""

    asked = AmountInput(label=gettext_lazy("Montant demandé à la mesure ($)"), required=False)
