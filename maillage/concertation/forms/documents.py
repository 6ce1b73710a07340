"""What the pages of documents ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from maillage.concertation.models import AgendaItem, Meeting


class DocumentForm(forms.Form):
    """A file or an address, with its title and the item that it is for."""

    file = forms.FileField(label=gettext_lazy("Fichier"), required=False, max_length=300, allow_empty_file=True)
    url = forms.URLField(label=gettext_lazy("Ou une adresse"), required=False, max_length=500, assume_scheme="https")
    title = forms.CharField(
        label=gettext_lazy("Titre"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Vide : le nom du fichier, ou l'adresse."),
    )
    item = forms.ModelChoiceField(
        label=gettext_lazy("Pour le point"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=gettext_lazy("Toute la rencontre"),
    )

    def __init__(self, *args: Any, meeting: Meeting | None, **options: Any) -> None:
        super().__init__(*args, **options)
        items = self.fields["item"]
        assert isinstance(items, forms.ModelChoiceField)
        if meeting is None:
            del self.fields["item"]
        else:
            items.queryset = meeting.items.defer("notes").order_by("position", "id")
