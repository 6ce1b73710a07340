"""Words of this context that are choices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodKind(models.TextChoices):
    """Periods of the calendar of which figures may be published."""

    MONTH = "month", _("Mois")
    QUARTER = "quarter", _("Trimestre")
    YEAR = "year", _("Année civile")
    WHOLE = "whole", _("Toute la durée du programme")


class ReleaseState(models.TextChoices):
    """What has become of a release."""

    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publiée")
    SUPERSEDED = "superseded", _("Remplacée par une correction")
    WITHDRAWN = "withdrawn", _("Retirée")


class AreaLevel(models.TextChoices):
    """Levels of territory at which figures may be published."""

    WHOLE = "whole", _("Tout le territoire")
    MRC = "mrc", _("Par MRC")
    MUNICIPALITY = "municipality", _("Par municipalité")


class ExtractState(models.TextChoices):
    """What has become of an extract that a researcher asked for."""

    ASKED = "asked", _("Demandé")
    MADE = "made", _("Produit")
    REFUSED = "refused", _("Refusé")
    WITHDRAWN = "withdrawn", _("Retiré")
    EXPIRED = "expired", _("Échu")
