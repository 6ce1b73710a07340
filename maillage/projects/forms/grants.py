"""Forms of the committee and of the grant: interest, scores, decision, signature, payments, amendments."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from maillage.concertation.models import Meeting
from maillage.core.fields import DayField
from maillage.core.typography import day, number
from maillage.projects.amounts import ZERO
from maillage.projects.enums import AmendmentKind, DecisionOutcome, PaymentKind
from maillage.projects.models import Criterion, Score

from .amounts import AmountInput
from .screened import Screened

_NOTE = forms.Textarea(attrs={"rows": 2})


class FormBeside(forms.Form):
    """A form beside others on its page: the ids of its fields are its own."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}-%s")
        super().__init__(*args, **options)


class ConflictForm(Screened, FormBeside):
    """An interest in an application."""

    TOLD = ("reason",)

    reason = forms.CharField(
        label=gettext_lazy("En quoi êtes-vous en conflit d'intérêts ?"), max_length=300,
        error_messages={"required": gettext_lazy("Dites en quoi vous êtes en conflit d'intérêts.")},
    )  # fmt: skip


class TakeBackForm(FormBeside):
    """Why an interest was declared by mistake."""

    why = forms.CharField(
        label=gettext_lazy("Pourquoi était-ce une erreur ?"), max_length=300,
        error_messages={"required": gettext_lazy("Dites pourquoi c'était une erreur.")},
    )  # fmt: skip


class ScoreForm(Screened, FormBeside):
    """A score and a comment by criterion; an empty score is not given yet."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], own: Mapping[int, Score], **options: Any) -> None:
        super().__init__(*args, **options)
        self.criteria = criteria
        self.TOLD = tuple(f"comment_{one.pk}" for one in criteria)
        for criterion in criteria:
            score = own.get(criterion.pk)
            self.fields[f"points_{criterion.pk}"] = forms.IntegerField(
                label=_("%(criterion)s (de 0 à %(most)s)") % {"criterion": criterion.label, "most": number(criterion.most)},
                help_text=criterion.words, min_value=0, max_value=criterion.most, required=False,
                error_messages=_scored(criterion),
                initial=score.points if score else None,
            )  # fmt: skip
            self.fields[f"comment_{criterion.pk}"] = forms.CharField(
                label=_("Pourquoi : %s") % criterion.label, max_length=1000, required=False, widget=_NOTE,
                initial=score.comment if score else "",
            )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        values = self.cleaned_data
        given = {one.pk: (values[f"points_{one.pk}"], values[f"comment_{one.pk}"].strip()) for one in self.criteria}
        return {"given": given, "confirmed": self.is_confirmed}


class DecisionForm(Screened, FormBeside):
    """What the committee decided, and in which of its meetings."""

    TOLD = ("reason", "conditions")

    outcome = forms.ChoiceField(
        label=gettext_lazy("Décision"), choices=DecisionOutcome.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez ce que le comité a décidé.")},
    )  # fmt: skip
    amount = AmountInput(
        label=gettext_lazy("Montant accordé"), required=False,
        help_text=gettext_lazy("Pour une demande accordée en partie. Accordée sans plus : le montant demandé."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Raison"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Le groupe la lira telle quelle."),
        error_messages={"required": gettext_lazy("Donnez la raison de la décision : le groupe la lira.")},
    )  # fmt: skip
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    decided_on = DayField(label=gettext_lazy("Décidé le"), initial=timezone.localdate)
    meeting = forms.ModelChoiceField(
        label=gettext_lazy("À la rencontre"), queryset=Meeting.objects.none(), required=False, to_field_name="uid",
        empty_label=gettext_lazy("Aucune, ou une autre"),
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = meetings
        field.label_from_instance = lambda obj: f"{obj.title}, {day(timezone.localdate(obj.starts_at))}"  # type: ignore[method-assign]
        if not meetings:
            del self.fields["meeting"]


class SignatureForm(FormBeside):
    """The day on which the letter was signed."""

    on = DayField(label=gettext_lazy("Lettre signée le"), initial=timezone.localdate)


class PaymentForm(FormBeside):
    """Money that went out or came back."""

    kind = forms.ChoiceField(label=gettext_lazy("Sens"), choices=PaymentKind.choices)
    amount = AmountInput(
        label=gettext_lazy("Montant"), error_messages={"required": gettext_lazy("Donnez le montant qui a bougé.")}
    )
    on = DayField(label=gettext_lazy("Date"), initial=timezone.localdate)
    reference = forms.CharField(
        label=pgettext_lazy("versement", "Référence"), max_length=100, required=False,
        help_text=gettext_lazy("Le numéro du chèque ou du virement."),
    )  # fmt: skip


class CancelForm(FormBeside):
    """Why a payment was a mistake."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi l'annuler ?"), max_length=300,
        error_messages={"required": gettext_lazy("Dites pourquoi ce mouvement est annulé.")},
    )  # fmt: skip


class AmendmentForm(Screened, FormBeside):
    """What changes of what was agreed."""

    TOLD = ("reason",)

    kind = forms.ChoiceField(label=gettext_lazy("Ce qui change"), choices=AmendmentKind.choices)
    way = forms.ChoiceField(
        label=gettext_lazy("Si c'est le montant"), required=False,
        choices=[("more", gettext_lazy("Accorder de plus")), ("less", gettext_lazy("Retirer"))],
    )  # fmt: skip
    amount = AmountInput(label=gettext_lazy("De combien"), required=False)
    ends_on = DayField(label=gettext_lazy("Si ce sont les dates : nouvelle fin"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Raison"), max_length=1000, widget=_NOTE,
        error_messages={"required": gettext_lazy("Dites pourquoi l'entente change.")},
    )  # fmt: skip
    decided_on = DayField(label=gettext_lazy("Décidé le"), initial=timezone.localdate)

    def values(self) -> dict[str, Any]:
        """What the service writes: the change has the sign of its way."""
        told = self.cleaned_data
        amount = told["amount"] or ZERO
        return {
            "kind": told["kind"], "change": -amount if told["way"] == "less" else amount, "ends_on": told["ends_on"],
            "reason": told["reason"], "decided_on": told["decided_on"],
            "confirmed": self.is_confirmed,
        }  # fmt: skip


class AcceptForm(FormBeside):
    """The day on which the final report was accepted."""

    on = DayField(label=gettext_lazy("Rapport accepté le"), initial=timezone.localdate)


def _scored(criterion: Criterion) -> dict[str, str]:
    """What is said of a score that is none."""
    told = {"criterion": criterion.label, "most": number(criterion.most)}
    said = _("« %(criterion)s » se note de 0 à %(most)s, en nombre entier.") % told
    return dict.fromkeys(("invalid", "min_value", "max_value"), said)


def score_fields(form: ScoreForm) -> Iterator[tuple[Criterion, Any, Any]]:
    """Each criterion with its two fields."""
    for one in form.criteria:
        yield one, form[f"points_{one.pk}"], form[f"comment_{one.pk}"]
