"""What a researcher fills in to ask for an extract."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import Organization
from maillage.programs.models import Program

from .extraction.fields import KNOWN, SENSITIVE
from .extraction.request import Request, bounds, latest_expiry, months_of
from .extraction.words import of_month
from .models.extract import DEFAULT_K, LOWEST_K, MOST_WITHHELD

# Fields of the request and of the extract → the field of the form that says them.
_FIELDS = {
    "purpose": "but",
    "agreement": "entente",
    "organization": "organisation",
    "fields": "traits",
    "priority": "garder",
    "start": "de",
    "end": "a",
    "expires_on": "echeance",
    "k": "k",
    "diversity": "valeurs",
    "withheld": "retenues",
}


class ExtractForm(forms.Form):
    """Purpose, person in charge's agreement, fields, months, expiry, and how far the rows are protected."""

    but = forms.CharField(
        label=_("But de la recherche"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("L'extrait ne pourra servir qu'à cela. Ce texte accompagne le fichier."),
    )
    entente = forms.CharField(
        label=_("Approbation éthique ou entente"),
        max_length=200,
        help_text=_("Le numéro du certificat d'éthique, ou l'entente signée avec le programme."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation qui reçoit le fichier"),
        required=False,
        queryset=Organization.objects.none(),
        empty_label=_("Aucune : je le reçois moi-même"),
    )
    de = forms.ChoiceField(label=_("Du mois de"))
    a = forms.ChoiceField(label=_("Au mois de"), help_text=_("Seuls les mois terminés peuvent être demandés."))
    traits = forms.MultipleChoiceField(
        label=_("Traits des interventions"),
        choices=[(code, field.title) for code, field in KNOWN.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Moins vous en demandez, plus chacun reste précis."),
    )
    garder = forms.ChoiceField(
        label=_("Trait à garder le plus précis possible"),
        required=False,
        choices=[("", _("Aucun en particulier")), *((code, field.title) for code, field in KNOWN.items())],
    )
    sensibles = forms.MultipleChoiceField(
        label=_("Contenu des interventions"),
        required=False,
        choices=[(code, field.title) for code, field in SENSITIVE.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    echeance = forms.DateField(
        label=_("À détruire au plus tard le"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Écrivez la date ainsi : AAAA-MM-JJ, par exemple 2026-11-20.")},
        help_text=_("Dans trois ans au plus. Le fichier est alors effacé d'ici."),
    )
    k = forms.IntegerField(
        label=_("Lignes semblables, au moins"),
        min_value=LOWEST_K,
        max_value=100,
        initial=DEFAULT_K,
        help_text=_("Combien d'interventions au moins portent les mêmes traits. Jamais moins de 5."),
    )
    valeurs = forms.IntegerField(
        label=_("Contenus différents parmi elles, au moins"), min_value=2, max_value=10, initial=2
    )
    retenues = forms.IntegerField(
        label=_("Lignes retenues, au plus (en %)"),
        min_value=0,
        max_value=MOST_WITHHELD,
        initial=2,
        help_text=_("Laisser de côté quelques interventions rares permet de garder les autres plus précises."),
    )

    def __init__(self, program: Program, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program, today = program, timezone.localdate()
        months = months_of(program, today)
        named = [(month, of_month(month)) for month in months]
        partners = Q(partnerships__program=program) | Q(memberships__program=program)
        organizations = self.fields["organisation"]
        assert isinstance(organizations, forms.ModelChoiceField)
        organizations.queryset = Organization.objects.active().filter(partners).distinct().order_by("name", "id")
        for name in ("de", "a"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = named
        self.initial.setdefault("de", months[0] if months else "")
        self.initial.setdefault("a", months[-1] if months else "")
        self.initial.setdefault("echeance", min(today + timedelta(days=365), latest_expiry(today)))

    def wanted(self) -> Request:
        """The request, as the service takes it."""
        given = self.cleaned_data
        start, end = bounds(self.program, given["de"], given["a"])
        return Request(
            purpose=given["but"],
            agreement=given["entente"],
            fields=(*given["traits"], *given["sensibles"]),
            start=start,
            end=end,
            expires_on=given["echeance"],
            k=given["k"],
            diversity=given["valeurs"],
            withheld=given["retenues"],
            priority=given["garder"],
            organization=given["organisation"],
        )

    def refuse(self, error: ValidationError) -> None:
        """Show what the service refused beside the field that said it."""
        found = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: [error]}
        for name, messages in found.items():
            self.add_error(_FIELDS.get(name), messages)


class ReasonForm(forms.Form):
    """Why an extract is refused or withdrawn."""

    raison = forms.CharField(
        label=_("Pourquoi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La personne qui a demandé l'extrait lira cette raison."),
    )
