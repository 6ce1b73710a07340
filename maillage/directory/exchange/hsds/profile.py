"""The fields that the profile adds to HSDS: what the product knows and HSDS has no field for."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import Fee, Frequency, OrganizationKind, TaxonomyKind

from .tables import fields

# Table, field, the choices whose codes it takes (None: text), what it says.
PROFILE: tuple[tuple[str, str, type[TextChoices] | None, str | Promise], ...] = (
    ("organization", "qc_kind", OrganizationKind, _("type d'organisation")),
    ("organization", "qc_division", None, _("code du territoire où elle se trouve")),
    ("service", "qc_fee", Fee, _("ce que le service coûte à la personne ; fees_description le dit en mots")),
    ("location", "qc_division", None, _("code géographique de la municipalité")),
    ("service_area", "qc_division", None, _("code de la région, de la MRC, de la municipalité… desservie")),
    ("phone", "qc_extension", None, _("poste qui n'est pas un nombre, ou qui commence par un zéro")),
    (
        "schedule",
        "qc_freq",
        Frequency,
        _("répétition que freq ne sait pas dire ; « chaque jour » y est aussi dit par une semaine de sept jours"),
    ),
    ("taxonomy", "qc_code", None, _("code de la taxonomie, le même dans toutes les installations")),
    ("taxonomy", "qc_kind", TaxonomyKind, _("ce que ses termes disent d'un service")),
    ("taxonomy_term", "qc_name_en", None, _("nom en anglais")),
)


def codes_of(table: str, field: str) -> list[str]:
    """The codes that a field of the profile may hold; none for text. Codes that HSDS itself can say are not among them."""
    choices = next(choices for of, name, choices, _said in PROFILE if (of, name) == (table, field))
    own = fields(table).get(field.removeprefix("qc_"))
    return [code for code in choices.values if not own or code not in own.choices] if choices else []
