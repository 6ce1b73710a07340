"""Words of this context that are choices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectStage(models.TextChoices):
    """Where a project stands."""

    IDEA = "idea", _("Idée")
    SEEKING = "seeking", _("À la recherche d'appuis")
    UNDER_WAY = "under_way", _("En cours")
    HANDED_OVER = "handed_over", _("Passé à d'autres")
    ENDED = "ended", _("Terminé")


class Reach(models.TextChoices):
    """How far a project goes (« portée », source 004)."""

    LOCAL = "local", _("Locale")
    SUPRALOCAL = "supralocal", _("Supralocale")
    REGIONAL = "regional", _("Régionale")
    NATIONAL = "national", _("Nationale")


class ProjectRole(models.TextChoices):
    """What a person does in a project."""

    LEAD = "lead", _("Responsable")
    MEMBER = "member", _("Collaboration")


class PartKind(models.TextChoices):
    """What an organization gives to a project or promises to an action."""

    MONEY = "money", _("Argent")
    IN_KIND = "in_kind", _("Biens, locaux ou services")
    TIME = "time", _("Temps et accompagnement")
    EXPERTISE = "expertise", _("Expertise ou formation")
    VOICE = "voice", _("Appui public ou politique")


class DocumentKind(models.TextChoices):
    """What a file of a project is."""

    DOCUMENT = "document", _("Document")
    PHOTO = "photo", _("Photo")
    LETTER = "letter", _("Lettre")
    RECEIPT = "receipt", _("Pièce justificative")


class ActionState(models.TextChoices):
    """Where an action of a plan stands."""

    TO_DO = "to_do", _("À faire")
    UNDER_WAY = "under_way", _("En cours")
    DONE = "done", _("Fait")
    DROPPED = "dropped", _("Laissé de côté")


# Those still to be done.
OPEN_ACTION = (ActionState.TO_DO, ActionState.UNDER_WAY)


class SupportState(models.TextChoices):
    """What became of a promised support."""

    PROMISED = "promised", _("Promis")
    HELD = "held", _("Tenu")
    PARTLY = "partly", _("Tenu en partie")
    NOT_HELD = "not_held", _("Pas tenu")


class TargetWay(models.TextChoices):
    """Whether a target is to be reached upwards or downwards."""

    AT_LEAST = "at_least", _("Au moins (plus, c'est mieux)")
    AT_MOST = "at_most", _("Au plus (moins, c'est mieux)")


class Verdict(models.TextChoices):
    """What a yearly review says of a target."""

    REACHED = "reached", _("Atteinte")
    PARTLY = "partly", _("Atteinte en partie")
    NOT_REACHED = "not_reached", _("Pas atteinte")
    TOO_EARLY = "too_early", _("Trop tôt pour le dire")


class ActivityKind(models.TextChoices):
    """What kind of activity it is."""

    WORKSHOP = "workshop", _("Atelier")
    COURSE = "course", _("Cours")
    CONFERENCE = "conference", _("Conférence")
    CAMP = "camp", _("Camp")
    GARDEN = "garden", _("Jardin collectif")
    KITCHEN = "kitchen", _("Cuisine collective")
    OUTING = "outing", _("Sortie")
    GATHERING = "gathering", _("Grand rassemblement")
    MUTUAL_AID = "mutual_aid", _("Groupe d'entraide")
    SERVICE = "service", _("Service rendu")
    OTHER = "other", _("Autre")


class ActivityState(models.TextChoices):
    """Where an activity stands."""

    PLANNED = "planned", _("Prévue")
    HELD = "held", _("Tenue")
    CANCELLED = "cancelled", _("Annulée")


class Audience(models.TextChoices):
    """The categories in which those who take part in activities are counted; each person stands in one."""

    CHILDREN = "children", _("Enfants (0 à 11 ans)")
    YOUTH = "youth", _("Jeunes (12 à 17 ans)")
    ADULTS = "adults", _("Adultes (18 à 64 ans)")
    SENIORS = "seniors", _("Personnes aînées (65 ans et plus)")
    WORKERS = "workers", _("Intervenant·es et partenaires")
    UNKNOWN = "unknown", _("Âge non précisé")


class ApplicationState(models.TextChoices):
    """Where an application for support stands."""

    DRAFT = "draft", _("En préparation")
    SUBMITTED = "submitted", _("Déposée")
    RETURNED = "returned", _("À compléter")
    REVIEWED = "reviewed", _("À l'étude")
    GRANTED = "granted", _("Accordée")
    REFUSED = "refused", _("Refusée")
    DEFERRED = "deferred", _("Reportée")
    AGREED = "agreed", _("Lettre signée")
    REPORTED = "reported", _("Rapport final déposé")
    CLOSED = "closed", _("Fermée")
    WITHDRAWN = "withdrawn", _("Retirée")


class BudgetSide(models.TextChoices):
    """Whether a line of a budget is what it costs or who pays."""

    COST = "cost", _("Dépense")
    SOURCE = "source", _("Source")


class SourceKind(models.TextChoices):
    """What kind of money or goods a source of a budget is."""

    ASKED = "asked", _("Demandé à la mesure")
    MONEY = "money", _("Autre source, en argent")
    IN_KIND = "in_kind", _("Autre source, en biens et services")


class DecisionOutcome(models.TextChoices):
    """What a committee decided of an application."""

    GRANTED = "granted", _("Accordée")
    PARTLY = "partly", _("Accordée en partie")
    REFUSED = "refused", _("Refusée")
    DEFERRED = "deferred", _("Reportée à un autre appel")


class AmendmentKind(models.TextChoices):
    """What is changed of what was agreed."""

    AMOUNT = "amount", _("Montant")
    DATES = "dates", _("Dates")
    PURPOSE = "purpose", _("Objet ou postes du budget")


class PaymentKind(models.TextChoices):
    """Which way money went."""

    PAYMENT = "payment", _("Versement")
    REFUND = "refund", _("Remboursement")


class FunderKind(models.TextChoices):
    """What kind of funder offers a programme."""

    PUBLIC = "public", _("Gouvernement ou ministère")
    MUNICIPAL = "municipal", _("Municipalité ou MRC")
    FOUNDATION = "foundation", _("Fondation")
    CENTRAIDE = "centraide", _("Centraide")
    COOPERATIVE = "cooperative", _("Caisse ou mutuelle")
    OTHER = "other", _("Autre")


class FundingState(models.TextChoices):
    """Where a request to a funder stands."""

    TO_MAKE = "to_make", _("À faire")
    ASKED = "asked", _("Demandé")
    GRANTED = "granted", _("Accordé")
    PARTLY = "partly", _("Accordé en partie")
    REFUSED = "refused", _("Refusé")
    DROPPED = "dropped", _("Abandonné")


class Effect(models.TextChoices):
    """What changed: the effects that source 001 observed after its first agreement, and what none of them says."""

    ACTIVITIES = "activities", _("Plus d'activités")
    CLIMATE = "climate", _("Meilleur climat")
    KNOWLEDGE = "knowledge", _("Meilleure connaissance des services et autonomie")
    CONFLICTS = "conflicts", _("Moins de conflits")
    SAFETY = "safety", _("Sentiment de sécurité accru")
    REPUTATION = "reputation", _("Meilleure réputation du milieu")
    TIES = "ties", _("Liens et entraide")
    CONTINUITY = "continuity", _("Suites et pérennité")
    OTHER = "other", _("Autre retombée")


class ProofKind(models.TextChoices):
    """What a result rests on."""

    MEETING = "meeting", _("Rencontre")
    ENTRY = "entry", _("Intervention du journal")
    DOCUMENT = "document", _("Document du projet")
    ACTIVITY = "activity", _("Activité")
    ADDRESS = "address", _("Adresse")


class AlertOutcome(models.TextChoices):
    """How an alert of a vigilance scheme ended."""

    FALSE_ALARM = "false_alarm", _("Fausse alerte")
    HELP = "help", _("Aide apportée")
    EMERGENCY = "emergency", _("Urgence")
    DEATH = "death", _("Décès")
    UNKNOWN = "unknown", _("Issue non connue")


class TravelUnit(models.TextChoices):
    """In what travel is measured."""

    KM = "km", _("Kilomètres")
    MINUTES = "minutes", _("Minutes")
