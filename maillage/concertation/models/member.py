import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Capacity, MemberRole, RequestState
from maillage.directory.models import Organization, Person

from .group import Group


class MemberQuerySet(models.QuerySet["Member"]):
    """Members of groups."""

    def current(self, day: date | None = None) -> "MemberQuerySet":
        """Members on `day` (today by default)."""
        day = day or timezone.localdate()
        return self.filter(Q(start=None) | Q(start__lte=day), Q(end=None) | Q(end__gte=day))

    def visible_to(self, actor: Any) -> "MemberQuerySet":
        """Members of the groups that `actor` sees."""
        return self.filter(group__in=Group.objects.visible_to(actor).order_by().values("pk"))


class Member(models.Model):
    """A person is in a group, for an organization or as a tenant or citizen, with a role, for a time.

    The accounts of current members are those who may read the group.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, verbose_name=_("personne"), on_delete=models.PROTECT, related_name="seats")
    organization = models.ForeignKey(
        Organization, verbose_name=_("pour"), null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    capacity = models.CharField(_("à titre de"), max_length=12, choices=Capacity, default=Capacity.COMMUNITY)
    role = models.CharField(_("rôle"), max_length=12, choices=MemberRole, default=MemberRole.MEMBER)
    start = models.DateField(_("depuis"), null=True, blank=True)
    end = models.DateField(_("jusqu'au"), null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre d'un groupe")
        verbose_name_plural = _("membres d'un groupe")
        ordering = ["person__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(start__lte=F("end")),
                name="concertation_member_dates",
                violation_error_message=_("La fin précède le début."),
            ),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(end=None),
                name="concertation_member_once",
                violation_error_message=_("Cette personne est déjà membre du groupe."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def has_left(self) -> bool:
        """Whether they are a member no longer."""
        return self.end is not None and self.end < timezone.localdate()


class JoinRequest(models.Model):
    """Somebody asks to join a group through its public sheet (« fiche »)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="requests")
    name = models.CharField(_("nom"), max_length=200)
    email = models.EmailField(_("courriel"))
    capacity = models.CharField(_("à titre de"), max_length=12, choices=Capacity, default=Capacity.COMMUNITY)
    organization_name = models.CharField(_("organisation"), max_length=250, blank=True)
    message = models.TextField(_("mot"), blank=True, max_length=2000)
    state = models.CharField(_("état"), max_length=10, choices=RequestState, default=RequestState.PENDING)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_label = models.CharField(max_length=200, blank=True, editable=False)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("demande d'adhésion")
        verbose_name_plural = _("demandes d'adhésion")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "email"],
                condition=Q(state="pending"),
                name="concertation_joinrequest_once",
                violation_error_message=_("Une demande attend déjà pour ce courriel."),
            )
        ]

    def __str__(self) -> str:
        return self.name
