"""What somebody knows of a group's themes, and whether they may be asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from maillage.concertation.models import PracticeArea, Topic

MOST_WORDS = 300


class PracticeForm(forms.Form):
    """A box and a few words for each theme; nothing is checked for who declares the first time."""

    may_be_asked = forms.BooleanField(
        label=gettext_lazy("On peut m'envoyer les questions sur ces thèmes"), required=False, initial=True
    )

    def __init__(self, data: Any, topics: list[Topic], mine: list[PracticeArea]) -> None:
        said = {area.topic_id: area for area in mine}
        initial: dict[str, Any] = {"may_be_asked": all(area.may_be_asked for area in mine)}
        for topic in topics:
            initial[f"knows_{topic.pk}"] = topic.pk in said
            initial[f"words_{topic.pk}"] = said[topic.pk].words if topic.pk in said else ""
        super().__init__(data, initial=initial)
        self.topics = topics
        for topic in topics:
            self.fields[f"knows_{topic.pk}"] = forms.BooleanField(label=topic.name, required=False)
            self.fields[f"words_{topic.pk}"] = forms.CharField(
                label=gettext_lazy("En quelques mots"), required=False, max_length=MOST_WORDS
            )

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """Each theme: its box and its words."""
        return [(self[f"knows_{topic.pk}"], self[f"words_{topic.pk}"]) for topic in self.topics]

    def known(self) -> dict[Topic, str]:
        """The themes that are checked, with their words."""
        said = self.cleaned_data
        return {topic: said[f"words_{topic.pk}"] for topic in self.topics if said[f"knows_{topic.pk}"]}
