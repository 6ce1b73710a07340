"""Writes the files of a project: documents, and photos with what those who are on them agreed to."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.files import Upload, store
from maillage.core.services import audit, write
from maillage.projects.enums import DocumentKind
from maillage.projects.identities import names_of, refuse_identities
from maillage.projects.models import Project, ProjectDocument
from maillage.projects.permissions import can_edit_project, can_feed_project

ADDED, CHANGED = "projects.document_added", "projects.document_edited"
REMOVED, WITHDRAWN = "projects.document_removed", "projects.photo_consent_withdrawn"
MOST = 500  # of one project
CONSENT = ("nobody_recognisable", "consent_on", "consent_words", "is_public")


@transaction.atomic
def add_document(
    *, actor: Any, project: Project, upload: Upload, kind: str = DocumentKind.DOCUMENT, title: str = ""
) -> ProjectDocument:
    """Keep a document of a project. Raises `Refused` or `ValidationError` with sentences."""
    require(can_feed_project(actor, project))
    if kind == DocumentKind.PHOTO or kind not in DocumentKind.values:
        raise Refused(_("Choisissez ce qu'est ce document : document, lettre ou pièce justificative."))
    return _kept(actor, project, upload, {"kind": kind, "title": " ".join(title.split())}, images_only=False)


@transaction.atomic
def add_photo(*, actor: Any, project: Project, upload: Upload, values: Mapping[str, Any]) -> ProjectDocument:
    """Keep a photo, with its title, what it shows (`alternative`), its credit, and what was agreed (`CONSENT`).

    Raises `Refused` or `ValidationError` with sentences: a photo is public only with a consent, or when nobody can be recognised.
    """
    require(can_feed_project(actor, project))
    said = _agreed(actor, project, {**dict.fromkeys(("title", "alternative", "credit"), ""), **values})
    return _kept(actor, project, upload, {**said, "kind": DocumentKind.PHOTO}, images_only=True)


@transaction.atomic
def edit_photo(*, actor: Any, photo: ProjectDocument, values: Mapping[str, Any]) -> ProjectDocument:
    """Change what is said of a photo, and whether it is public."""
    require(can_feed_project(actor, photo.project))
    held = ProjectDocument.objects.select_for_update(of=("self",)).select_related("project").get(pk=photo.pk)
    if held.is_public or values.get("is_public"):
        require(can_edit_project(actor, held.project))
    before = {name: getattr(held, name) for name in ("title", "alternative", "credit", *CONSENT)}
    said = _agreed(actor, held.project, {**before, **values})
    said["title"] = said["title"] or held.title
    return write(actor=actor, obj=held, values=said, new=ADDED, changed=CHANGED).obj


@transaction.atomic
def withdraw_consent(*, actor: Any, photo: ProjectDocument) -> ProjectDocument:
    """Somebody on the photo no longer agrees: it leaves the public sheet at once, and needs a new consent to come back."""
    require(can_feed_project(actor, photo.project))
    values = {"nobody_recognisable": False, "consent_on": None, "consent_words": "", "is_public": False}
    return write(actor=actor, obj=photo, values=values, new=ADDED, changed=WITHDRAWN).obj


@transaction.atomic
def remove_document(*, actor: Any, document: ProjectDocument) -> None:
    """Take a document or a photo away for good; its file is erased by `core.files.tidy_files`."""
    require(can_edit_project(actor, document.project))
    audit(actor=actor, verb=REMOVED, obj=document.project, changes={"name": [document.title, None]})
    ProjectDocument.objects.filter(pk=document.pk).delete()


def _kept(
    actor: Any, project: Project, upload: Upload, values: dict[str, Any], *, images_only: bool
) -> ProjectDocument:
    refuse_identities({"title": values["title"]}, known=lambda: names_of(project), confirmed=None)
    if ProjectDocument.objects.filter(project=project).count() >= MOST:
        raise Refused(_("Il y a déjà {most} fichiers ici. Retirez ceux qui ne servent plus.").format(most=MOST))
    kept = store(upload, images_only=images_only)
    values |= {
        "title": values["title"] or kept.file_name,
        "digest": kept.digest,
        "file_name": kept.file_name,
        "media_type": kept.media_type,
        "size": kept.size,
        "added_by_label": str(actor)[:200],
    }
    return write(actor=actor, obj=ProjectDocument(project=project), values=values, new=ADDED, changed=CHANGED).obj


def _agreed(actor: Any, project: Project, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a photo when what they say of consent holds together; `ValidationError` otherwise."""
    said: dict[str, Any] = {
        name: " ".join(value.split()) if isinstance(value, str) else value for name, value in values.items()
    }  # fmt: skip
    if said.get("is_public"):
        require(can_edit_project(actor, project))
    texts = {name: said.get(name) or "" for name in ("title", "alternative", "consent_words")}
    refuse_identities(texts, known=lambda: names_of(project), confirmed=None)
    day = said.get("consent_on")
    if day is not None and day > timezone.localdate():
        raise ValidationError({"consent_on": _("Le consentement est obtenu au plus tard aujourd'hui.")})
    if day is not None and not said.get("consent_words"):
        raise ValidationError(
            {"consent_words": _("Dites comment : par exemple « formulaires signés, gardés à l'office ».")}
        )
    if said.get("is_public") and not said.get("alternative"):
        raise ValidationError(
            {"alternative": _("Dites en quelques mots ce que montre la photo, pour qui ne la voit pas.")}
        )
    return said
