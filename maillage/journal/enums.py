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


class OperationKind(models.TextChoices):
    """What a device asks of an entry."""

    CREATE = "create", _("Inscription")
    UPDATE = "update", _("Correction")
    DELETE = "delete", _("Suppression")


class OperationState(models.TextChoices):
    """Where an operation received from a device stands."""

    APPLIED = "applied", _("Inscrite")
    CONFLICT = "conflict", _("À concilier")
    REJECTED = "rejected", _("À corriger")
    HELD = "held", _("À valider")
    SETTLED = "settled", _("Réglée")
    DISCARDED = "discarded", _("Écartée")


class SiblingOutcome(models.TextChoices):
    """What a person decided between an entry and its sibling."""

    KEPT = "kept", _("La version inscrite est gardée")
    TAKEN = "taken", _("L'autre version est prise")
    MERGED = "merged", _("Les deux versions sont réunies")


MAX_PERSONS = 500
MAX_PARTICIPATIONS = 5000
MAX_MINUTES = 24 * 60
MAX_NOTE = 4000
MAX_REFERRALS = 20
# Days during which a deleted entry can be brought back; its note is wiped from the history after that.
UNDO_DAYS = 30
# Days during which an operation that was written is remembered; a device keeps what it sent for thirty.
KEEP_OPERATIONS_DAYS = 400
# Hours after which a hole in the numbers of a device is told.
GAP_HOURS = 24
STREAM = "journal.entry"
# Forms of a referral, by their published code: with the last, something of the person leaves, if they agree.
INFORMATION, JOINT_CALL, ACCOMPANIED, TRANSFERRED = "information", "joint_call", "accompanied", "transferred"
# Days after which a referral is late; an information given waits for nothing.
FOLLOW_UP_DAYS = {JOINT_CALL: 14, ACCOMPANIED: 14, TRANSFERRED: 10}
# An entry written later than this after its day (a journal that is taken up, an import) opens no follow-up.
FOLLOWED_FROM_DAYS = 90


class LoopState(models.TextChoices):
    """Where a referral stands between the entry and what came of it."""

    GIVEN = "given", _("Référence faite")
    SENT = "sent", _("Transmise")
    ACCEPTED = "accepted", _("Acceptée")
    PROPOSED = "proposed", _("Date proposée")
    WAITING = "waiting", _("Sur une liste d'attente")
    OBTAINED = "obtained", _("Service obtenu")
    REFUSED = "refused", _("Refusée")
    NOT_REACHED = "not_reached", _("Personne non rejointe")
    ABANDONED = "abandoned", _("Abandonnée")


class Barrier(models.TextChoices):
    """Why a referral failed, in codes: never words about a person."""

    FULL = "full", _("Plus de place")
    WAIT = "wait", _("Attente trop longue")
    NOT_ELIGIBLE = "not_eligible", _("Critères d'admission")
    TERRITORY = "territory", _("Territoire non couvert")
    HOURS = "hours", _("Heures d'ouverture")
    COST = "cost", _("Coût")
    TRANSPORT = "transport", _("Transport")
    LANGUAGE = "language", _("Langue")
    ACCESS = "access", _("Accessibilité du lieu")
    PAPERS = "papers", _("Documents exigés")
    NO_SERVICE = "no_service", _("Aucun service de ce genre")
    ENDED = "ended", _("Service terminé")
    DECLINED = "declined", _("La personne a changé d'idée")
    OTHER = "other", _("Autre raison")


class RaisedState(models.TextChoices):
    """What became of a need that was raised."""

    OPEN = "open", _("À porter")
    TAKEN_UP = "taken_up", _("Porté par un groupe")
    ANSWERED = "answered", _("Répondu")
    CLOSED = "closed", _("Écarté")
