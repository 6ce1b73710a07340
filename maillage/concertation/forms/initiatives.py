"""What the pages of initiatives ask."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.community.questions import meetings_offered
from maillage.concertation.enums import InitiativeStage
from maillage.concertation.models import Group, Initiative, InitiativeStep, NamedNeed, Question
from maillage.core.templatetags.typography import day
from maillage.directory.models import Organization
from maillage.directory.queries import organizations_named

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
OFFERED = 100  # questions or needs to be born of, the latest first


class InitiativeForm(forms.ModelForm):
    """An initiative, what it was born of, who carries it."""

    organizations = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Organisations du groupe qui la portent"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other = forms.CharField(label=gettext_lazy("Une autre organisation du répertoire"), required=False, max_length=250)

    class Meta:
        model = Initiative
        fields = ("title", "story", "question", "need", "meeting", "started_on", "organizations")
        widgets = {"story": forms.Textarea(attrs={"rows": 8}), "started_on": DAY}

    def __init__(self, *args: Any, group: Group, **options: Any) -> None:
        super().__init__(*args, **options)
        obj, fields = self.instance, self.fields
        for name, model in (("question", Question), ("need", NamedNeed)):
            mine = model._default_manager.filter(group=group).order_by("-id")
            latest = Q(pk__in=mine.values("pk")[:OFFERED]) | Q(pk=getattr(obj, f"{name}_id") or 0)
            fields[name].queryset = mine.filter(latest)  # type: ignore[attr-defined]
            fields[name].empty_label = _("Aucun en particulier")  # type: ignore[attr-defined]
        fields["question"].label, fields["need"].label = _("Née d'une question"), _("Née d'un besoin")
        fields["question"].empty_label = fields["meeting"].empty_label = _("Aucune en particulier")  # type: ignore[attr-defined]
        fields["meeting"].label = _("Née d'une rencontre")
        fields["meeting"].queryset = meetings_offered(group, obj.meeting_id)  # type: ignore[attr-defined]
        fields["meeting"].label_from_instance = lambda found: f"{found.title} ({day(found.starts_at)})"  # type: ignore[attr-defined]
        fields["story"].help_text = _(
            "D'où elle vient, ce qu'elle change, ce qu'on en apprend. Sans nom de personne aidée."
        )
        kept = obj.organizations.order_by().values("pk") if obj.pk else Organization.objects.none().values("pk")
        seated = Organization.objects.filter(seats__group=group).order_by().values("pk")
        offered = Organization.objects.filter(pk__in=seated) | Organization.objects.filter(pk__in=kept)
        fields["organizations"].queryset = offered.order_by("name", "id")  # type: ignore[attr-defined]

    def clean_other(self) -> Organization | None:
        """The organization of this name, and only it."""
        name = self.cleaned_data["other"]
        found = organizations_named(name) if name else []
        if name and len(found) != 1:
            raise forms.ValidationError(
                _("Aucune organisation ne porte ce nom.") if not found else _("Plusieurs organisations portent ce nom.")
            )
        return found[0] if found else None

    def said(self) -> dict[str, Any]:
        """What the service takes."""
        values = dict(self.cleaned_data)
        other = values.pop("other")
        values["organizations"] = [*values["organizations"], *([other] if other else [])]
        return values


class StepForm(forms.ModelForm):
    """What happened, when, and where the initiative stands since."""

    class Meta:
        model = InitiativeStep
        fields = ("on", "stage", "text")
        widgets = {"on": DAY, "stage": forms.Select, "text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = timezone.localdate
        self.fields["stage"].choices = InitiativeStage.choices  # type: ignore[attr-defined]
