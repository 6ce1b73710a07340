"""The whole budget of an application as one page of lines: costs, what is asked, other sources."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from maillage.projects.amounts import ZERO
from maillage.projects.budget import Totals, totals_of
from maillage.projects.enums import BudgetSide, SourceKind
from maillage.projects.models import Application, BudgetLine
from maillage.projects.services.applications import MOST_LINES

from .applications import AskedForm, CostForm, SourceForm

BLANK = 3  # empty lines that are added on demand
_EACH = {"max_num": MOST_LINES // 2 - 1, "validate_max": True, "absolute_max": MOST_LINES}
CostLines: Any = forms.formset_factory(CostForm, extra=2, **_EACH)  # type: ignore[arg-type]
SourceLines: Any = forms.formset_factory(SourceForm, extra=1, **_EACH)  # type: ignore[arg-type]


class BudgetPage:
    """The forms of a budget, filled by what is written or by what was sent."""

    def __init__(self, application: Application, sent: QueryDict | None = None, *, more: bool = False) -> None:
        self.application = application
        lines = [] if sent is not None else list(application.budget.select_related("organization"))
        self._written = lines
        given = _longer(sent) if sent is not None and more else sent
        asked = sum((line.amount for line in lines if line.kind == SourceKind.ASKED), ZERO) or None
        self.asked = AskedForm(given, initial={"asked": asked})
        costs = [{"label": line.label, "amount": line.amount} for line in lines if line.side == BudgetSide.COST]
        self.costs = CostLines(given, prefix="cost", initial=costs)
        self.sources = SourceLines(given, prefix="source", initial=[_told(line) for line in lines if _other(line)])

    def is_valid(self) -> bool:
        """Whether every line can be written."""
        return all([self.asked.is_valid(), self.costs.is_valid(), self.sources.is_valid()])

    def lines(self) -> list[dict[str, Any]]:
        """What the service writes: readable lines, in their order."""
        return [line for _form, line in self._filled()]

    def refuse(self, error: ValidationError) -> None:
        """Say beside each line what the service refuses of it, by its place."""
        forms_ = [form for form, _line in self._filled()]
        for place, sentences in error.message_dict.items():
            form = forms_[int(place)]
            form.add_error("label" if "label" in form.fields else None, sentences)

    def _filled(self) -> list[tuple[Any, dict[str, Any]]]:
        self.is_valid()
        found = [(form, line) for form in self.costs if (line := form.line())]
        asked = getattr(self.asked, "cleaned_data", {}).get("asked")
        if asked:
            name = self.application.call.fund.name
            line = {"side": BudgetSide.SOURCE, "kind": SourceKind.ASKED, "label": name, "amount": asked}
            found.append((self.asked, line))
        return found + [(form, line) for form in self.sources if (line := form.line())]

    def totals(self) -> Totals:
        """The totals of what is typed and can be read; of what is written when nothing was sent."""
        if not self.asked.is_bound:
            return totals_of(self._written)
        return totals_of(
            BudgetLine(**{name: line[name] for name in line if name != "organization"}) for line in self.lines()
        )

    @property
    def unread(self) -> int:
        """How many amounts cannot be read."""
        forms_ = [self.asked, *self.costs, *self.sources]
        return sum(1 for form in forms_ if {"amount", "asked"} & set(form.errors))


def _other(line: BudgetLine) -> bool:
    return line.side == BudgetSide.SOURCE and line.kind != SourceKind.ASKED


def _told(line: BudgetLine) -> dict[str, Any]:
    return {
        "label": line.label, "kind": line.kind, "amount": line.amount, "is_confirmed": line.is_confirmed,
        "organization": line.organization.name if line.organization else "",
    }  # fmt: skip


def _longer(sent: QueryDict) -> QueryDict:
    """What was sent, with room for more lines."""
    longer = sent.copy()
    for prefix in ("cost", "source"):
        count = sent.get(f"{prefix}-TOTAL_FORMS", "")
        if count.isascii() and count.isdigit() and len(count) < 4:
            longer[f"{prefix}-TOTAL_FORMS"] = str(min(int(count) + BLANK, MOST_LINES // 2 - 1))
    return longer
