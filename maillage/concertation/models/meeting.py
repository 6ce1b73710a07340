import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Access, MeetingKind, MeetingState
from maillage.territories.models import Division

from .group import Group


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings and trainings."""

    def visible_to(self, actor: Any) -> "MeetingQuerySet":
        """Meetings of the groups that `actor` sees."""
        return self.filter(group__in=Group.objects.visible_to(actor).order_by().values("pk"))

    def public(self) -> "MeetingQuerySet":
        """Meetings announced to everybody, of groups that are not discreet."""
        return self.filter(is_public=True, group__is_discreet=False)

    def dated(self) -> "MeetingQuerySet":
        """Meetings whose date is chosen and that were not called off, the first first."""
        return self.filter(state__in=[MeetingState.PLANNED, MeetingState.HELD]).order_by("starts_at", "id")

    def to_come(self) -> "MeetingQuerySet":
        """Planned meetings that are not over, the next first."""
        return self.filter(state=MeetingState.PLANNED, ends_at__gte=timezone.now()).order_by("starts_at", "id")


class Meeting(models.Model):
    """A meeting or training of a group: one occurrence; those of a series share `series` and live apart.

    Before a date is chosen (`CHOOSING`) it has none. `sequence` grows with each change that calendars must hear of.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(_("type"), max_length=10, choices=MeetingKind, default=MeetingKind.MEETING)
    state = models.CharField(_("état"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    title = models.CharField(_("titre"), max_length=200)
    purpose = models.TextField(_("pourquoi se réunir"), blank=True, max_length=5000)
    starts_at = models.DateTimeField(_("début"), null=True, blank=True)
    ends_at = models.DateTimeField(_("fin"), null=True, blank=True)
    series = models.UUIDField(null=True, blank=True, db_index=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    place = models.CharField(_("lieu"), max_length=300, blank=True)
    address = models.CharField(_("adresse"), max_length=300, blank=True)
    division = models.ForeignKey(
        Division, verbose_name=_("territoire"), null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    online_url = models.URLField(_("lien pour participer à distance"), blank=True, max_length=500)
    offers = models.JSONField(_("ce qui est offert"), default=list, blank=True)  # codes of `Access`
    access_note = models.CharField(_("précisions sur l'accessibilité"), max_length=500, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    takes_registrations = models.BooleanField(_("inscription demandée"), default=False)
    registration_closes_at = models.DateTimeField(_("inscription jusqu'au"), null=True, blank=True)
    hours = models.DecimalField(
        _("heures attestées"), max_digits=4, decimal_places=1, null=True, blank=True
    )  # of a training
    is_public = models.BooleanField(_("annoncée à tout le monde"), default=False)
    remind_days = models.PositiveSmallIntegerField(_("rappel, jours avant"), null=True, blank=True, default=2)
    cancel_reason = models.CharField(_("raison de l'annulation"), max_length=300, blank=True)
    arrival_secret = models.CharField(max_length=40, blank=True, editable=False)  # of the QR shown at the door
    calendar_source = models.CharField(
        max_length=400, blank=True, editable=False
    )  # UID + RECURRENCE-ID of an imported one
    calendar_said = models.JSONField(default=dict, blank=True, editable=False)  # what that calendar last said of it
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rencontre")
        verbose_name_plural = _("rencontres")
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["group", "starts_at"], name="concertation_meeting_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gt=F("starts_at")),
                name="concertation_meeting_times",
                violation_error_message=_("La rencontre finirait avant de commencer."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["choosing", "cancelled"]) | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="concertation_meeting_dated",
                violation_error_message=_("Donnez le début et la fin de la rencontre, ou proposez des dates."),
            ),
            models.UniqueConstraint(
                fields=["group", "calendar_source"],
                condition=~Q(calendar_source=""),
                name="concertation_meeting_source",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def offered(self) -> list[str]:
        """What is offered so that everybody can take part, in words."""
        return [str(Access(code).label) for code in self.offers if code in Access.values]

    @property
    def has_begun(self) -> bool:
        """Whether its hour has come."""
        return self.starts_at is not None and self.starts_at <= timezone.now()
