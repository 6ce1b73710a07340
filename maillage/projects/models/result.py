import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Capacity
from maillage.concertation.models import Meeting
from maillage.journal.models import Entry
from maillage.projects.enums import Effect, ProofKind

from .activity import Activity
from .document import ProjectDocument
from .project import Project


class ResultQuerySet(models.QuerySet["Result"]):
    """Results."""

    def visible_to(self, actor: Any) -> "ResultQuerySet":
        """Those of the projects that `actor` sees."""
        return self.filter(project__in=Project.objects.visible_to(actor).order_by().values("pk"))

    def public(self) -> "ResultQuerySet":
        """Those that anybody may read on the public sheet of their project."""
        return self.filter(is_public=True, project__is_public=True)


class Result(models.Model):
    """What came of a project (« retombée »): coded by its effect, told in words, with who said it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="results")
    effect = models.CharField(_("effet"), max_length=10, choices=Effect, default=Effect.OTHER)
    statement = models.CharField(_("ce qui a changé"), max_length=500)
    story = models.TextField(_("récit"), blank=True, max_length=5000)
    told_as = models.CharField(_("qui le dit"), max_length=12, choices=Capacity, default=Capacity.TENANT)
    observed_on = models.DateField(_("observé le"), null=True, blank=True)
    is_public = models.BooleanField(_("paraît sur la fiche publique"), default=False)
    added_by_label = models.CharField(max_length=200, blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("retombée")
        verbose_name_plural = _("retombées")
        ordering = ["effect", "-observed_on", "-id"]

    def __str__(self) -> str:
        return self.statement


class Proof(models.Model):
    """What a result rests on: something that the product holds, or an address."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="proofs")
    kind = models.CharField(_("sorte"), max_length=8, choices=ProofKind)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(ProjectDocument, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    url = models.URLField(_("adresse"), blank=True, max_length=500)
    words = models.CharField(_("ce que cela montre"), max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("preuve d'une retombée")
        verbose_name_plural = _("preuves d'une retombée")
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()
