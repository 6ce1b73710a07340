"""What the pages of minutes, decisions and follow-ups ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import DecisionWay, FollowUpState
from maillage.concertation.models import Decision, FollowUp, Group, Meeting, Member
from maillage.core.text import fold

from .fields import DayField

OFFERED = 200  # earlier decisions or meetings that a list offers


class DecisionForm(forms.Form):
    """A decision: its words, how it was made, its votes; its day outside of a meeting."""

    text = forms.CharField(label=gettext_lazy("Décision"), max_length=3000, widget=forms.Textarea(attrs={"rows": 2}))
    way = forms.ChoiceField(
        label=gettext_lazy("Manière"), choices=DecisionWay.choices, initial=DecisionWay.CONSENSUS, required=False
    )
    votes_for = forms.IntegerField(label=gettext_lazy("Pour"), min_value=0, max_value=100_000, required=False)
    votes_against = forms.IntegerField(label=gettext_lazy("Contre"), min_value=0, max_value=100_000, required=False)
    abstentions = forms.IntegerField(label=gettext_lazy("Abstentions"), min_value=0, max_value=100_000, required=False)
    decided_on = DayField(label=gettext_lazy("Décidé le"), required=False)

    def __init__(self, *args: Any, dated: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not dated:
            del self.fields["decided_on"]

    def clean_way(self) -> str:
        """By consensus, unless another way is said."""
        return self.cleaned_data["way"] or DecisionWay.CONSENSUS


class ReplacedForm(forms.Form):
    """Which later decision replaces this one."""

    replaced_by = forms.ModelChoiceField(
        label=gettext_lazy("Remplacée par"), queryset=Decision.objects.none(), required=False
    )

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, **options)
        later = Decision.objects.filter(group=decision.group, number__gt=decision.number).order_by("-number")
        field = self.fields["replaced_by"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = later
        field.empty_label = str(_("Aucune : elle tient toujours"))
        field.choices = [
            ("", field.empty_label),
            *((line.pk, f"{line.number} – {line.text[:80]}") for line in later[:OFFERED]),
        ]


class FollowUpForm(forms.Form):
    """Who does what for when. Names of members become them; any other name is kept as it is typed."""

    what = forms.CharField(label=gettext_lazy("Quoi"), max_length=500)
    who = forms.CharField(
        label=gettext_lazy("Qui"), max_length=400, required=False,
        widget=forms.TextInput(attrs={"list": "membres", "autocomplete": "off"}),
        help_text=gettext_lazy("Plusieurs noms se séparent par une virgule."),
    )  # fmt: skip
    due_on = DayField(label=gettext_lazy("Pour le"), required=False)

    def __init__(self, *args: Any, group: Group, **options: Any) -> None:
        self.group = group
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """`members` and what remains of `who`."""
        values = super().clean() or {}
        typed = [name for part in values.get("who", "").split(",") if (name := " ".join(part.split()))]
        members, others = members_named(self.group, typed)
        if len(", ".join(others)) > 200:
            self.add_error("who", _("Ces noms dépassent 200 caractères : nommez moins de personnes hors du groupe."))
        return values | {"members": members, "who": ", ".join(others)}

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: self.cleaned_data[name] for name in ("what", "who", "due_on")}


class MarkForm(forms.Form):
    """What came of a follow-up."""

    state = forms.ChoiceField(label=gettext_lazy("Où en est-ce ?"), choices=FollowUpState.choices)
    outcome = forms.CharField(
        label=gettext_lazy("Ce qui en est ressorti"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class AdoptionForm(forms.Form):
    """When and where minutes were adopted."""

    on = DayField(label=gettext_lazy("Adopté le"))
    adopted_in = forms.ModelChoiceField(
        label=gettext_lazy("À quelle rencontre"), queryset=Meeting.objects.none(), required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        later = Meeting.objects.filter(group=meeting.group, starts_at__gt=meeting.starts_at).dated()
        field = self.fields["adopted_in"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = later
        field.empty_label = str(_("Hors rencontre"))


def members_named(group: Group, names: list[str]) -> tuple[list[Member], list[str]]:
    """The current members who bear these names, and the names that nobody or several bear."""
    if not names:
        return [], []
    found: dict[str, list[Member]] = {}
    for member in Member.objects.current().filter(group=group).select_related("person").order_by("id"):
        found.setdefault(fold(member.person.name), []).append(member)
    members: list[Member] = []
    others: list[str] = []
    for name in names:
        bearing = found.get(fold(name), [])
        if len(bearing) == 1:
            members += [member for member in bearing if member not in members]
        else:
            others.append(name)
    return members, others


def told_who(follow_up: FollowUp) -> str:
    """Who promised a follow-up, as the form takes it back."""
    return ", ".join([*(member.person.name for member in follow_up.members.all()), *filter(None, [follow_up.who])])
