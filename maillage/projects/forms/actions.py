"""What the pages of actions ask: the whole action, its line in place, its supports, its measures."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.fields import DayField
from maillage.core.typography import number
from maillage.directory.models import Organization
from maillage.projects.amounts import figure_of
from maillage.projects.doers import members_named
from maillage.projects.enums import ActionState, PartKind, TargetWay
from maillage.projects.models import Action, Objective, Plan

from .amounts import AmountInput
from .screened import Screened

NAMES = gettext_lazy("Plusieurs noms se séparent par une virgule. Un membre, une organisation ou tout autre nom.")


class FigureField(forms.Field):
    """A number with two decimals at most, typed « 1 200,5 » or « 1,200.5 »; `Decimal` once read."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "maxlength": 30}

    def to_python(self, value: Any) -> Decimal | None:
        """The number. Raises `ValidationError` with a sentence."""
        if value in self.empty_values:
            return None
        found = figure_of(str(value))
        if found is None:
            raise forms.ValidationError(
                _("« %(text)s » n'est pas un nombre. Écrivez par exemple 12 ou 1 200,5."),
                params={"text": str(value)[:40]},
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        """As it is read: no decimals where there are none."""
        if not isinstance(value, Decimal):
            return value
        return number(value, 0 if value == value.to_integral_value() else 2)


class RankField(forms.IntegerField):
    """The place of an action under its objective."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=gettext_lazy("Rang dans l'objectif"), min_value=1, max_value=999, required=False,
            help_text=gettext_lazy("1 vient en premier. Vide : à la fin pour une action nouvelle, sinon là où elle est."), **options,
        )  # fmt: skip


class DoersForm(Screened, forms.Form):
    """A form that asks who does an action: names of members and of organizations become them, others stay as typed."""

    doers = forms.CharField(
        label=gettext_lazy("Qui s'en occupe"), max_length=600, required=False, help_text=NAMES,
        widget=forms.TextInput(attrs={"list": "doers", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        self.plan = plan
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """`members`, `organization` and what remains of the names in `who`."""
        values = super().clean() or {}
        typed = [name for part in values.pop("doers", "").split(",") if (name := " ".join(part.split()))]
        members, others = members_named(self.plan, typed)
        organization = next((found for name in others if (found := _organization(name)) is not None), None)
        if organization is not None:
            others = [name for name in others if name.casefold() != organization.name.casefold()]
        if len(", ".join(others)) > 200:
            self.add_error("doers", _("Ces noms dépassent 200 caractères : nommez moins de personnes hors du groupe."))
        return values | {"members": members, "organization": organization, "who": ", ".join(others)}


class ActionLineForm(DoersForm):
    """What is changed in place: the words, where it stands, who, for when, its rank."""

    TOLD = ("title",)

    title = forms.CharField(label=gettext_lazy("Action"), max_length=300)
    state = forms.ChoiceField(label=gettext_lazy("État"), choices=ActionState.choices)
    due_on = DayField(label=gettext_lazy("Pour le"), required=False)
    rank = RankField()
    field_order = ("title", "state", "doers", "due_on", "rank")


class ActionForm(DoersForm):
    """The whole action."""

    TOLD = ("title", "details", "means", "indicator", "unit", "outcome")

    objective = forms.ModelChoiceField(
        label=gettext_lazy("Objectif"), queryset=Objective.objects.none(), empty_label=None
    )
    rank = RankField()
    title = forms.CharField(label=gettext_lazy("Action"), max_length=300)
    details = forms.CharField(
        label=gettext_lazy("Précisions"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    state = forms.ChoiceField(label=gettext_lazy("État"), choices=ActionState.choices, initial=ActionState.TO_DO)
    partners = forms.CharField(
        label=gettext_lazy("Partenaires"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Une organisation du répertoire par ligne."),
    )  # fmt: skip
    means = forms.CharField(label=gettext_lazy("Moyens"), max_length=500, required=False)
    starts_on = DayField(label=gettext_lazy("Débute le"), required=False)
    due_on = DayField(label=gettext_lazy("Pour le"), required=False)
    done_on = DayField(
        label=gettext_lazy("Fait le"), required=False,
        help_text=gettext_lazy("Pour une action faite. Aujourd'hui si vous n'en dites rien."),
    )  # fmt: skip
    after = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Vient après"), queryset=Action.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("Les actions du plan qui doivent être faites avant celle-ci."),
    )  # fmt: skip
    indicator = forms.CharField(
        label=gettext_lazy("Indicateur"), max_length=300, required=False,
        help_text=gettext_lazy("Ce que vous compterez pour savoir, par exemple : logements visités."),
    )  # fmt: skip
    unit = forms.CharField(label=gettext_lazy("Unité"), max_length=60, required=False)
    target = FigureField(label=gettext_lazy("Cible"), required=False)
    way = forms.ChoiceField(
        label=gettext_lazy("Sens de la cible"), choices=TargetWay.choices, initial=TargetWay.AT_LEAST, required=False
    )
    outcome = forms.CharField(
        label=gettext_lazy("Ce qui en est ressorti"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    field_order = (
        "title", "objective", "rank", "state", "doers", "starts_on", "due_on", "done_on", "details", "partners", "means", "after",
        "indicator", "unit", "target", "way", "outcome",
    )  # fmt: skip

    def __init__(self, *args: Any, action: Action | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Action.objects.filter(objective__plan=self.plan).order_by("objective__position", "position", "id")
        for name, rows in (("objective", self.plan.objectives.order_by("position", "id")), ("after", others)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows.exclude(pk=action.pk) if name == "after" and action is not None else rows

    def clean_partners(self) -> list[Organization]:
        """The organizations of these names, each once."""
        names = [name for line in self.cleaned_data["partners"].splitlines() if (name := " ".join(line.split()))]
        found = {name: _organization(name) for name in names}
        missing = [name for name, organization in found.items() if organization is None]
        if missing:
            raise forms.ValidationError(
                _("Aucune organisation du répertoire ne porte le nom « %s ». Vérifiez-le, ou faites-la ajouter.")
                % missing[0][:80]
            )
        return list({partner.pk: partner for partner in found.values() if partner is not None}.values())

    def clean_way(self) -> str:
        """Upwards when nothing is said."""
        return str(self.cleaned_data["way"] or TargetWay.AT_LEAST)

    def clean(self) -> dict[str, Any]:
        """Days in order; a target has an indicator."""
        values = super().clean() or {}
        starts, due = values.get("starts_on"), values.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", _("L'échéance de l'action précède son début."))
        if values.get("target") is not None and not values.get("indicator"):
            missing = forms.ValidationError(_("Dites ce que la cible mesure : son indicateur."), code="missing")
            self.add_error("indicator", missing)
        return values


class SupportForm(Screened, forms.Form):
    """A named support: who, what part, in what words, how much."""

    TOLD = ("words",)

    who = forms.CharField(
        label=gettext_lazy("Qui appuie"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "doers", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Part"), choices=PartKind.choices, initial=PartKind.TIME)
    words = forms.CharField(label=gettext_lazy("Ce qui est promis"), max_length=300, required=False)
    amount = AmountInput(label=gettext_lazy("Montant"), required=False)
    promised_on = DayField(label=gettext_lazy("Promis le"), required=False)

    def values(self) -> dict[str, Any]:
        """What the service writes: the organization of this name, or the name."""
        given = super().values()
        name = " ".join(given.pop("who").split())
        organization = _organization(name)
        if given["promised_on"] is None:
            del given["promised_on"]
        return {**given, "organization": organization, "name": "" if organization else name}


class MeasureForm(Screened, forms.Form):
    """What an indicator was on a day."""

    TOLD = ("words",)

    on = DayField(label=gettext_lazy("Date"))
    value = FigureField(label=gettext_lazy("Mesure"))
    words = forms.CharField(label=gettext_lazy("D'où vient la mesure"), max_length=300, required=False)


def _organization(name: str) -> Organization | None:
    """The one organization of the directory that bears this whole name."""
    found = list(Organization.objects.filter(name__iexact=name.strip()).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None
