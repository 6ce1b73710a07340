"""Words of this context that are choices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Levels of division, the largest first."""

    REGION = "region", _("Région administrative")
    HEALTH_REGION = "health_region", _("Région sociosanitaire")
    MRC = "mrc", _("MRC ou équivalent")
    MUNICIPALITY = "municipality", _("Municipalité")
    BOROUGH = "borough", _("Arrondissement")
    SCHOOL_SERVICE = "school_service", _("Centre de services scolaire")
    COMMUNITY = "community", _("Communauté locale")


class Tenure(models.TextChoices):
    """Who houses, as published: the codes of the `tenure` table never change."""

    OMH = "omh", _("Office municipal d'habitation (OMH)")
    OBNL = "obnl", _("OBNL d'habitation")
    COOP = "coop", _("Coopérative d'habitation")
    OTHER = "other", _("Autre ou non précisé")


class HousingProgram(models.TextChoices):
    """Programme under which the dwellings are let."""

    HLM = "hlm", _("HLM")
    ACL = "acl", _("AccèsLogis")
    LAQ = "laq", _("Logement abordable Québec")
    PSL = "psl", _("Supplément au loyer")
    OTHER = "other", _("Autre")


class Clientele(models.TextChoices):
    """For whom the dwellings are meant."""

    FAMILIES = "families", _("Familles")
    SENIORS = "seniors", _("Aînés")
    SINGLE = "single", _("Personnes seules")
    SPECIAL = "special", _("Besoins particuliers")
    MIXED = "mixed", _("Clientèle mixte")
