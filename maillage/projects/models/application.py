import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.concertation.models import Group, Member
from maillage.directory.models import Organization
from maillage.projects.amounts import AmountField
from maillage.projects.enums import ApplicationState, BudgetSide, SourceKind

from .fund import Call, Fund
from .project import Project


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications for support."""

    def visible_to(self, actor: Any) -> "ApplicationQuerySet":
        """Those of the projects that `actor` sees; once submitted, also those of the funds they manage or evaluate."""
        if not actor.is_authenticated:
            return self.none()
        if actor.is_administrator:
            return self
        projects = Project.objects.visible_to(actor).order_by().values("pk")
        funds = Fund.objects.managed_by(actor).order_by().values("pk")
        committees = Member.objects.current().filter(person__user_id=actor.pk).order_by().values("group")
        received = ~Q(state=ApplicationState.DRAFT)
        judged = Q(call__fund__in=funds) | Q(call__fund__committee__in=committees)
        on_paper = Q(call__fund__in=funds, received_on__isnull=False)
        return self.filter(Q(project__in=projects) | (received & judged) | on_paper)


class Application(models.Model):
    """A group asks a fund for support of a project, in plain words (« demande de soutien »).

    `asked` is what it asks; `granted` what was granted with its amendments, None before a decision. Both follow the lines of
    the budget and the decisions: services keep them. `received_on` is the day on which the fund's keepers received it on paper:
    they write such a one for the group; None for one that the group writes here.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("appel"), on_delete=models.PROTECT, related_name="applications")
    project = models.ForeignKey(
        Project, verbose_name=_("projet"), on_delete=models.PROTECT, related_name="applications"
    )
    group = models.ForeignKey(
        Group, verbose_name=_("groupe"), null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    payee = models.ForeignKey(
        Organization,
        verbose_name=_("organisme qui reçoit l'argent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("état"), max_length=9, choices=ApplicationState, default=ApplicationState.DRAFT, editable=False
    )
    what = models.TextField(_("ce que nous voulons faire"), blank=True, max_length=5000)
    why = models.TextField(_("le besoin que les locataires ont nommé"), blank=True, max_length=5000)
    who = models.TextField(_("qui participera et qui décidera"), blank=True, max_length=3000)
    when = models.CharField(_("quand"), max_length=500, blank=True)
    changes = models.TextField(_("ce que cela changera"), blank=True, max_length=3000)
    afterwards = models.TextField(_("comment cela continuera ensuite"), blank=True, max_length=3000)
    asked = AmountField(_("montant demandé"), null=True, blank=True, editable=False)
    granted = AmountField(_("montant accordé"), null=True, blank=True, editable=False)
    starts_on = models.DateField(_("début prévu"), null=True, blank=True)
    ends_on = models.DateField(_("fin prévue"), null=True, blank=True)
    missing = models.CharField(_("ce qui manque"), max_length=1000, blank=True, editable=False)
    received_on = models.DateField(_("reçue sur papier le"), null=True, blank=True, editable=False)
    submitted_on = models.DateField(_("déposée le"), null=True, blank=True, editable=False)
    agreed_on = models.DateField(_("lettre signée le"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de soutien")
        verbose_name_plural = _("demandes de soutien")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "project"],
                condition=~Q(state="withdrawn"),
                name="projects_application_once",
                violation_error_message=_("Ce projet a déjà une demande à cet appel."),
            ),
            models.CheckConstraint(
                condition=(Q(asked=None) | Q(asked__gte=0)) & (Q(granted=None) | Q(granted__gte=0)),
                name="projects_application_amounts",
                violation_error_message=_("Un montant n'est jamais négatif."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} ({self.call})"


class ApplicationStep(models.Model):
    """An application passed from one state to another: its log. `on` is the day it happened, `at` when it was written."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=9, choices=ApplicationState, blank=True)
    after = models.CharField(max_length=9, choices=ApplicationState)
    on = models.DateField(_("date"), default=timezone.localdate)
    words = models.CharField(_("précisions"), max_length=1000, blank=True)
    by_label = models.CharField(max_length=200, blank=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("étape d'une demande")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.application} : {self.get_after_display()}"


class BudgetLine(models.Model):
    """A line of an application's budget: what something costs, or who pays how much; `actual` is said by the final report."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="budget")
    position = models.PositiveIntegerField(_("rang"), default=0)
    side = models.CharField(max_length=6, choices=BudgetSide)
    kind = models.CharField(_("sorte"), max_length=7, choices=SourceKind, blank=True)  # of a source
    label = models.CharField(_("poste ou source"), max_length=200)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organisme"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    amount = AmountField(_("montant prévu"))
    actual = AmountField(_("montant réel"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("confirmé"), default=False)

    class Meta:
        verbose_name = _("ligne de budget")
        verbose_name_plural = _("lignes de budget")
        ordering = ["application", "-side", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0) & (Q(actual=None) | Q(actual__gte=0)),
                name="projects_budgetline_amounts",
                violation_error_message=_("Un montant n'est jamais négatif."),
            ),
            models.CheckConstraint(
                condition=Q(side="cost", kind="") | (Q(side="source") & ~Q(kind="")),
                name="projects_budgetline_kind",
                violation_error_message=_(
                    "Une source est demandée à la mesure, en argent ou en biens ; une dépense n'a pas de sorte."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label
