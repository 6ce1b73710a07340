"""What the page of a service asks: what it is, for whom, at what price. Its repeated lines are in `lines`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from maillage.directory.enums import Fee, ServiceStatus, TaxonomyKind
from maillage.directory.models import Organization, Service, TaxonomyTerm

AREA = forms.Textarea(attrs={"rows": 3})
LONG = forms.Textarea(attrs={"rows": 5})
LANGUAGES = (
    ("fr", gettext_lazy("français")),
    ("en", gettext_lazy("anglais")),
    ("es", gettext_lazy("espagnol")),
    ("ar", gettext_lazy("arabe")),
    ("ht", gettext_lazy("créole haïtien")),
    ("pt", gettext_lazy("portugais")),
    ("zh", gettext_lazy("chinois")),
    ("uk", gettext_lazy("ukrainien")),
    ("moe", gettext_lazy("innu")),
    ("sgn", gettext_lazy("langue des signes")),
)
TERM_FIELDS = {"needs": TaxonomyKind.NEED, "clienteles": TaxonomyKind.CLIENTELE, "modes": TaxonomyKind.MODE}

# The groups of the page, in order; the first stands open.
GROUPS = (
    (
        gettext_lazy("L'essentiel"),
        ("organization", "name", "alternate_name", "status", "alert", "description", "website", "email"),
    ),
    (gettext_lazy("Besoins"), ("needs",)),
    (
        gettext_lazy("À qui, et comment on est reçu"),
        ("clienteles", "eligibility", "minimum_age", "maximum_age", "modes", "spoken", "interpretation"),
    ),
    (gettext_lazy("Coût et démarche"), ("fee", "fee_note", "application_process", "papers", "wait_time")),
    (gettext_lazy("Territoires"), ("territories",)),
)


class ServiceForm(forms.ModelForm):
    """A service, in the order in which people ask for it."""

    organization = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organization.objects.none(), required=True
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Besoins auxquels le service répond"), required=False, widget=forms.CheckboxSelectMultiple
    )
    clienteles = forms.MultipleChoiceField(
        label=gettext_lazy("À qui il s'adresse"), required=False, widget=forms.CheckboxSelectMultiple
    )
    modes = forms.MultipleChoiceField(
        label=gettext_lazy("Comment on est reçu"), required=False, widget=forms.CheckboxSelectMultiple
    )
    spoken = forms.MultipleChoiceField(
        label=gettext_lazy("Langues parlées"),
        required=False,
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    territories = forms.CharField(
        label=gettext_lazy("Territoires desservis"),
        required=False,
        max_length=4000,
        widget=AREA,
        help_text=gettext_lazy("Un par ligne : municipalité, MRC ou région ; d'autres mots s'ils n'en nomment aucune."),
    )
    papers = forms.CharField(
        label=gettext_lazy("Documents à apporter"),
        required=False,
        max_length=4000,
        widget=AREA,
        help_text=gettext_lazy("Un par ligne."),
    )
    website = forms.URLField(label=gettext_lazy("Page web"), required=False, max_length=500, assume_scheme="https")
    fee = forms.ChoiceField(
        label=gettext_lazy("Coût"), required=False, choices=[("", gettext_lazy("Non précisé")), *Fee.choices]
    )
    is_exact = forms.BooleanField(
        label=gettext_lazy("Toute la fiche est exacte aujourd'hui"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Sinon la date de la dernière vérification reste la même."),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Service
        fields = (
            "organization",
            "name",
            "alternate_name",
            "status",
            "alert",
            "description",
            "needs",
            "clienteles",
            "eligibility",
            "minimum_age",
            "maximum_age",
            "modes",
            "spoken",
            "interpretation",
            "fee",
            "fee_note",
            "application_process",
            "papers",
            "wait_time",
            "territories",
            "website",
            "email",
        )
        widgets = {
            "description": LONG,
            "eligibility": AREA,
            "fee_note": AREA,
            "application_process": AREA,
            "alert": forms.TextInput,
        }

    def __init__(self, *args: Any, organizations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["status"].choices = ServiceStatus.choices  # type: ignore[attr-defined]
        rows = TaxonomyTerm.objects.filter(taxonomy__kind__in=TERM_FIELDS.values(), is_retired=False)
        terms = list(rows.select_related("taxonomy").order_by("taxonomy", "position", "pk"))
        for name, kind in TERM_FIELDS.items():
            self.fields[name].choices = [(term_value(t), t.label) for t in terms if t.taxonomy.kind == kind]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The service validates: the form only reads what was typed."""


def term_value(term: TaxonomyTerm) -> str:
    """A term as a form sends it."""
    return f"{term.taxonomy.code}:{term.code}"
