"""What the pages of plans and objectives ask."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.fields import DayField
from maillage.projects.models import Action, Plan

from .screened import Screened


class PlanForm(Screened, forms.Form):
    """A plan: its title, its period, a few words."""

    TOLD = ("title", "words")

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=200)
    start = DayField(label=gettext_lazy("Début"))
    end = DayField(label=gettext_lazy("Fin"))
    words = forms.CharField(
        label=gettext_lazy("En bref"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """A plan ends after it begins."""
        values = super().clean() or {}
        start, end = values.get("start"), values.get("end")
        if start and end and end < start:
            self.add_error("end", _("La fin du plan précède son début."))
        return values


class ObjectiveForm(Screened, forms.Form):
    """An objective, and whether it is a target of the year."""

    TOLD = ("title",)

    title = forms.CharField(label=gettext_lazy("Objectif"), max_length=300)
    is_priority = forms.BooleanField(label=gettext_lazy("Cible prioritaire de l'année"), required=False)


class CopyForm(PlanForm):
    """The plan that goes on with another, and the actions that it takes."""

    actions = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Actions qui se poursuivent"), queryset=Action.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["words"]
        field = self.fields["actions"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = offered


def next_period(plan: Plan) -> tuple[date, date]:
    """The period right after a plan's, of the same length to the day of the year."""
    years = max(1, round((plan.end - plan.start).days / 365))
    return _later(plan.start, years), _later(plan.end, years)


def next_title(plan: Plan, years: Iterable[int]) -> str:
    """The title of the plan that goes on with `plan`: its years moved on; those of its period where it names none."""
    start, end = next_period(plan)
    shift = start.year - plan.start.year
    title = plan.title
    for year in sorted(set(years), reverse=True):
        title = title.replace(str(year), str(year + shift))
    if title == plan.title:
        said = str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        return f"{title[:180]} ({said})"
    return title[:200]


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # a 29th of February
        return day.replace(year=day.year + years, day=28)
