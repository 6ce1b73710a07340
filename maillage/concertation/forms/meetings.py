"""What the pages of meetings ask."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import Access, MeetingKind
from maillage.concertation.models import Group, Meeting
from maillage.concertation.times import LOCAL, moment
from maillage.territories.models import Division

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
OFFERED = 300
# Fields that are the model's own, word for word.
PLAIN = (
    "kind",
    "title",
    "purpose",
    "place",
    "address",
    "division",
    "online_url",
    "offers",
    "access_note",
    "takes_registrations",
    "capacity",
    "hours",
    "is_public",
    "remind_days",
)


class DayAndHours(forms.Form):
    """A day with an hour to begin and one to end; `starts_at` and `ends_at` come out of it."""

    day = forms.DateField(label=gettext_lazy("Jour"), widget=DAY)
    begins = forms.TimeField(label=gettext_lazy("De"), widget=CLOCK)
    ends = forms.TimeField(label=gettext_lazy("À"), widget=CLOCK)

    def clean(self) -> dict[str, Any]:
        """The two moments, or a sentence on the field that is wrong."""
        data = super().clean() or {}
        day, begins, ends = data.get("day"), data.get("begins"), data.get("ends")
        if day and begins and ends:
            self._between(data, day, begins, data.get("last_day") or day, ends)
        return data

    def _between(self, data: dict[str, Any], first: date, begins: time, last: date, ends: time) -> None:
        try:
            starts_at, ends_at = moment(first, begins), moment(last, ends)
        except ValidationError as refused:
            self.add_error("begins", refused.messages[0])
            return
        if ends_at <= starts_at:
            field = "last_day" if last < first else "ends"
            self.add_error(field, _("La fin précède le début : vérifiez le jour et les heures."))
            return
        data["starts_at"], data["ends_at"] = starts_at, ends_at


class MeetingForm(DayAndHours):
    """A meeting or a training, with a date or with dates to propose."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=MeetingKind.choices, widget=forms.RadioSelect)
    undated = forms.BooleanField(
        label=gettext_lazy("La date n'est pas choisie : je proposerai des dates aux membres"), required=False
    )
    last_day = forms.DateField(label=gettext_lazy("Dernier jour, s'il y en a plusieurs"), widget=DAY, required=False)
    place = forms.CharField(label=gettext_lazy("Lieu"), max_length=300, required=False)
    address = forms.CharField(label=gettext_lazy("Adresse du lieu"), max_length=300, required=False)
    division = forms.ModelChoiceField(
        label=gettext_lazy("Territoire"), queryset=Division.objects.none(), required=False, empty_label="–"
    )
    online_url = forms.URLField(
        label=gettext_lazy("Lien pour participer à distance"), max_length=500, required=False, assume_scheme="https"
    )
    purpose = forms.CharField(
        label=gettext_lazy("Pourquoi se réunir"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    offers = forms.MultipleChoiceField(
        label=gettext_lazy("Ce qui est offert pour que chaque personne puisse participer"),
        choices=Access.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    access_note = forms.CharField(label=gettext_lazy("Précisions sur l'accessibilité"), max_length=500, required=False)
    takes_registrations = forms.BooleanField(label=gettext_lazy("L'inscription est demandée"), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Nombre de places"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy("Vide : sans limite."),
    )
    closes_on = forms.DateField(label=gettext_lazy("Inscription jusqu'au"), widget=DAY, required=False)
    hours = forms.DecimalField(
        label=gettext_lazy("Heures attestées"),
        max_digits=4,
        decimal_places=1,
        min_value=0,
        required=False,
        help_text=gettext_lazy("D'une formation : elles paraissent sur l'attestation."),
    )
    is_public = forms.BooleanField(label=gettext_lazy("Annoncer à tout le monde"), required=False)
    remind_days = forms.IntegerField(
        label=gettext_lazy("Rappel aux personnes invitées, jours avant"),
        required=False,
        min_value=1,
        max_value=30,
        help_text=gettext_lazy("Vide : aucun rappel."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: Group, meeting: Meeting | None = None, **options: Any) -> None:
        self.group, self.meeting = group, meeting
        options["initial"] = {**_said_of(group, meeting), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        for name in ("day", "begins", "ends"):
            self.fields[name].required = False
        division = self.fields["division"]
        assert isinstance(division, forms.ModelChoiceField)
        division.queryset = _divisions(group, meeting)
        if group.is_discreet:
            self.fields["is_public"].disabled = True
            self.fields["is_public"].help_text = _("Ce groupe est discret : ses rencontres ne s'annoncent pas.")
        if meeting is not None and meeting.starts_at:
            del self.fields["undated"]

    def clean(self) -> dict[str, Any]:
        """A date whole, or none when dates will be proposed."""
        data = super().clean()
        if data.get("undated"):
            data["starts_at"] = data["ends_at"] = None
            for name in ("day", "begins", "ends", "last_day"):
                self.errors.pop(name, None)
        else:
            for name in ("day", "begins", "ends"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Ce champ est nécessaire quand la date est choisie."))
        return data

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        data = self.cleaned_data
        found: dict[str, Any] = {name: data[name] for name in PLAIN}
        closes = data["closes_on"]
        found["registration_closes_at"] = moment(closes, time(23, 59)) if closes else None
        return found | {"starts_at": data.get("starts_at"), "ends_at": data.get("ends_at")}

    def version(self) -> datetime | None:
        """When the version that the person had in sight was written."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"]) if self.cleaned_data["seen"] else None
        except ValueError:
            return None


def _said_of(group: Group, meeting: Meeting | None) -> dict[str, Any]:
    """What the form shows at first."""
    if meeting is None:
        return {"kind": MeetingKind.MEETING, "division": group.territory_id, "remind_days": 2, "offers": []}
    found: dict[str, Any] = {name: getattr(meeting, name) for name in PLAIN} | {"division": meeting.division_id}
    found["seen"] = meeting.updated_at.isoformat()
    found["undated"] = meeting.starts_at is None
    if meeting.starts_at and meeting.ends_at:
        starts, ends = (timezone.localtime(at, LOCAL) for at in (meeting.starts_at, meeting.ends_at))
        found |= {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
        found["last_day"] = ends.date() if ends.date() != starts.date() else None
    if meeting.registration_closes_at:
        found["closes_on"] = timezone.localtime(meeting.registration_closes_at, LOCAL).date()
    return found


def _divisions(group: Group, meeting: Meeting | None) -> Any:
    """The group's territory and those in it; without territory, those of its programmes."""
    home = {group.territory_id, meeting.division_id if meeting else None} - {None}
    inside = Q(parent=group.territory_id) if group.territory_id else Q(programs__groups=group)
    found = Division.objects.filter(Q(pk__in=home) | inside).order_by("name", "pk").values_list("pk", flat=True)
    return Division.objects.filter(pk__in=list(dict.fromkeys(found))[:OFFERED]).order_by("name", "pk")
