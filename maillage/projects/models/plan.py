import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.concertation.models import Group, Meeting, Member
from maillage.directory.models import Organization
from maillage.programs.models import Program
from maillage.projects.amounts import AmountField
from maillage.projects.enums import ActionState, PartKind, SupportState, TargetWay, Verdict

from .project import Project


class PlanQuerySet(models.QuerySet["Plan"]):
    """Action plans."""

    def visible_to(self, actor: Any) -> "PlanQuerySet":
        """Plans of the groups, projects and programmes that `actor` sees."""
        groups = Group.objects.visible_to(actor).order_by().values("pk")
        projects = Project.objects.visible_to(actor).order_by().values("pk")
        programs = Program.objects.visible_to(actor).order_by().values("pk")
        return self.filter(Q(group__in=groups) | Q(project__in=projects) | Q(program__in=programs))


class Plan(models.Model):
    """An action plan of a group, of a project or of a démarche, for a period (« plan d'action »)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="plans")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="plans")
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(_("titre"), max_length=200)
    start = models.DateField(_("début"))
    end = models.DateField(_("fin"))
    words = models.TextField(_("en bref"), blank=True, max_length=3000)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    updated_at = models.DateTimeField(auto_now=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan d'action")
        verbose_name_plural = _("plans d'action")
        ordering = ["-start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, project=None, program=None)
                | Q(group=None, project__isnull=False, program=None)
                | Q(group=None, project=None, program__isnull=False),
                name="projects_plan_owner",
                violation_error_message=_(
                    "Un plan appartient à un groupe, à un projet ou à un programme, et à un seul."
                ),
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="projects_plan_dates",
                violation_error_message=_("La fin du plan précède son début."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Objective(models.Model):
    """What a plan wants to reach."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objectives")
    position = models.PositiveIntegerField(_("rang"), default=0)
    title = models.CharField(_("objectif"), max_length=300)
    is_priority = models.BooleanField(_("cible prioritaire de l'année"), default=False)

    class Meta:
        verbose_name = _("objectif")
        ordering = ["plan", "position", "id"]

    def __str__(self) -> str:
        return self.title


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions of plans."""

    def visible_to(self, actor: Any) -> "ActionQuerySet":
        """Those of the plans that `actor` sees."""
        return self.filter(objective__plan__in=Plan.objects.visible_to(actor).order_by().values("pk"))

    def open(self) -> "ActionQuerySet":
        """Those still to be done, the most pressing first, those without day last."""
        waiting = (ActionState.TO_DO, ActionState.UNDER_WAY)
        return self.filter(state__in=waiting).order_by(F("due_on").asc(nulls_last=True), "id")

    def late(self, day: date | None = None) -> "ActionQuerySet":
        """Those still to be done whose day has passed on `day` (today by default)."""
        return self.open().filter(due_on__lt=day or timezone.localdate())


class Action(models.Model):
    """What is to be done for an objective: who, with whom, by what means, for when, and how one will know.

    `indicator` is what is measured, in `unit`; `target` what is aimed at, upwards or downwards (`way`). `carried_from` is the action of an earlier plan that this one
    goes on with. `revision` grows with each change: two people who edit at once see it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveIntegerField(_("rang"), default=0)
    title = models.CharField(_("action"), max_length=300)
    details = models.TextField(_("précisions"), blank=True, max_length=5000)
    state = models.CharField(_("état"), max_length=9, choices=ActionState, default=ActionState.TO_DO)
    members = models.ManyToManyField(Member, verbose_name=_("responsables"), blank=True, related_name="actions")
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisme responsable"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    who = models.CharField(_("responsable (autre)"), max_length=200, blank=True)
    partners = models.ManyToManyField(Organization, verbose_name=_("partenaires"), blank=True, related_name="actions")
    means = models.CharField(_("moyens"), max_length=500, blank=True)
    starts_on = models.DateField(_("débute le"), null=True, blank=True)
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    done_on = models.DateField(_("fait le"), null=True, blank=True)
    after = models.ManyToManyField(
        "self", verbose_name=_("vient après"), symmetrical=False, blank=True, related_name="before"
    )
    indicator = models.CharField(_("indicateur"), max_length=300, blank=True)
    unit = models.CharField(_("unité"), max_length=60, blank=True)
    target = models.DecimalField(_("cible"), max_digits=12, decimal_places=2, null=True, blank=True)
    way = models.CharField(_("sens de la cible"), max_length=8, choices=TargetWay, default=TargetWay.AT_LEAST)
    outcome = models.CharField(_("ce qui en est ressorti"), max_length=1000, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action d'un plan")
        verbose_name_plural = _("actions d'un plan")
        ordering = ["objective", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="projects_action_dates",
                violation_error_message=_("L'échéance de l'action précède son début."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is still to be done."""
        waiting = (ActionState.TO_DO, ActionState.UNDER_WAY)
        return self.state in waiting and self.due_on is not None and self.due_on < timezone.localdate()


class Measure(models.Model):
    """What an indicator was on a day."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="measures")
    on = models.DateField(_("date"))
    value = models.DecimalField(_("mesure"), max_digits=12, decimal_places=2)
    words = models.CharField(_("d'où vient la mesure"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mesure d'un indicateur")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "on"],
                name="projects_measure_once",
                violation_error_message=_("Cet indicateur a déjà une mesure pour ce jour."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} : {self.value}"


class ActionSupport(models.Model):
    """A named support of an action: an action without one is shown as such (source 004 does not begin those)."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="supports")
    organization = models.ForeignKey(
        Organization, verbose_name=_("organisme"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("qui (autre)"), max_length=200, blank=True)
    kind = models.CharField(_("part"), max_length=9, choices=PartKind, default=PartKind.TIME)
    words = models.CharField(_("ce qui est promis"), max_length=300, blank=True)
    amount = AmountField(_("montant"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=8, choices=SupportState, default=SupportState.PROMISED)
    promised_on = models.DateField(_("promis le"), null=True, blank=True)
    said_on = models.DateField(_("constaté le"), null=True, blank=True)

    class Meta:
        verbose_name = _("appui d'une action")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(name=""),
                name="projects_support_named",
                violation_error_message=_("Dites qui appuie l'action."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.organization)


class ReviewQuerySet(models.QuerySet["Review"]):
    """Yearly reviews."""

    def visible_to(self, actor: Any) -> "ReviewQuerySet":
        """Those of the plans that `actor` sees."""
        return self.filter(plan__in=Plan.objects.visible_to(actor).order_by().values("pk"))


class Review(models.Model):
    """A group or a démarche takes stock of its plan (« bilan annuel »): what came of it, and what comes first next."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("année"))
    held_on = models.DateField(_("fait le"))
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(_("ce que nous en retenons"), blank=True, max_length=10_000)
    next_plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="opened_by")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("bilan annuel d'un plan")
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year"],
                name="projects_review_once",
                violation_error_message=_("Ce plan a déjà un bilan pour cette année."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} – {self.year}"


class ReviewLine(models.Model):
    """What a review says of one action's target."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="lines")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="review_lines")
    verdict = models.CharField(_("cible"), max_length=11, choices=Verdict)
    words = models.CharField(_("ce qui en est ressorti"), max_length=1000, blank=True)
    goes_on = models.BooleanField(_("se poursuit l'an prochain"), default=False)

    class Meta:
        verbose_name = _("ligne d'un bilan")
        ordering = ["review", "action", "id"]
        constraints = [models.UniqueConstraint(fields=["review", "action"], name="projects_reviewline_once")]

    def __str__(self) -> str:
        return f"{self.action} : {self.get_verdict_display()}"


class NextPriority(models.Model):
    """A target that a review puts first for the year to come, with who supports it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="priorities")
    position = models.PositiveIntegerField(_("rang"), default=0)
    statement = models.CharField(_("cible prioritaire"), max_length=300)
    support = models.CharField(_("appuis promis"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("priorité de l'année à venir")
        verbose_name_plural = _("priorités de l'année à venir")
        ordering = ["review", "position", "id"]

    def __str__(self) -> str:
        return self.statement
