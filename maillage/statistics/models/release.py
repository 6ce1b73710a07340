import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program
from maillage.statistics.enums import PeriodKind, ReleaseState


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases."""

    def public(self) -> "ReleaseQuerySet":
        """All that anybody may read: published, and what was published before it was corrected or withdrawn."""
        return self.exclude(state=ReleaseState.DRAFT)

    def visible_to(self, actor: Any) -> "ReleaseQuerySet":
        """What is public, and the drafts of the programmes that `actor` coordinates; all for an administrator."""
        if not actor.is_authenticated:
            return self.public()
        if actor.is_administrator:
            return self
        coordinated = Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).values("program")
        return self.filter(~Q(state=ReleaseState.DRAFT) | Q(program__in=coordinated))


class Release(models.Model):
    """Figures published for ever: what of a programme's portrait is shown, and what it was made from.

    `content` is all that the public reads (`statistics.release.frozen`), and never changes once published. `ledger`
    (true figures) and `findings` (why each figure is hidden) are for the team and for the protection of later
    releases: they never leave. `attack` is what can be deduced from all that is published, figure by figure.
    A correction is a new version under the same `number`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("numéro"))
    version = models.PositiveIntegerField(_("version"), default=1)
    title = models.CharField(_("titre"), max_length=200)
    period = models.CharField(_("période"), max_length=10, choices=PeriodKind)
    start = models.DateField(_("premier jour"))
    end = models.DateField(_("dernier jour"))
    levels = models.JSONField(_("niveaux de territoire"), default=list)
    tables = models.JSONField(_("tableaux"), default=list, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=ReleaseState, default=ReleaseState.DRAFT)
    note = models.TextField(_("ce que la version corrige"), blank=True, max_length=1000)

    withdrawal = models.TextField(_("pourquoi elle est retirée"), blank=True, max_length=1000)

    content = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    attack = models.JSONField(default=dict, blank=True)
    ledger = models.JSONField(default=dict, blank=True)
    findings = models.JSONField(default=dict, blank=True)
    policy = models.JSONField(default=dict, blank=True)

    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        ordering = ["-start", "-number", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number", "version"],
                name="statistics_release_version_once",
                violation_error_message=_("Cette version existe déjà."),
            ),
            models.UniqueConstraint(
                fields=["program", "number"],
                condition=Q(state="published"),
                name="statistics_release_one_in_force",
                violation_error_message=_("Une autre version de cette publication est en vigueur."),
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="statistics_release_dates",
                violation_error_message=_("La période finirait avant de commencer."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="statistics_release_dated",
                violation_error_message=_("Une publication porte la date où elle a été publiée."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
