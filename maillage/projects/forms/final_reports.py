"""The form of a final report: what came of the project, whom it reached, what each line of the budget came to."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.fields import DayField
from maillage.projects.enums import BudgetSide
from maillage.projects.models import BudgetLine, FinalReport

from .amounts import AmountInput
from .applications import CostForm, SourceForm
from .screened import Screened

TOLD = ("results", "participants", "participations", "reached", "learned", "afterwards")


class MoreSourceForm(SourceForm):
    """Income that was not planned."""

    label = forms.CharField(label=gettext_lazy("Revenu"), max_length=200, required=False)
    organization = None  # type: ignore[assignment]
    is_confirmed = None  # type: ignore[assignment]
    filled = ("label", "amount")


MoreCosts: Any = forms.formset_factory(CostForm, extra=2, max_num=20, absolute_max=40)
MoreSources: Any = forms.formset_factory(MoreSourceForm, extra=2, max_num=20, absolute_max=40)


class AddedLines:
    """Costs and income that were not planned, with what they came to."""

    def __init__(self, sent: Any = None) -> None:
        sent = sent if sent and "more_cost-TOTAL_FORMS" in sent else None
        self.costs = MoreCosts(sent, prefix="more_cost")
        self.sources = MoreSources(sent, prefix="more_source")

    @property
    def forms(self) -> list[Any]:
        """Every line, in order."""
        return [*self.costs, *self.sources]

    @property
    def is_used(self) -> bool:
        """Whether something was typed in one of them."""
        return any(form.has_changed() for form in self.forms)

    def is_valid(self) -> bool:
        """Whether every line can be written."""
        return not self.costs.is_bound or all([self.costs.is_valid(), self.sources.is_valid()])

    def lines(self) -> list[dict[str, Any]]:
        """What the service writes."""
        return [line for form in self.forms if (line := form.line())]


class ReportForm(Screened, forms.Form):
    """Results, reach and actual amounts. `dated`: who writes it manages the fund, and says the day when it came on paper."""

    TOLD = TOLD

    results = forms.CharField(
        label=gettext_lazy("Principales retombées"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Ce qui a changé, une idée par ligne. Ne nommez personne."),
    )  # fmt: skip
    participants = forms.IntegerField(
        label=gettext_lazy("Participants : combien de personnes différentes"), min_value=0, max_value=1_000_000,
        required=False, help_text=gettext_lazy("Une personne venue dix fois compte une fois."),
    )  # fmt: skip
    participations = forms.IntegerField(
        label=gettext_lazy("Participations : combien de présences en tout"), min_value=0, max_value=10_000_000,
        required=False, help_text=gettext_lazy("Une personne venue dix fois compte dix fois."),
    )  # fmt: skip
    reached = forms.CharField(
        label=gettext_lazy("Qui a été rejoint"), max_length=500, required=False,
        help_text=gettext_lazy("Par exemple : locataires des HLM famille et gens du quartier."),
    )  # fmt: skip
    learned = forms.CharField(
        label=gettext_lazy("Ce que nous avons appris"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    afterwards = forms.CharField(
        label=gettext_lazy("Ce qui se poursuit, et avec qui"), max_length=3000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    on = DayField(
        label=gettext_lazy("Reçu le"), required=False,
        help_text=gettext_lazy("Si le groupe l'a remis sur papier. Aujourd'hui si vous n'en dites rien."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, lines: Sequence[BudgetLine], report: FinalReport | None, dated: bool = False,
        **options: Any,
    ) -> None:  # fmt: skip
        options["initial"] = {name: getattr(report, name) for name in TOLD} if report is not None else {}
        super().__init__(*args, **options)
        self.lines = lines
        if not dated:
            del self.fields["on"]
        for line in lines:
            missing = _("Donnez le montant réel de « %s », même si c'est 0.") % line.label
            self.fields[f"actual_{line.pk}"] = AmountInput(
                label=_("Montant réel : %s") % line.label, initial=line.actual, error_messages={"required": missing}
            )

    def values(self) -> dict[str, Any]:
        """What the report says."""
        return {name: self.cleaned_data[name] for name in TOLD}

    def actual(self) -> dict[int, Any]:
        """What each line came to, those that were said."""
        said = {line.pk: self.cleaned_data.get(f"actual_{line.pk}") for line in self.lines}
        return {pk: amount for pk, amount in said.items() if amount is not None}

    def told(self) -> Iterator[Any]:
        """The fields that tell."""
        for name in (*TOLD, "on", "confirmed"):
            if name in self.fields:
                yield self[name]

    def costs(self) -> list[tuple[BudgetLine, Any]]:
        """Each cost with its field."""
        return [(line, self[f"actual_{line.pk}"]) for line in self.lines if line.side == BudgetSide.COST]

    def sources(self) -> list[tuple[BudgetLine, Any]]:
        """Each source with its field."""
        return [(line, self[f"actual_{line.pk}"]) for line in self.lines if line.side == BudgetSide.SOURCE]
