"""What is asked of who opens a prioritising, and of each who fills a sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Method
from maillage.concertation.models import Group, NamedNeed, Prioritization
from maillage.concertation.services.prioritizing import CHOSEN, MOST_DOTS

from .needs import OFFERED, meetings_of
from .row_field import RowField


class OpenForm(forms.Form):
    """Which needs are compared, and how."""

    method = forms.ChoiceField(
        label=_("Comment ?"),
        choices=Method.choices,
        initial=Method.DOTS,
        widget=forms.RadioSelect,
        help_text=_("Points : chaque personne répartit les siens. Classement : chacune dit ce qui vient en premier."),
    )
    dots = forms.IntegerField(
        label=_("Points par personne"), initial=5, min_value=1, max_value=MOST_DOTS, required=False
    )
    needs = forms.TypedMultipleChoiceField(
        label=_("Besoins à comparer"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, group: Group, **options: Any) -> None:
        super().__init__(*args, **options)
        alive = NamedNeed.objects.on_board().filter(group=group, state__in=CHOSEN).order_by("-named_at", "-id")
        self.rows = {need.pk: need for need in alive[:OFFERED]}
        field = self.fields["needs"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(pk, need.statement) for pk, need in self.rows.items()]
        if meetings := list(meetings_of(group)[:OFFERED]):
            self.fields["meeting"] = RowField(meetings, _("En dehors d'une rencontre"), label=_("Rencontre"))

    def chosen(self) -> list[NamedNeed]:
        """The needs that were checked."""
        return [self.rows[pk] for pk in self.cleaned_data["needs"]]


class SheetForm(forms.Form):
    """A number for each need: its dots, or its rank."""

    def __init__(self, *args: Any, prioritization: Prioritization, needs: list[NamedNeed], **options: Any) -> None:
        super().__init__(*args, **options)
        most = prioritization.dots if prioritization.method == Method.DOTS else len(needs)
        for need in needs:
            field: forms.Field
            if prioritization.method == Method.DOTS:
                field = forms.IntegerField(label=need.statement, min_value=0, max_value=most, required=False)
                field.widget.attrs["inputmode"] = "numeric"
            else:
                ranks = [("", _("Sans rang")), *((str(rank), str(rank)) for rank in range(1, most + 1))]
                field = forms.TypedChoiceField(
                    label=need.statement, choices=ranks, coerce=int, empty_value=0, required=False
                )
            self.fields[f"need-{need.pk}"] = field

    def sheet(self) -> dict[int, int]:
        """What was typed, by need."""
        return {int(name.removeprefix("need-")): value or 0 for name, value in self.cleaned_data.items()}
