"""What is asked of whoever shows what a need rests on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from maillage.concertation.models import Document, Group, Meeting
from maillage.journal.models import Entry
from maillage.journal.queries import entry_at

from .needs import OFFERED
from .row_field import RowField


class EvidenceForm(forms.Form):
    """Each line that is filled is one piece; an entry is given by the address of its page."""

    words = forms.CharField(
        label=_("Parole recueillie"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ce qui a été dit, sans dire par qui."),
    )
    url = forms.URLField(
        label=_("Adresse d'une page ou d'un document"), required=False, max_length=500, assume_scheme="https"
    )
    entry = forms.CharField(
        label=_("Intervention du journal"),
        required=False,
        max_length=300,
        help_text=_("Collez l'adresse de sa page. Le groupe n'en lit rien : seule l'équipe du programme l'ouvre."),
    )

    def __init__(
        self, *args: Any, actor: Any, group: Group, meetings: list[Meeting], journal: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        if not journal:
            del self.fields["entry"]
        if meetings:
            self.fields["meeting"] = RowField(meetings, _("Aucune"), label=_("Rencontre"))
        if documents := list(Document.objects.filter(group=group).order_by("-added_at", "-id")[:OFFERED]):
            self.fields["document"] = RowField(documents, _("Aucun"), label=_("Document du groupe"))

    def clean_entry(self) -> Entry | None:
        """The entry that the address names, among those that the person reads."""
        typed = self.cleaned_data["entry"]
        if not typed:
            return None
        found = entry_at(self.actor, typed)
        if found is None:
            raise ValidationError(_("Aucune intervention que vous lisez n'a cette adresse."))
        return found
