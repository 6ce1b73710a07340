"""What the pages of vigilance ask: rules and counts. No field takes a person."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from maillage.core.fields import DayField
from maillage.programs.models import Program
from maillage.projects.enums import AlertOutcome
from maillage.projects.models import VigilanceAlert, VigilanceScheme
from maillage.territories.models import HousingSite

NOBODY = gettext_lazy("Aucun nom, téléphone ni numéro de logement : écrivez des rôles (« la sentinelle de l'étage »).")


class SchemeForm(forms.Form):
    """The site and the rules agreed there."""

    site = forms.ModelChoiceField(
        label=gettext_lazy("Milieu"), queryset=HousingSite.objects.none(), empty_label=gettext_lazy("Choisissez un milieu"),
        error_messages={"required": gettext_lazy("Choisissez le milieu.")},
    )  # fmt: skip
    since = DayField(label=gettext_lazy("En marche depuis"))
    check_times = forms.CharField(
        label=gettext_lazy("Heures de la ronde"), max_length=200, required=False, help_text=gettext_lazy("Par exemple : 9 h et 19 h.")
    )  # fmt: skip
    rules = forms.CharField(
        label=gettext_lazy("Règles convenues"), max_length=3000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=NOBODY,
    )  # fmt: skip
    escalation = forms.CharField(
        label=gettext_lazy("Que faire quand quelque chose ne va pas"), max_length=3000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("Dans l'ordre : frapper, téléphoner, prévenir le bureau, le 911. Des rôles, jamais de noms."),
    )  # fmt: skip
    consents_kept = forms.CharField(
        label=gettext_lazy("Où sont gardés les consentements signés"), max_length=300, required=False,
        help_text=gettext_lazy("Sur papier, au bureau : qui participe ne s'inscrit jamais ici."),
    )  # fmt: skip
    review_on = DayField(label=gettext_lazy("À revoir le"), required=False)

    def __init__(self, *args: Any, program: Program, scheme: VigilanceScheme | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if scheme is not None:
            del self.fields["site"]
            return
        field = self.fields["site"]
        assert isinstance(field, forms.ModelChoiceField)
        watched = VigilanceScheme.objects.filter(program=program, ended_on=None).order_by().values("site")
        sites = HousingSite.objects.filter(program_sites__program=program, closed_on=None)
        field.queryset = sites.exclude(pk__in=watched).order_by("name", "id")

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "site"}


def told_scheme(scheme: VigilanceScheme) -> dict[str, Any]:
    """A scheme as its form takes it back."""
    names = ("since", "check_times", "rules", "escalation", "consents_kept", "review_on")
    return {name: getattr(scheme, name) for name in names}


class CountForm(forms.Form):
    """How many sentinels and units took part on a day."""

    on = DayField(label=gettext_lazy("Date"), initial=timezone.localdate)
    sentinels = forms.IntegerField(label=gettext_lazy("Sentinelles"), min_value=0, max_value=500)
    units = forms.IntegerField(label=gettext_lazy("Logements participants"), min_value=0, max_value=5000)


class AlertForm(forms.Form):
    """An alert: when, how long until somebody was there, how it ended."""

    on = DayField(label=gettext_lazy("Date"), initial=timezone.localdate)
    delay_minutes = forms.IntegerField(
        label=gettext_lazy("Délai avant qu'on y soit (minutes)"), min_value=0, max_value=10_080, required=False
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Issue"), choices=AlertOutcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("Ce que nous en retenons"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=NOBODY,
    )  # fmt: skip


def told_alert(alert: VigilanceAlert) -> dict[str, Any]:
    """An alert as its form takes it back."""
    return {name: getattr(alert, name) for name in ("on", "delay_minutes", "outcome", "words")}
