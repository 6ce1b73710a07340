"""What the pages of a yearly review ask."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.models import Meeting
from maillage.core.fields import DayField
from maillage.core.typography import day
from maillage.projects.enums import SupportState, Verdict
from maillage.projects.models import Plan, Review, ReviewLine
from maillage.projects.plan_reading import told_promise
from maillage.projects.reviewing import Proposal, meetings_of_plan
from maillage.projects.services.reviews import FIRST, LAST, NextPlan

from .screened import Screened

OFFERED = 100  # meetings that a list offers


class ReviewForm(Screened, forms.Form):
    """When the review is made, in which meeting, what is kept of it; its year when it is opened."""

    TOLD = ("words",)

    year = forms.IntegerField(label=gettext_lazy("Année dont on fait le bilan"), min_value=FIRST, max_value=LAST)
    held_on = DayField(label=gettext_lazy("Fait le"))
    meeting = forms.ModelChoiceField(
        label=gettext_lazy("À quelle rencontre"), queryset=Meeting.objects.none(), required=False
    )
    words = forms.CharField(
        label=gettext_lazy("Ce que nous en retenons"), max_length=10_000, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Any, plan: Plan, review: Review | None = None, **options: Any) -> None:
        today = timezone.localdate()
        options["initial"] = (
            {"year": max(plan.start, min(plan.end, today)).year, "held_on": today}
            if review is None
            else {"held_on": review.held_on, "meeting": review.meeting_id, "words": review.words}
        )
        super().__init__(*args, **options)
        if review is not None:
            del self.fields["year"]
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)
        offered = meetings_of_plan(actor, plan)
        field.queryset = offered
        named = [(one.pk, f"{day(timezone.localdate(one.starts_at))} – {one.title}") for one in offered[:OFFERED]]
        if review is not None and review.meeting is not None and review.meeting_id not in dict(named):
            named.append((review.meeting.pk, review.meeting.title))
        field.choices = [("", str(_("Hors rencontre"))), *named]


class LineForm(Screened, forms.Form):
    """What came of one action's target, whether it goes on, and what became of each of its supports."""

    TOLD = ("words",)

    verdict = forms.ChoiceField(
        label=gettext_lazy("La cible est-elle atteinte ?"), choices=Verdict.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Dites si la cible est atteinte.")},
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Ce qui en est ressorti"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    goes_on = forms.BooleanField(label=gettext_lazy("Se poursuit l'an prochain"), required=False)

    def __init__(self, *args: Any, action: Any, line: ReviewLine | None, proposed: Proposal, **options: Any) -> None:
        options["prefix"] = f"a{action.pk}"
        options["initial"] = (
            {"verdict": line.verdict, "words": line.words, "goes_on": line.goes_on}
            if line is not None
            else {"verdict": proposed.verdict, "goes_on": proposed.goes_on}
        )
        super().__init__(*args, **options)
        self.supports = {f"support-{one.pk}": one.pk for one in action.supports.all()}
        for one in action.supports.all():
            told = told_promise(one)
            self.fields[f"support-{one.pk}"] = forms.ChoiceField(
                label=told, choices=SupportState.choices, initial=one.state
            )

    def values(self) -> dict[str, Any]:
        """What is said of the target."""
        return {name: self.cleaned_data[name] for name in ("verdict", "words", "goes_on")}

    def said(self) -> dict[int, str]:
        """What became of the supports."""
        return {pk: self.cleaned_data[name] for name, pk in self.supports.items()}


class PriorityForm(Screened, forms.Form):
    """A target that comes first in the year to come, with who promises to support it."""

    TOLD = ("statement",)

    statement = forms.CharField(label=gettext_lazy("Cible prioritaire"), max_length=300)
    support = forms.CharField(
        label=gettext_lazy("Appuis promis"), max_length=500, required=False,
        help_text=gettext_lazy("Qui soutient, et par quoi. Plusieurs appuis se séparent par une virgule."),
    )  # fmt: skip


class CloseForm(Screened, forms.Form):
    """Whether closing opens the plan of the year to come, and under what title and for which days."""

    TOLD = ("title",)

    opens = forms.BooleanField(
        label=gettext_lazy("Ouvrir le plan de la période suivante"), required=False, initial=True
    )
    title = forms.CharField(label=gettext_lazy("Titre du plan suivant"), max_length=200, required=False)
    start = DayField(label=gettext_lazy("Début"), required=False)
    end = DayField(label=gettext_lazy("Fin"), required=False)

    def __init__(self, *args: Any, period: tuple[date, date], title: str, **options: Any) -> None:
        options["initial"] = {"opens": True, "title": title, "start": period[0], "end": period[1]}
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """The next plan needs its title and its days."""
        values = super().clean() or {}
        if values.get("opens"):
            for name in ("title", "start", "end"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Donnez-le, ou décochez l'ouverture du plan suivant."))
        return values

    def following(self) -> NextPlan | None:
        """The plan to open, if any."""
        values = self.cleaned_data
        return NextPlan(values["title"], values["start"], values["end"]) if values["opens"] else None
