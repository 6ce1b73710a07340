"""Words of this context that are choices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgramKind(models.TextChoices):
    """What kind of programme it is."""

    AGREEMENT = "agreement", _("Entente")
    COMMUNITY_OF_PRACTICE = "community_of_practice", _("Communauté de pratique")
    PROCESS = "process", _("Démarche")


class Role(models.TextChoices):
    """What a person is in a programme."""

    WORKER = "worker", _("Intervenant·e en soutien communautaire")
    OUTREACH = "outreach", _("Travailleur·se de proximité")
    COORDINATOR = "coordinator", _("Coordination")
    PARTNER = "partner", _("Partenaire")
    RESEARCHER = "researcher", _("Recherche")
    TENANT = "tenant", _("Locataire")


# Those who write the journal and read it whole.
TEAM = (Role.WORKER, Role.OUTREACH, Role.COORDINATOR)


class PartnerPart(models.TextChoices):
    """The part of an organization in a programme."""

    SIGNATORY = "signatory", _("Signataire")
    JOINED = "joined", _("Jointe en cours de route")
    FUNDER = "funder", _("Bailleur de fonds")
    HOST = "host", _("Porteuse")
    OTHER = "other", _("Collaboratrice")


class VocabularyKind(models.TextChoices):
    """The vocabularies of a coding frame. The values are addresses and codes: they never change."""

    ACTION = "action", _("Actions du cadre de référence")
    GROUP = "group", _("Groupes rejoints")
    THEME = "theme", _("Thèmes")
    AXIS = "axis", _("Axes de service")
    NEED = "need", _("Besoins")
    CONTACT_PLACE = "contact_place", _("Lieux de contact")
    COLLECTIVE_KIND = "collective_kind", _("Types d'action collective")
    DESTINATION = "destination", _("Destinations des références")
    REFERRAL_KIND = "referral_kind", _("Formes de référence")
    SUCCESS = "success", _("Petits succès")
