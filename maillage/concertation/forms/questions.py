"""What the pages of questions ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.community.questions import Wanted, meetings_offered, topics_offered
from maillage.concertation.models import Answer, Group, Question, Topic
from maillage.core.templatetags.typography import day
from maillage.core.text import as_number, as_uid

STATES = [
    ("", gettext_lazy("Toutes")),
    ("waiting", gettext_lazy("Sans réponse")),
    ("open", gettext_lazy("Ouvertes")),
    ("helped", gettext_lazy("Avec une réponse qui a aidé")),
    ("closed", gettext_lazy("Closes")),
]
WHOSE = [
    ("", gettext_lazy("De tout le groupe")),
    ("mine", gettext_lazy("Les miennes")),
    ("known", gettext_lazy("Sur ce que je connais")),
]


class QuestionFilter(forms.Form):
    """Words, state, theme, whose."""

    q = forms.CharField(label=gettext_lazy("Mots"), required=False, max_length=100)
    etat = forms.ChoiceField(label=gettext_lazy("État"), required=False, choices=STATES)
    theme = forms.ChoiceField(label=gettext_lazy("Thème"), required=False)
    qui = forms.ChoiceField(label=gettext_lazy("Posées par"), required=False, choices=WHOSE)

    def __init__(self, data: Any, topics: list[Topic]) -> None:
        super().__init__(data)
        choices = [("", gettext_lazy("Tous")), *((str(topic.pk), topic.name) for topic in topics)]
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What is looked for; a value that means nothing is passed over."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            words=said.get("q", ""),
            state=said.get("etat", ""),
            topic=as_number(said.get("theme")),
            meeting=str(as_uid(self.data.get("rencontre")) or ""),
            whose=said.get("qui", ""),
        )


class QuestionForm(forms.ModelForm):
    """A question, attached to a meeting, a tool or a theme."""

    tool_url = forms.URLField(
        label=gettext_lazy("Adresse de l'outil"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = Question
        fields = ("title", "text", "topic", "meeting", "tool_name", "tool_url")
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, group: Group, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].label = _("Votre question, en une phrase")
        self.fields["text"].label = _("Contexte")
        self.fields["text"].help_text = _("Ce que vous avez essayé, ce qui bloque. Jamais qui est la personne aidée.")
        self.fields["tool_name"].label = _("Outil, guide ou formulaire")
        topic, meeting = self.fields["topic"], self.fields["meeting"]
        topic.queryset = topics_offered(group, self.instance.topic_id)  # type: ignore[attr-defined]
        topic.empty_label = meeting.empty_label = _("Aucun en particulier")  # type: ignore[attr-defined]
        meeting.empty_label = _("Aucune en particulier")  # type: ignore[attr-defined]
        topic.help_text = _("Les membres qui ont dit connaître ce thème recevront la question.")
        meeting.queryset = meetings_offered(group, self.instance.meeting_id)  # type: ignore[attr-defined]
        meeting.label_from_instance = _dated  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A question is about something: there is no open forum."""
        said = super().clean() or {}
        if not self.errors and not any(said.get(name) for name in ("topic", "meeting", "tool_name")):
            raise forms.ValidationError(_("Rattachez la question à un thème, à une rencontre ou à un outil."))
        return said


def _dated(meeting: Any) -> str:
    return f"{meeting.title} ({day(meeting.starts_at)})"


class AnswerForm(forms.ModelForm):
    """An answer."""

    class Meta:
        model = Answer
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("Votre réponse")


class TopicForm(forms.ModelForm):
    """A theme of a group's practice."""

    class Meta:
        model = Topic
        fields = ("name",)
