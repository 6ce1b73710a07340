"""What the pages of an agenda ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import ItemKind
from maillage.concertation.models import AgendaItem, Group, Member

FIELDS = ("title", "kind", "minutes", "details", "led_by", "led_by_name")


class ProposalForm(forms.Form):
    """An item that a member proposes."""

    title = forms.CharField(label=gettext_lazy("De quoi parler"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Pour"), choices=ItemKind.choices, widget=forms.RadioSelect, initial=ItemKind.DISCUSSION
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=600, widget=forms.NumberInput
    )
    details = forms.CharField(
        label=gettext_lazy("Précisions"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ItemForm(ProposalForm):
    """An item of the agenda, with who leads it: a member, or a name."""

    led_by = forms.ModelChoiceField(
        label=gettext_lazy("Porté par"), queryset=Member.objects.none(), required=False, empty_label="–"
    )
    led_by_name = forms.CharField(label=gettext_lazy("Ou une personne invitée (nom)"), max_length=200, required=False)

    def __init__(self, *args: Any, group: Group, **options: Any) -> None:
        super().__init__(*args, **options)
        led_by = self.fields["led_by"]
        assert isinstance(led_by, forms.ModelChoiceField)
        current = Member.objects.current().filter(group=group)
        if chosen := self.initial.get("led_by"):
            current = current | Member.objects.filter(group=group, pk=chosen)
        led_by.queryset = current.select_related("person").order_by("person__name", "pk")


class ItemEditForm(ItemForm):
    """An item as somebody had it in sight: each field carries what it said then, so that two who write merge by field."""

    def __init__(self, *args: Any, item: AgendaItem, **options: Any) -> None:
        self.item = item
        options["initial"] = {name: getattr(item, name) for name in FIELDS} | {"led_by": item.led_by_id}
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def changes(self) -> dict[str, Any]:
        """What this person changed. A field that somebody else changed meanwhile gets a sentence with what it says now."""
        found: dict[str, Any] = {}
        for name in self.changed_data:
            value, stored = self.cleaned_data[name], getattr(self.item, name)
            if stored not in (self._seen(name), value):
                self.add_error(
                    name, _("Quelqu'un vient d'écrire ici : « %s ». Vérifiez, puis enregistrez de nouveau.") % stored
                )
            found[name] = value
        return found

    def _seen(self, name: str) -> Any:
        """What the field said when the page was shown; what does not read counts as what is stored."""
        field, sent = self.fields[name], self.data.get(self.add_initial_prefix(name))
        if sent is None:
            return getattr(self.item, name)
        try:
            return field.clean(sent) if sent else getattr(field, "empty_value", None)
        except forms.ValidationError:
            return getattr(self.item, name)
