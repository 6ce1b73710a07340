"""Words of this context that are choices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    """What an organization is, in the words of the partners."""

    HOUSING_OFFICE = "housing_office", _("Office d'habitation")
    HOUSING_NONPROFIT = "housing_nonprofit", _("OBNL d'habitation")
    HOUSING_COOP = "housing_coop", _("Coopérative d'habitation")
    HEALTH = "health", _("Réseau de la santé et des services sociaux")
    COMMUNITY = "community", _("Organisme communautaire")
    EDUCATION = "education", _("Réseau de l'éducation")
    MUNICIPAL = "municipal", _("Municipalité ou MRC")
    GOVERNMENT = "government", _("Ministère ou organisme public")
    FEDERATION = "federation", _("Fédération ou regroupement")
    CONCERTATION = "concertation", _("Instance de concertation")
    FUNDER = "funder", _("Bailleur de fonds")
    RESEARCH = "research", _("Université ou recherche")
    OTHER = "other", _("Autre")


class PrivacyRegime(models.TextChoices):
    """The Québec law on personal information that an organization obeys; the strictest is the default."""

    HEALTH = "r22_1", _("Renseignements de santé et de services sociaux (R-22.1)")
    PUBLIC = "a2_1", _("Organismes publics (A-2.1)")
    PRIVATE = "p39_1", _("Secteur privé (P-39.1)")


class TenantBodyKind(models.TextChoices):
    """Bodies of tenants."""

    ASSOCIATION = "adl", _("Association de locataires (ADL)")
    COMMITTEE = "committee", _("Comité de locataires")
    CCR = "ccr", _("Comité consultatif de résidants (CCR)")
    SECTOR = "sector", _("Comité de secteur")


class TenantBodyStatus(models.TextChoices):
    """Where a tenants' body stands in its life."""

    FORMING = "forming", _("En formation")
    ACTIVE = "active", _("Actif")
    DORMANT = "dormant", _("En veille")
    DISSOLVED = "dissolved", _("Dissous")
