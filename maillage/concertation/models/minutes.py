import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import AmendmentState, DecisionWay, FollowUpState, MinutesState

from .agenda import AgendaItem
from .group import Group
from .meeting import Meeting
from .member import Member


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Minutes."""

    def visible_to(self, actor: Any) -> "MinutesQuerySet":
        """Those of the meetings that `actor` sees."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor).order_by().values("pk"))

    def published(self) -> "MinutesQuerySet":
        """Those whose account anybody may read, the latest meeting first."""
        return self.filter(published_at__isnull=False).order_by("-meeting__starts_at", "-id")


class Minutes(models.Model):
    """The minutes of a meeting; what was said of each item stands with the item.

    `summary` is the account in plain language, which the public page shows when the group publishes it.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(_("état"), max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    opening = models.TextField(_("ouverture"), blank=True, max_length=5000)
    closing = models.TextField(_("clôture"), blank=True, max_length=5000)
    summary = models.TextField(_("compte rendu en langage clair"), blank=True, max_length=10_000)
    revision = models.PositiveIntegerField(default=0, editable=False)
    circulated_at = models.DateTimeField(null=True, blank=True)
    adopted_on = models.DateField(_("adopté le"), null=True, blank=True)
    adopted_in = models.ForeignKey(
        Meeting, verbose_name=_("adopté à"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("procès-verbal")
        verbose_name_plural = _("procès-verbaux")
        ordering = ["-meeting__starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(adopted_on__isnull=False),
                name="concertation_minutes_adopted",
                violation_error_message=_("Donnez la date de l'adoption."),
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class NoteVersion(models.Model):
    """A text of the minutes as it stood until revision `number`: what two people who type at once are merged by.

    One that is `waiting` was typed over lines that somebody else had changed: a person reads both and settles.
    `item` is empty for the opening, the closing and the account. Erased when the minutes are adopted.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="versions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="versions")
    field = models.CharField(max_length=10, editable=False)
    number = models.PositiveIntegerField(editable=False)
    text = models.TextField(_("texte"), blank=True, max_length=20_000)
    waiting = models.BooleanField(_("à concilier"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=200, blank=True, editable=False)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("version d'un texte de procès-verbal")
        ordering = ["id"]
        indexes = [models.Index(fields=["minutes", "field", "item", "number"], name="concertation_noteversion_at")]

    def __str__(self) -> str:
        return self.text[:80]


class Amendment(models.Model):
    """A change that somebody proposes to minutes that circulate or were adopted: what they say changes by it only.

    `before` is what its item said until it was accepted.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="amendments")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="amendments")
    text = models.TextField(_("changement proposé"), max_length=3000)
    proposed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(_("état"), max_length=10, choices=AmendmentState, default=AmendmentState.PROPOSED)
    answer = models.CharField(_("réponse"), max_length=500, blank=True)
    before = models.TextField(_("texte d'avant"), blank=True, max_length=20_000)
    proposed_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("amendement")
        ordering = ["proposed_at", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions."""

    def visible_to(self, actor: Any) -> "DecisionQuerySet":
        """Those of the groups that `actor` sees."""
        return self.filter(group__in=Group.objects.visible_to(actor).order_by().values("pk"))


class Decision(models.Model):
    """What a group decided; the register runs across its meetings, `number` within the group."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    number = models.PositiveIntegerField(editable=False)
    text = models.TextField(_("décision"), max_length=3000)
    way = models.CharField(_("manière"), max_length=10, choices=DecisionWay, default=DecisionWay.CONSENSUS)
    votes_for = models.PositiveIntegerField(_("pour"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("contre"), null=True, blank=True)
    abstentions = models.PositiveIntegerField(_("abstentions"), null=True, blank=True)
    decided_on = models.DateField(_("décidé le"))
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("décision d'un groupe")
        verbose_name_plural = _("décisions d'un groupe")
        ordering = ["-decided_on", "-number"]
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="concertation_decision_number")]

    def __str__(self) -> str:
        return self.text[:80]


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """What was promised."""

    def visible_to(self, actor: Any) -> "FollowUpQuerySet":
        """Those of the groups that `actor` sees."""
        return self.filter(group__in=Group.objects.visible_to(actor).order_by().values("pk"))

    def open(self) -> "FollowUpQuerySet":
        """Those still to be done, the most pressing first, those without day last."""
        return self.filter(state=FollowUpState.OPEN).order_by(F("due_on").asc(nulls_last=True), "id")

    def late(self, day: date | None = None) -> "FollowUpQuerySet":
        """Those still to be done on `day` (today by default) whose day has come."""
        return self.open().filter(due_on__lte=day or timezone.localdate())


class FollowUp(models.Model):
    """What somebody of a group promised to do (« suivi »): who, what, when, done."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="follow_ups")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups")
    what = models.CharField(_("quoi"), max_length=500)
    members = models.ManyToManyField(Member, verbose_name=_("qui"), blank=True, related_name="follow_ups")
    who = models.CharField(_("qui (autre)"), max_length=200, blank=True)
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=8, choices=FollowUpState, default=FollowUpState.OPEN)
    done_on = models.DateField(_("fait le"), null=True, blank=True)
    outcome = models.CharField(_("ce qui en est ressorti"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("suivi d'un groupe")
        verbose_name_plural = _("suivis d'un groupe")
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.what

    @property
    def is_late(self) -> bool:
        """Whether its day has come and it is still to be done."""
        return self.state == FollowUpState.OPEN and self.due_on is not None and self.due_on <= timezone.localdate()
