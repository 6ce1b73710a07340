import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Capacity, Presence, RegistrationState
from maillage.directory.models import Organization, Person

from .meeting import Meeting


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations."""

    def holding(self) -> "RegistrationQuerySet":
        """Those that hold a place."""
        return self.filter(state=RegistrationState.REGISTERED)

    def waiting(self) -> "RegistrationQuerySet":
        """Those that wait for one, the first first."""
        return self.filter(state=RegistrationState.WAITING).order_by("rank", "id")

    def visible_to(self, actor: Any) -> "RegistrationQuerySet":
        """Those of the meetings that `actor` sees."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor).order_by().values("pk"))


class Registration(models.Model):
    """Somebody says that they will come. `rank` is the order in which they asked: it orders the waiting list.

    `asked_for` holds codes of `Access`; they are read by those who prepare the meeting, and wiped after it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # whoever has it holds the registration
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="meeting_registrations"
    )
    name = models.CharField(_("nom"), max_length=200)
    email = models.EmailField(_("courriel"), blank=True)
    organization = models.ForeignKey(
        Organization, verbose_name=_("pour"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organization_name = models.CharField(_("organisation"), max_length=250, blank=True)
    capacity = models.CharField(_("à titre de"), max_length=12, choices=Capacity, default=Capacity.COMMUNITY)
    presence = models.CharField(_("présence"), max_length=8, choices=Presence, default=Presence.ON_SITE)
    asked_for = models.JSONField(_("ce qui me permettrait de participer"), default=list, blank=True)
    access_note = models.CharField(_("précisions"), max_length=500, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=RegistrationState, default=RegistrationState.REGISTERED)
    rank = models.PositiveIntegerField(default=0, editable=False)
    registered_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    promoted_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription à une rencontre")
        verbose_name_plural = _("inscriptions à une rencontre")
        ordering = ["meeting", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "rank"], name="concertation_registration_rank"),
            models.UniqueConstraint(
                fields=["meeting", "email"],
                condition=~Q(email="") & ~Q(state="cancelled"),
                name="concertation_registration_once",
                violation_error_message=_("Ce courriel est déjà inscrit à cette rencontre."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Who was there."""

    def visible_to(self, actor: Any) -> "AttendanceQuerySet":
        """Those of the meetings that `actor` sees."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor).order_by().values("pk"))


class Attendance(models.Model):
    """Somebody was at a meeting: for which organization, as what, on site or not.

    `person` is known for members; a line without person is a named guest who agreed to be.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="meeting_attendances"
    )
    registration = models.OneToOneField(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="attendance"
    )
    name = models.CharField(_("nom"), max_length=200)
    organization = models.ForeignKey(
        Organization, verbose_name=_("pour"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    capacity = models.CharField(_("à titre de"), max_length=12, choices=Capacity, default=Capacity.COMMUNITY)
    presence = models.CharField(_("présence"), max_length=8, choices=Presence, default=Presence.ON_SITE)
    arrived_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("présence à une rencontre")
        verbose_name_plural = _("présences à une rencontre")
        ordering = ["meeting", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="concertation_attendance_once",
                violation_error_message=_("Cette personne est déjà notée présente."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class GuestCount(models.Model):
    """Guests of a meeting, counted without name, by what they came as."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    capacity = models.CharField(_("à titre de"), max_length=12, choices=Capacity)
    count = models.PositiveIntegerField(_("nombre"), default=0)

    class Meta:
        verbose_name = _("personnes comptées sans nom")
        ordering = ["meeting", "capacity"]
        constraints = [models.UniqueConstraint(fields=["meeting", "capacity"], name="concertation_guestcount_once")]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} : {self.count}"
