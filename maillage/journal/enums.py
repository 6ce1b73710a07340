"""Words of this context that are choices. The codes of `Nature` are published and never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nature(models.TextChoices):
    """An intervention supports a person or household, or a collective action: one or the other."""

    INDIVIDUAL = "individual", _("Individualisée")
    COLLECTIVE = "collective", _("Collective")


class ContactRank(models.TextChoices):
    """First time a person is met, or again."""

    FIRST = "first", _("Premier contact")
    RETURNING = "returning", _("Contact suivi")


class ContactInitiative(models.TextChoices):
    """Who went towards whom."""

    WORKER = "worker", _("De l'intervenant·e")
    PERSON = "person", _("De la personne")
    PARTNER = "partner", _("D'un partenaire")


MAX_PERSONS = 500
MAX_PARTICIPATIONS = 5000
MAX_MINUTES = 24 * 60
MAX_NOTE = 4000
MAX_REFERRALS = 20
# Days during which a deleted entry can be brought back; its note is wiped from the history after that.
UNDO_DAYS = 30
STREAM = "journal.entry"
