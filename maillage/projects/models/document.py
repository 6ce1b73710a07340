import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.projects.enums import DocumentKind

from .project import Project


class ProjectDocumentQuerySet(models.QuerySet["ProjectDocument"]):
    """Documents of projects."""

    def visible_to(self, actor: Any) -> "ProjectDocumentQuerySet":
        """Those of the projects that `actor` sees."""
        return self.filter(project__in=Project.objects.visible_to(actor).order_by().values("pk"))

    def shown(self) -> "ProjectDocumentQuerySet":
        """Photos that anybody may see on the public sheet: whoever is on them agreed, or nobody can be recognised."""
        return self.filter(kind=DocumentKind.PHOTO, is_public=True)


class ProjectDocument(models.Model):
    """A file of a project, kept by the one protected file service; a photo says who agreed to be shown."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("sorte"), max_length=8, choices=DocumentKind, default=DocumentKind.DOCUMENT)
    title = models.CharField(_("titre"), max_length=200)
    digest = models.CharField(max_length=64, editable=False)  # SHA-256 of the file: its name in the store
    file_name = models.CharField(max_length=200, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    alternative = models.CharField(_("ce que montre la photo"), max_length=300, blank=True)
    credit = models.CharField(_("crédit"), max_length=200, blank=True)
    # « Les personnes reconnaissables ont consenti », when and how; or nobody can be recognised.
    nobody_recognisable = models.BooleanField(_("personne n'y est reconnaissable"), default=False)
    consent_on = models.DateField(_("consentement obtenu le"), null=True, blank=True)
    consent_words = models.CharField(_("comment le consentement a été obtenu"), max_length=300, blank=True)
    is_public = models.BooleanField(_("paraît sur la fiche publique"), default=False)
    added_by_label = models.CharField(max_length=200, blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ProjectDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document d'un projet")
        verbose_name_plural = _("documents d'un projet")
        ordering = ["-added_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(nobody_recognisable=True) | Q(consent_on__isnull=False),
                name="projects_document_consent",
                violation_error_message=_(
                    "Une photo ne paraît que si les personnes reconnaissables y ont consenti, ou s'il n'y en a pas."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title
