"""What the pages of results ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Capacity
from maillage.concertation.models import Meeting
from maillage.core.fields import DayField
from maillage.core.typography import day
from maillage.journal.models import Entry
from maillage.journal.queries import entry_at
from maillage.projects.enums import Effect
from maillage.projects.models import Activity, Project, ProjectDocument, Result


class ResultForm(forms.Form):
    """What changed, its code, who says it, since when."""

    effect = forms.ChoiceField(
        label=_("Ce qui a changé, c'est"), choices=Effect, widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l'effet, même « autre ».")},
    )  # fmt: skip
    statement = forms.CharField(
        label=_("En une phrase"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Par exemple : les locataires se parlent, le jardin est entretenu sans nous."),
    )
    told_as = forms.ChoiceField(
        label=_("Qui le dit"), choices=Capacity, widget=forms.RadioSelect,
        error_messages={"required": _("Dites qui a remarqué ce changement.")},
    )  # fmt: skip
    observed_on = DayField(label=_("Observé le"), required=False)
    story = forms.CharField(
        label=_("Le récit"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ce qui s'est passé, en quelques phrases. Jamais le nom d'une personne."),
    )
    is_public = forms.BooleanField(label=_("Montrer sur la fiche publique du projet"), required=False)

    def __init__(self, *args: Any, result: Result | None = None, edits: bool, **options: Any) -> None:
        if result is not None:
            options["initial"] = {name: getattr(result, name) for name in self.base_fields}
        super().__init__(*args, **options)
        if not edits:
            del self.fields["is_public"]


class _Meetings(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """The day and the title."""
        return f"{day(obj.starts_at)} · {obj.title}" if obj.starts_at else obj.title


class ProofForm(forms.Form):
    """Each line that is filled is one proof; an entry is given by the address of its page."""

    meeting = _Meetings(label=_("Rencontre"), queryset=Meeting.objects.none(), required=False, empty_label=_("Aucune"))
    activity = forms.ModelChoiceField(
        label=_("Activité"), queryset=Activity.objects.none(), required=False, empty_label=_("Aucune")
    )
    document = forms.ModelChoiceField(
        label=_("Document ou photo du projet"),
        queryset=ProjectDocument.objects.none(),
        required=False,
        empty_label=_("Aucun"),
    )
    url = forms.URLField(label=_("Adresse d'une page"), required=False, max_length=500, assume_scheme="https")
    entry = forms.CharField(
        label=_("Intervention du journal"),
        required=False,
        max_length=300,
        help_text=_("Collez l'adresse de sa page. Seule l'équipe du programme sait qu'elle est là et l'ouvre."),
    )
    words = forms.CharField(
        label=_("Ce que cela montre"),
        required=False,
        max_length=500,
        help_text=_("En quelques mots. Sans nommer personne."),
    )

    def __init__(self, *args: Any, actor: Any, project: Project, journal: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        fields: Any = self.fields
        if not journal:
            del fields["entry"]
        fields["activity"].queryset = project.activities.order_by("title", "id")
        fields["document"].queryset = project.documents.order_by("-added_at", "-id")
        if project.group is not None:
            held = Meeting.objects.visible_to(actor).filter(group=project.group)
            fields["meeting"].queryset = held.order_by("-starts_at", "-id")

    def clean_entry(self) -> Entry | None:
        """The entry that the address names, among those that the person reads."""
        typed = self.cleaned_data["entry"]
        if not typed:
            return None
        found = entry_at(self.actor, typed)
        if found is None:
            raise ValidationError(_("Aucune intervention que vous lisez n'a cette adresse."))
        return found
