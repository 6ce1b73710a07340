"""Words of this context that are choices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupKind(models.TextChoices):
    """What kind of group it is."""

    ELE = "ele", _("Équipe locale élargie (ÉLÉ)")
    TABLE = "table", _("Table de concertation")
    COMMUNITY = "community", _("Communauté de pratique")
    STEERING = "steering", _("Comité d'orientation ou de suivi")
    TENANTS = "tenants", _("Association ou comité de locataires")
    ADVISORY = "advisory", _("Comité consultatif de résidants (CCR)")
    WORKING = "working", _("Comité de travail")
    GATHERING = "gathering", _("Rencontre régionale ou grand rassemblement")
    OTHER = "other", _("Autre")


class GroupState(models.TextChoices):
    """Where a group stands in its life."""

    FORMING = "forming", _("En formation")
    ACTIVE = "active", _("Actif")
    DORMANT = "dormant", _("En veille")
    ENDED = "ended", _("Terminé")


class Capacity(models.TextChoices):
    """As what somebody takes part: the category in which participations are counted."""

    TENANT = "tenant", _("Locataire")
    CITIZEN = "citizen", _("Citoyen·ne")
    COMMUNITY = "community", _("Milieu communautaire")
    INSTITUTION = "institution", _("Milieu institutionnel")
    HOUSING = "housing", _("Milieu de l'habitation")
    MUNICIPAL = "municipal", _("Municipalité ou MRC")
    RESEARCH = "research", _("Recherche")
    OTHER = "other", _("Autre")


# Those who speak for themselves, not for an organization.
OWN_VOICE = (Capacity.TENANT, Capacity.CITIZEN)


class MemberRole(models.TextChoices):
    """What a member does in the group."""

    COORDINATOR = "coordinator", _("Coordination")
    FACILITATOR = "facilitator", _("Animation")
    SECRETARY = "secretary", _("Secrétariat")
    MEMBER = "member", _("Membre")
    OBSERVER = "observer", _("Observation")


# Those who prepare meetings, write minutes and keep the members.
ANIMATING = (MemberRole.COORDINATOR, MemberRole.FACILITATOR, MemberRole.SECRETARY)


class RequestState(models.TextChoices):
    """What became of a request to join."""

    PENDING = "pending", _("En attente")
    APPROVED = "approved", _("Approuvée")
    REFUSED = "refused", _("Refusée")


class MeetingKind(models.TextChoices):
    """What kind of meeting it is."""

    MEETING = "meeting", _("Rencontre")
    TRAINING = "training", _("Formation")
    ASSEMBLY = "assembly", _("Assemblée")
    GATHERING = "gathering", _("Grand rassemblement")
    WORKSHOP = "workshop", _("Atelier")


class MeetingState(models.TextChoices):
    """Where a meeting stands between the idea and what was done."""

    CHOOSING = "choosing", _("Date à choisir")
    PLANNED = "planned", _("Prévue")
    HELD = "held", _("Tenue")
    CANCELLED = "cancelled", _("Annulée")


class ItemKind(models.TextChoices):
    """What is expected of an item of the agenda."""

    INFORMATION = "information", _("Information")
    DISCUSSION = "discussion", _("Discussion")
    DECISION = "decision", _("Décision")


class PollReply(models.TextChoices):
    """What somebody says of a date that is proposed."""

    YES = "yes", _("Oui")
    IF_NEEDED = "if_needed", _("Au besoin")
    NO = "no", _("Non")


class Access(models.TextChoices):
    """What makes a meeting possible for somebody: asked at registration, offered by the meeting (source 000: four kinds)."""

    STEP_FREE = "step_free", _("Accès sans marche")
    HEARING = "hearing", _("Soutien à l'audition")
    SIGN_LANGUAGE = "sign_language", _("Interprétation en langue des signes")
    QUIET = "quiet", _("Coin calme, pauses, droit de se retirer")
    COMPANION = "companion", _("Venir avec une personne de confiance")
    PLAIN_LANGUAGE = "plain_language", _("Langage clair et aide à la lecture")
    INTERPRETER = "interpreter", _("Traduction ou interprète")
    TRANSPORT = "transport", _("Transport remboursé")
    CHILD_CARE = "child_care", _("Halte-garderie ou frais de garde")
    MEAL = "meal", _("Repas offert")


# The four kinds of universal access of source 000.
ACCESS_KINDS = {
    "physical": (Access.STEP_FREE, Access.HEARING, Access.SIGN_LANGUAGE),
    "emotional": (Access.QUIET, Access.COMPANION),
    "language": (Access.PLAIN_LANGUAGE, Access.INTERPRETER),
    "financial": (Access.TRANSPORT, Access.CHILD_CARE, Access.MEAL),
}


class RegistrationState(models.TextChoices):
    """Where a registration stands."""

    REGISTERED = "registered", _("Inscrit·e")
    WAITING = "waiting", _("En liste d'attente")
    CANCELLED = "cancelled", _("Désisté·e")


class Presence(models.TextChoices):
    """How somebody was there."""

    ON_SITE = "on_site", _("Sur place")
    REMOTE = "remote", _("À distance")


class MinutesState(models.TextChoices):
    """Where minutes stand."""

    DRAFT = "draft", _("Brouillon")
    CIRCULATED = "circulated", _("En circulation")
    ADOPTED = "adopted", _("Adopté")


class AmendmentState(models.TextChoices):
    """What became of a proposed change to the minutes."""

    PROPOSED = "proposed", _("Proposé")
    ACCEPTED = "accepted", _("Accepté")
    DECLINED = "declined", _("Écarté")


class DecisionWay(models.TextChoices):
    """How a decision was made."""

    CONSENSUS = "consensus", _("Par consensus")
    VOTE = "vote", _("Par vote")
    CONSENT = "consent", _("Sans objection")


class FollowUpState(models.TextChoices):
    """Where what was promised stands."""

    OPEN = "open", _("À faire")
    DONE = "done", _("Fait")
    DROPPED = "dropped", _("Laissé de côté")


class NeedState(models.TextChoices):
    """What came of a named need."""

    PROPOSED = "proposed", _("À lire")  # named without account: a person reads it before the group does
    OPEN = "open", _("Nommé")
    TAKEN_UP = "taken_up", _("Pris en charge")
    ANSWERED = "answered", _("Répondu")
    SET_ASIDE = "set_aside", _("Mis de côté")


class EvidenceKind(models.TextChoices):
    """What a need rests on."""

    REFERRALS = "referrals", _("Références sans réponse")
    ENTRY = "entry", _("Intervention du journal")
    MEETING = "meeting", _("Rencontre")
    DOCUMENT = "document", _("Document ou adresse")
    WORDS = "words", _("Parole recueillie")


class Method(models.TextChoices):
    """How a group says what comes first."""

    DOTS = "dots", _("Points à répartir")
    RANKING = "ranking", _("Classement")


class InitiativeStage(models.TextChoices):
    """Where an initiative stands."""

    IDEA = "idea", _("Idée")
    EXPLORING = "exploring", _("Exploration")
    SEEKING = "seeking", _("À la recherche d'appuis")
    TRYING = "trying", _("Expérimentation")
    UNDER_WAY = "under_way", _("En marche")
    HANDED_OVER = "handed_over", _("Passée à d'autres")
    STOPPED = "stopped", _("Arrêtée")


class ValueCycle(models.IntegerChoices):
    """The five cycles of value creation (Wenger, Trayner and de Laat, 2011)."""

    IMMEDIATE = 1, _("Valeur immédiate")
    POTENTIAL = 2, _("Valeur potentielle")
    APPLIED = 3, _("Valeur appliquée")
    REALIZED = 4, _("Valeur réalisée")
    REFRAMING = 5, _("Valeur de recadrage")


class Frequency(models.TextChoices):
    """How often what is new in groups is written to somebody."""

    WEEKLY = "weekly", _("Chaque semaine")
    MONTHLY = "monthly", _("Chaque mois")
    NEVER = "never", _("Jamais")


class TieKind(models.TextChoices):
    """What two organizations did together."""

    MEETING = "meeting", _("Même rencontre")
    REFERRAL = "referral", _("Référence")
    FOLLOW_UP = "follow_up", _("Suivi partagé")
    INITIATIVE = "initiative", _("Initiative commune")
