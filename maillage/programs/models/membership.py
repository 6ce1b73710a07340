from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import Organization
from maillage.programs.enums import TEAM, Role
from maillage.territories.models import Division

from .program import Program


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships."""

    def current(self, day: date | None = None) -> "MembershipQuerySet":
        """Memberships in force on `day` (today by default)."""
        day = day or date.today()
        return self.filter(Q(start=None) | Q(start__lte=day), Q(end=None) | Q(end__gte=day))

    def team(self) -> "MembershipQuerySet":
        """Memberships of those who write the journal."""
        return self.filter(role__in=TEAM)

    def visible_to(self, actor: Any) -> "MembershipQuerySet":
        """Memberships of the programmes whose team `actor` is in; one's own everywhere; all for an administrator."""
        if not actor.is_authenticated:
            return self.none()
        if actor.is_administrator:
            return self
        teams = Membership.objects.current().team().filter(user=actor).values("program")
        return self.filter(Q(program__in=teams) | Q(user=actor))


class Membership(models.Model):
    """A person is in a programme with a role, for a time.

    `user` is empty for a worker known only from an imported journal. `label` is the name the team reads on entries;
    it is kept when the person leaves.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    label = models.CharField(_("nom affiché"), max_length=150)
    role = models.CharField(_("rôle"), max_length=12, choices=Role)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    divisions = models.ManyToManyField(Division, verbose_name=_("MRC"), blank=True, related_name="memberships")
    start = models.DateField(_("depuis"), null=True, blank=True)
    end = models.DateField(_("jusqu'au"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation au programme")
        ordering = ["label", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "user", "role"],
                name="programs_membership_once",
                violation_error_message=_("Cette personne a déjà ce rôle dans le programme."),
            ),
            models.CheckConstraint(
                condition=Q(end=None) | Q(start=None) | Q(end__gte=F("start")),
                name="programs_membership_dates",
                violation_error_message=_("La participation finirait avant de commencer."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_current(self) -> bool:
        """Whether it is in force today."""
        today = date.today()
        return (self.start is None or self.start <= today) and (self.end is None or self.end >= today)
