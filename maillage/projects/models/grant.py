import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.concertation.models import Meeting, Member
from maillage.projects.amounts import AmountField
from maillage.projects.enums import AmendmentKind, DecisionOutcome, PaymentKind

from .application import Application
from .fund import Criterion


class Conflict(models.Model):
    """A member of the committee declares an interest in an application: they neither read the scores nor give one."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("raison"), max_length=300)
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("conflit d'intérêts déclaré")
        verbose_name_plural = _("conflits d'intérêts déclarés")
        ordering = ["declared_at", "id"]
        constraints = [models.UniqueConstraint(fields=["application", "member"], name="projects_conflict_once")]

    def __str__(self) -> str:
        return f"{self.member} – {self.application}"


class Score(models.Model):
    """What a member of the committee gives to an application for one criterion, with why."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="scores")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("note"))
    comment = models.CharField(_("commentaire"), max_length=1000, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("note d'une demande")
        ordering = ["application", "criterion", "member", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "member", "criterion"], name="projects_score_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion} : {self.points}"


class GrantDecision(models.Model):
    """What the committee decided of an application, when and why. A deferred one may be decided again."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("décision"), max_length=8, choices=DecisionOutcome)
    amount = AmountField(_("montant accordé"))
    reason = models.TextField(_("raison"), max_length=3000)
    conditions = models.TextField(_("conditions"), blank=True, max_length=3000)
    decided_on = models.DateField(_("décidé le"))
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=200, blank=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("décision sur une demande")
        verbose_name_plural = _("décisions sur des demandes")
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["granted", "partly"], amount__gt=0)
                | Q(outcome__in=["refused", "deferred"], amount=0),
                name="projects_decision_amount",
                violation_error_message=_(
                    "Une demande accordée a un montant ; une demande refusée ou reportée n'en a pas."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} : {self.get_outcome_display()}"


class GrantAmendment(models.Model):
    """What was agreed changes: more or less money (`change`, signed), other dates, another use."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(_("ce qui change"), max_length=7, choices=AmendmentKind)
    change = AmountField(_("changement du montant"), default=0)
    ends_on = models.DateField(_("nouvelle fin"), null=True, blank=True)
    reason = models.CharField(_("raison"), max_length=1000)
    decided_on = models.DateField(_("décidé le"))
    by_label = models.CharField(max_length=200, blank=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("avenant")
        verbose_name_plural = _("avenants")
        ordering = ["decided_on", "id"]

    def __str__(self) -> str:
        return f"{self.application} : {self.get_kind_display()}"


class Payment(models.Model):
    """Money went to the payee, or came back. A payment written by mistake is cancelled, never deleted."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(_("sens"), max_length=7, choices=PaymentKind, default=PaymentKind.PAYMENT)
    amount = AmountField(_("montant"))
    on = models.DateField(_("date"))
    reference = models.CharField(pgettext_lazy("versement", "référence"), max_length=100, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("raison de l'annulation"), max_length=300, blank=True, editable=False)
    by_label = models.CharField(max_length=200, blank=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("versement")
        verbose_name_plural = _("versements")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="projects_payment_amount",
                violation_error_message=_("Un versement a un montant plus grand que zéro."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} : {self.amount}"


class FinalReport(models.Model):
    """What a supported project came to: its results, whom it reached, what it cost, what goes on.

    `participants` are distinct persons, `participations` attendances of the same persons several times: one is never the other.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="report")
    results = models.TextField(_("principales retombées"), max_length=10_000)
    participants = models.PositiveIntegerField(_("participants (personnes différentes)"), null=True, blank=True)
    participations = models.PositiveIntegerField(_("participations (présences)"), null=True, blank=True)
    reached = models.CharField(_("qui a été rejoint"), max_length=500, blank=True)
    learned = models.TextField(_("ce que nous avons appris"), blank=True, max_length=5000)
    afterwards = models.TextField(_("ce qui se poursuit"), blank=True, max_length=3000)
    submitted_on = models.DateField(_("déposé le"), default=timezone.localdate)
    accepted_on = models.DateField(_("accepté le"), null=True, blank=True)

    class Meta:
        verbose_name = _("rapport final")
        verbose_name_plural = _("rapports finaux")
        ordering = ["application"]
        constraints = [
            models.CheckConstraint(
                condition=Q(participants=None) | Q(participations=None) | Q(participations__gte=F("participants")),
                name="projects_report_reach",
                violation_error_message=_("Il y a au moins autant de participations que de participants."),
            )
        ]

    def __str__(self) -> str:
        return str(self.application)
