"""What the pages of a support measure ask: the measure, its criteria, its calls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import GroupState
from maillage.concertation.models import Group
from maillage.core.fields import DayField
from maillage.programs.models import Program

from .amounts import AmountInput


class FundForm(forms.Form):
    """A support measure: what it supports, its money, its dates, its committee."""

    name = forms.CharField(label=gettext_lazy("Nom de la mesure"), max_length=200)
    words = forms.CharField(
        label=gettext_lazy("Ce qu'elle soutient"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    envelope = AmountInput(label=gettext_lazy("Enveloppe ($)"), help_text=gettext_lazy("Tout ce qu'elle peut donner."))
    most = AmountInput(label=gettext_lazy("Plafond par projet ($)"), required=False)
    most_share = forms.IntegerField(
        label=gettext_lazy("Part maximale du coût d'un projet (%)"), min_value=1, max_value=100, required=False
    )
    start = DayField(label=gettext_lazy("Début"))
    end = DayField(label=gettext_lazy("Fin"), required=False)
    committee = forms.ModelChoiceField(
        label=gettext_lazy("Comité d'évaluation"), queryset=Group.objects.none(), required=False,
        help_text=gettext_lazy("Un groupe : ses membres lisent les demandes déposées et les notent."),
    )  # fmt: skip
    signatory = forms.CharField(
        label=gettext_lazy("Qui signe les lettres"), max_length=200, required=False,
        help_text=gettext_lazy("Nom et titre, comme au bas de la lettre d'entente."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, actor: Any, program: Program, committee: Group | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        seen = Group.objects.visible_to(actor) | Group.objects.filter(programs=program)
        keys = set(seen.exclude(state=GroupState.ENDED).order_by().values_list("pk", flat=True))
        field = self.fields["committee"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Group.objects.filter(pk__in=keys | ({committee.pk} if committee else set()))
        field.empty_label = gettext_lazy("Pas encore de comité")


class CriterionForm(forms.Form):
    """What the committee looks at in each application."""

    label = forms.CharField(label=gettext_lazy("Critère"), max_length=200)
    words = forms.CharField(label=gettext_lazy("Ce qu'on regarde"), max_length=500, required=False)
    most = forms.IntegerField(label=gettext_lazy("Note maximale"), min_value=1, max_value=100, initial=5)
    weight = forms.IntegerField(label=gettext_lazy("Poids"), min_value=1, max_value=100, initial=1)


class CallForm(forms.Form):
    """A call: when applications are taken, when the answers and the reports come."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=200)
    words = forms.CharField(
        label=gettext_lazy("Consignes"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    opens_on = DayField(label=gettext_lazy("Ouvre le"))
    closes_on = DayField(label=gettext_lazy("Ferme le"))
    decides_on = DayField(label=gettext_lazy("Décisions pour le"), required=False)
    report_due_on = DayField(label=gettext_lazy("Rapports pour le"), required=False)
    envelope = AmountInput(label=gettext_lazy("Enveloppe de l'appel ($)"), required=False)
    is_announced = forms.BooleanField(
        label=gettext_lazy("L'annoncer : tout le monde peut le lire, sans compte"), required=False
    )


def values_of(obj: Any, form: type[forms.Form]) -> dict[str, Any]:
    """What `obj` says of the fields of `form`."""
    return {name: getattr(obj, name) for name in form.base_fields}
