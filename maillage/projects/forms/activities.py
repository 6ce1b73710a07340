"""What the pages of activities ask."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.fields import DayField
from maillage.directory.fields import OrganizationField
from maillage.directory.models import Organization
from maillage.projects.activity_counts import MOST
from maillage.projects.enums import ActivityKind, ActivityState, Audience
from maillage.projects.models import Activity
from maillage.projects.services.sessions import MOST_TIMES
from maillage.territories.fields import DivisionField, told_division
from maillage.territories.models import HousingSite
from maillage.territories.permissions import sites_visible_to

from .screened import Screened

FEW = 12  # sites that are offered as chips; more of them make a list


class ActivityForm(Screened, forms.Form):
    """An activity: what it is, where, with whom."""

    TOLD = ("title", "place", "details")

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=ActivityKind.choices, initial=ActivityKind.WORKSHOP)
    state = forms.ChoiceField(label=gettext_lazy("État"), choices=ActivityState.choices)
    sites = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Milieux"), queryset=HousingSite.objects.none(), required=False
    )
    place = forms.CharField(label=gettext_lazy("Lieu"), max_length=300, required=False)
    division = DivisionField(required=False)
    provider = OrganizationField(label=gettext_lazy("Offerte par"), required=False)
    details = forms.CharField(
        label=gettext_lazy("Précisions"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Personne n'y est désigné : ni numéro de logement, ni date de naissance, ni numéro d'assurance."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Any, activity: Activity, **options: Any) -> None:
        if activity.pk:
            options["initial"] = _initial(activity)
        super().__init__(*args, **options)
        if not activity.pk:
            del self.fields["state"]
        field = self.fields["sites"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = offered_sites(actor, activity)
        if (activity.project_id or 0) and field.queryset.count() <= FEW:
            field.widget = forms.CheckboxSelectMultiple()
        else:
            field.widget = forms.SelectMultiple(attrs={"size": 6})
        field.widget.choices = field.choices
        if not field.queryset.exists():
            del self.fields["sites"]

    def values(self) -> dict[str, Any]:
        """What the service takes, sites apart."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("sites", "confirmed")}

    def sites_chosen(self) -> list[HousingSite]:
        """The sites."""
        return list(self.cleaned_data.get("sites", ()))


def _initial(activity: Activity) -> dict[str, Any]:
    named = ("title", "kind", "state", "place", "details")
    return {
        **{name: getattr(activity, name) for name in named},
        "division": told_division(activity.division) if activity.division else "",
        "provider": activity.provider.name if activity.provider else "",
        "sites": list(activity.sites.order_by("id").values_list("pk", flat=True)),
    }


def offered_organizations(activity: Activity) -> list[str]:
    """Names of organizations near: partners of the project, of its programme."""
    program = activity.program or (activity.project.program if activity.project else None)
    near = Q(partnerships__program=program) if program else Q(pk__in=())
    if activity.project:
        near |= Q(project_parts__project=activity.project)
    found = Organization.objects.active().filter(near).distinct().order_by("name", "id")
    return list(found.values_list("name", flat=True)[:200])


def offered_sites(actor: Any, activity: Activity) -> Any:
    """The sites among which an activity chooses: those of its project, or of its programme that `actor` sees; and its own."""
    here = Q(projects=activity.project) if activity.project else Q()
    program = activity.program or (activity.project.program if activity.project else None)
    if activity.project is None or not activity.project.sites.exists():
        seen = sites_visible_to(actor).order_by().values("pk")
        here = Q(program_sites__program=program, pk__in=seen) if program else Q(pk__in=())
    if activity.pk:
        here |= Q(activities=activity)
    found = HousingSite.objects.filter(here).order_by().values("pk")
    return HousingSite.objects.filter(pk__in=found).order_by("name", "id")


class CountForm(forms.Form):
    """A number of people by category; empty where nobody was counted."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for word in Audience:
            self.fields[f"n_{word.value}"] = forms.IntegerField(
                label=word.label, min_value=0, max_value=MOST, required=False,
                error_messages={"invalid": _("Écrivez un nombre entier, par exemple 12.")},
            )  # fmt: skip

    def counters(self) -> list[forms.BoundField]:
        """The fields of numbers, in the order of the categories."""
        return [self[f"n_{word.value}"] for word in Audience]

    def numbers(self) -> dict[str, int | None]:
        """By category, what was counted."""
        return {word.value: self.cleaned_data.get(f"n_{word.value}") for word in Audience}


def counted(numbers: dict[str, int]) -> dict[str, int]:
    """Numbers by category as the form takes them back."""
    return {f"n_{audience}": count for audience, count in numbers.items()}


class SessionForm(CountForm):
    """A session: when, how long, how many came; and, for a new one, those that follow it."""

    on = DayField(label=gettext_lazy("Date"))
    starts_at = forms.TimeField(
        label=gettext_lazy("Heure"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Écrivez l'heure ainsi : 13:30.")},
    )  # fmt: skip
    minutes = forms.IntegerField(label=gettext_lazy("Durée en minutes"), min_value=1, max_value=14_400, required=False)
    times = forms.IntegerField(
        label=gettext_lazy("Séances de plus"), min_value=0, max_value=MOST_TIMES, required=False,
        help_text=gettext_lazy("Les mêmes heure et durée. Le nombre de personnes se dit à chacune, une fois tenue."),
    )  # fmt: skip
    every = forms.TypedChoiceField(
        label=gettext_lazy("À intervalle"), required=False, coerce=int, empty_value=None,
        choices=[(1, gettext_lazy("Chaque jour")), (7, gettext_lazy("Chaque semaine")), (14, gettext_lazy("Toutes les deux semaines")), (28, gettext_lazy("Toutes les quatre semaines"))],
        initial=7,
    )  # fmt: skip

    def __init__(self, *args: Any, new: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not new:
            del self.fields["times"], self.fields["every"]

    def values(self) -> dict[str, Any]:
        """When and how long."""
        return {name: self.cleaned_data.get(name) for name in ("on", "starts_at", "minutes")}

    def repeated(self) -> dict[str, Any]:
        """How many follow, and how far apart."""
        return {"times": self.cleaned_data.get("times") or 0, "every": self.cleaned_data.get("every") or 7}


class ActivityFilter(forms.Form):
    """The filters of the list of activities."""

    q = forms.CharField(label=gettext_lazy("Mots du titre"), max_length=100, required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    etat = forms.ChoiceField(label=gettext_lazy("État"), required=False)
    annee = forms.ChoiceField(label=gettext_lazy("Année"), required=False)
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)

    def __init__(self, *args: Any, years: list[int], programs: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        anything = ("", _("Tous"))
        offered = {
            "type": [anything, *ActivityKind.choices],
            "etat": [anything, *ActivityState.choices],
            "annee": [("", _("Toutes")), *((str(year), str(year)) for year in years)],
            "programme": [anything, *programs],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
