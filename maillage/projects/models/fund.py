import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.models import Group
from maillage.programs.models import Membership, Program
from maillage.projects.amounts import AmountField


class FundQuerySet(models.QuerySet["Fund"]):
    """Support measures."""

    def visible_to(self, actor: Any) -> "FundQuerySet":
        """All of them for whoever signs in: a group reads what it may ask for. Applications have a door of their own."""
        return self if actor.is_authenticated else self.none()

    def managed_by(self, actor: Any) -> "FundQuerySet":
        """Those of the programmes that `actor` coordinates; all for an administrator."""
        if not actor.is_authenticated:
            return self.none()
        if actor.is_administrator:
            return self
        mine = Membership.objects.current().filter(user=actor, role="coordinator").order_by().values("program")
        return self.filter(program__in=mine)


class Fund(models.Model):
    """A support measure of a programme: its envelope, what it asks, what it gives at most (« mesure de soutien »).

    `most_share` is the largest part of a project's cost that it pays, in percent.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    program = models.ForeignKey(Program, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="funds")
    name = models.CharField(_("nom"), max_length=200)
    words = models.TextField(_("ce qu'elle soutient"), blank=True, max_length=5000)
    conditions = models.TextField(_("conditions"), blank=True, max_length=5000)
    envelope = AmountField(_("enveloppe"))
    most = AmountField(_("plafond par projet"), null=True, blank=True)
    most_share = models.PositiveSmallIntegerField(_("part maximale du coût (%)"), null=True, blank=True)
    start = models.DateField(_("début"))
    end = models.DateField(_("fin"), null=True, blank=True)
    committee = models.ForeignKey(
        Group,
        verbose_name=_("comité d'évaluation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="funds",
    )
    signatory = models.CharField(_("qui signe les lettres"), max_length=200, blank=True)

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = _("mesure de soutien")
        verbose_name_plural = _("mesures de soutien")
        ordering = ["-start", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(envelope__gte=0) & (Q(most=None) | Q(most__gte=0)),
                name="projects_fund_amounts",
                violation_error_message=_("Un montant n'est jamais négatif."),
            ),
            models.CheckConstraint(
                condition=Q(most_share=None) | Q(most_share__gte=1, most_share__lte=100),
                name="projects_fund_share",
                violation_error_message=_("La part maximale va de 1 à 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")),
                name="projects_fund_dates",
                violation_error_message=_("La fin de la mesure précède son début."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """What a committee scores in an application; `most` is the highest score, `weight` how much it counts."""

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveIntegerField(_("rang"), default=0)
    label = models.CharField(_("critère"), max_length=200)
    words = models.CharField(_("ce qu'on regarde"), max_length=500, blank=True)
    most = models.PositiveSmallIntegerField(_("note maximale"), default=5)
    weight = models.PositiveSmallIntegerField(_("poids"), default=1)
    is_retired = models.BooleanField(_("retiré"), default=False)

    class Meta:
        verbose_name = _("critère d'évaluation")
        verbose_name_plural = _("critères d'évaluation")
        ordering = ["fund", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(most__gte=1, weight__gte=1),
                name="projects_criterion_points",
                violation_error_message=_("La note maximale et le poids valent au moins 1."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class Call(models.Model):
    """A time when applications to a fund are taken (« appel de projets »)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(_("titre"), max_length=200)
    words = models.TextField(_("consignes"), blank=True, max_length=5000)
    opens_on = models.DateField(_("ouvre le"))
    closes_on = models.DateField(_("ferme le"))
    decides_on = models.DateField(_("décisions pour le"), null=True, blank=True)
    report_due_on = models.DateField(_("rapports pour le"), null=True, blank=True)
    envelope = AmountField(_("enveloppe de l'appel"), null=True, blank=True)
    is_announced = models.BooleanField(_("annoncé à tout le monde"), default=False)

    class Meta:
        verbose_name = _("appel de projets")
        verbose_name_plural = _("appels de projets")
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="projects_call_dates",
                violation_error_message=_("L'appel fermerait avant d'ouvrir."),
            ),
            models.CheckConstraint(
                condition=Q(envelope=None) | Q(envelope__gte=0),
                name="projects_call_envelope",
                violation_error_message=_("Un montant n'est jamais négatif."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
