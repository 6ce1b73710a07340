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


class ServiceStatus(models.TextChoices):
    """Where a service stands; the codes are those of HSDS."""

    ACTIVE = "active", _("Offert")
    PAUSED = "temporarily closed", _("Suspendu pour un temps")
    INACTIVE = "inactive", _("N'est plus offert")
    DEFUNCT = "defunct", _("N'existe plus")


class Fee(models.TextChoices):
    """What a service costs the person."""

    FREE = "free", _("Gratuit")
    SLIDING = "sliding", _("Selon le revenu ou contribution volontaire")
    PAID = "paid", _("Payant")


class LocationKind(models.TextChoices):
    """Where a service is given; the codes are those of HSDS."""

    PHYSICAL = "physical", _("Sur place")
    POSTAL = "postal", _("Adresse postale")
    VIRTUAL = "virtual", _("En ligne ou par téléphone")


class Frequency(models.TextChoices):
    """How a schedule repeats (RFC 5545, FREQ)."""

    DAILY = "DAILY", _("chaque jour")
    WEEKLY = "WEEKLY", _("chaque semaine")
    MONTHLY = "MONTHLY", _("chaque mois")
    YEARLY = "YEARLY", _("chaque année")


class TaxonomyKind(models.TextChoices):
    """What the terms of a taxonomy say of a service."""

    NEED = "need", _("Besoins")
    CLIENTELE = "clientele", _("Clientèles")
    ACCESS = "access", _("Accessibilité")
    MODE = "mode", _("Modes d'accueil")
    OTHER = "other", _("Autre")


class MatchKind(models.TextChoices):
    """How near a term is to one of another taxonomy (SKOS)."""

    EXACT = "exact", _("le même")
    CLOSE = "close", _("proche")
    BROAD = "broad", _("plus large")


class AffiliationRole(models.TextChoices):
    """What a person is in an organization."""

    EDITOR = "editor", _("Tient la fiche à jour")
    DIRECTOR = "director", _("Direction")
    STAFF = "staff", _("Membre de l'équipe")
    DELEGATE = "delegate", _("Représente l'organisation")
    BOARD = "board", _("Conseil d'administration")


class TroubleKind(models.TextChoices):
    """What was found wrong with an address of a sheet."""

    WEBSITE = "website", _("L'adresse web ne répond pas")
    EMAIL = "email", _("Le courriel n'arrive pas")
    PLACE = "place", _("L'adresse postale n'a pas été trouvée")
    REPORTED = "reported", _("L'organisation dit ce qui a changé")


class PairState(models.TextChoices):
    """What was decided of two services that look alike."""

    PROPOSED = "proposed", _("À examiner")
    MERGED = "merged", _("Fusionnés")
    DISTINCT = "distinct", _("Deux services distincts")
