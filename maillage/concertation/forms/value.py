"""A story of value: a title, then a box for each cycle."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.community.questions import meetings_offered
from maillage.concertation.community.value import ASKS
from maillage.concertation.enums import ValueCycle
from maillage.concertation.models import Group, ValueStory
from maillage.concertation.services.value_stories import Told
from maillage.core.templatetags.typography import day
from maillage.core.text import as_number


class StoryForm(forms.Form):
    """What a story says; at least one cycle is told."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=200)
    may_be_quoted = forms.BooleanField(
        label=gettext_lazy("Ce récit peut être cité hors du groupe, sans mon nom"), required=False
    )

    def __init__(self, data: Any, group: Group, story: ValueStory | None = None) -> None:
        said = {part.cycle: part for part in story.parts.all()} if story else {}
        initial: dict[str, Any] = {"title": story.title, "may_be_quoted": story.may_be_quoted} if story else {}
        kept = {part.meeting_id for part in said.values() if part.meeting_id}
        self.meetings = {meeting.pk: meeting for meeting in meetings_offered(group)}
        self.meetings |= {meeting.pk: meeting for meeting in group.meetings.filter(pk__in=kept - set(self.meetings))}
        for cycle, part in said.items():
            initial |= {f"text_{cycle}": part.text, f"evidence_{cycle}": part.evidence}
            initial[f"meeting_{cycle}"] = str(part.meeting_id or "")
        super().__init__(data, initial=initial)
        choices = [("", _("Aucune en particulier"))]
        choices += [(str(one.pk), f"{one.title} ({day(one.starts_at)})") for one in self.meetings.values()]
        for cycle in ValueCycle:
            self.fields[f"text_{cycle.value}"] = forms.CharField(
                label=cycle.label,
                required=False,
                max_length=2000,
                help_text=ASKS[cycle],
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields[f"evidence_{cycle.value}"] = forms.CharField(
                label=gettext_lazy("Ce qui le montre"), required=False, max_length=500
            )
            self.fields[f"meeting_{cycle.value}"] = forms.ChoiceField(
                label=gettext_lazy("À partir de quelle rencontre"), required=False, choices=choices
            )

    @property
    def boxes(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each cycle, in order."""
        return [(self[f"text_{c}"], self[f"evidence_{c}"], self[f"meeting_{c}"]) for c in ValueCycle.values]

    def clean(self) -> dict[str, Any]:
        """What shows something goes with what happened; a story tells at least one cycle."""
        said = super().clean() or {}
        for cycle in ValueCycle.values:
            if said.get(f"evidence_{cycle}") and not said.get(f"text_{cycle}"):
                self.add_error(f"text_{cycle}", _("Dites aussi ce qui s'est passé."))
        if not self.errors and not any(said.get(f"text_{cycle}") for cycle in ValueCycle.values):
            raise forms.ValidationError(_("Racontez au moins un des cinq moments : le plus petit compte."))
        return said

    def parts(self) -> dict[int, Told]:
        """What is told, by cycle."""
        said = self.cleaned_data
        return {
            cycle: Told(
                said[f"text_{cycle}"],
                said[f"evidence_{cycle}"],
                self.meetings.get(as_number(said[f"meeting_{cycle}"]) or 0),
            )
            for cycle in ValueCycle.values
            if said[f"text_{cycle}"]
        }
