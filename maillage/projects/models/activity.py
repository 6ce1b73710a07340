import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import Organization
from maillage.programs.models import Program
from maillage.projects.enums import ActivityKind, ActivityState, Audience
from maillage.territories.models import Division, HousingSite

from .project import Project


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities."""

    def visible_to(self, actor: Any) -> "ActivityQuerySet":
        """Those of the projects that `actor` sees, and of the programmes they belong to."""
        projects = Project.objects.visible_to(actor).order_by().values("pk")
        programs = Program.objects.visible_to(actor).order_by().values("pk")
        return self.filter(Q(project__in=projects) | Q(project=None, program__in=programs))


class Activity(models.Model):
    """Something that people take part in: a camp, a garden, a course, a gathering; it has one or several sessions."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(
        Program, verbose_name=_("programme"), null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("projet"), null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    kind = models.CharField(_("type"), max_length=10, choices=ActivityKind, default=ActivityKind.WORKSHOP)
    state = models.CharField(_("état"), max_length=9, choices=ActivityState, default=ActivityState.PLANNED)
    title = models.CharField(_("titre"), max_length=200)
    details = models.TextField(_("précisions"), blank=True, max_length=3000)
    sites = models.ManyToManyField(HousingSite, verbose_name=_("milieux"), blank=True, related_name="activities")
    place = models.CharField(_("lieu"), max_length=300, blank=True)
    division = models.ForeignKey(
        Division, verbose_name=_("territoire"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    provider = models.ForeignKey(
        Organization, verbose_name=_("offerte par"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activité")
        verbose_name_plural = _("activités")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(program__isnull=False),
                name="projects_activity_of",
                violation_error_message=_("Une activité est d'un projet ou d'un programme."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """An activity took place or will, on a day."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField(_("date"))
    starts_at = models.TimeField(_("heure"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), null=True, blank=True)

    class Meta:
        verbose_name = _("séance d'une activité")
        ordering = ["on", "starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.activity} – {self.on}"


class Turnout(models.Model):
    """Participations: how many people of a category were at a session. The same person counts at each."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="turnout")
    audience = models.CharField(_("catégorie"), max_length=8, choices=Audience)
    participations = models.PositiveIntegerField(_("participations"))

    class Meta:
        verbose_name = _("participations à une séance")
        verbose_name_plural = _("participations à des séances")
        ordering = ["session", "audience"]
        constraints = [models.UniqueConstraint(fields=["session", "audience"], name="projects_turnout_once")]

    def __str__(self) -> str:
        return f"{self.get_audience_display()} : {self.participations}"


class Headcount(models.Model):
    """Participants: how many distinct persons of a category took part in an activity, all its sessions together."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="headcounts")
    audience = models.CharField(_("catégorie"), max_length=8, choices=Audience)
    participants = models.PositiveIntegerField(_("participants"))

    class Meta:
        verbose_name = _("participants d'une activité")
        verbose_name_plural = _("participants d'activités")
        ordering = ["activity", "audience"]
        constraints = [models.UniqueConstraint(fields=["activity", "audience"], name="projects_headcount_once")]

    def __str__(self) -> str:
        return f"{self.get_audience_display()} : {self.participants}"
