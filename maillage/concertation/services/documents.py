"""Writes the documents of a group: a file or an address, for a meeting, an item of it, or the group itself."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.models import AgendaItem, Document, Group, Meeting
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.core.errors import Refused, require
from maillage.core.files import Upload, store
from maillage.core.services import audit, write

ADDED, REMOVED = "concertation.document_added", "concertation.document_removed"
MOST = 200  # documents of one meeting


@transaction.atomic
def add_document(
    *,
    actor: Any,
    group: Group,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    title: str = "",
    url: str = "",
    upload: Upload | None = None,
) -> Document:
    """Keep a file or an address. Raises `Refused` or `ValidationError` with sentences."""
    if not can_animate(actor, group):
        require(can_take_part(actor, group))
    if (upload is None) == (url == ""):
        raise Refused(_("Joignez un fichier, ou donnez une adresse : l'un des deux."))
    if (meeting is not None and meeting.group_id != group.pk) or (item is not None and item.meeting != meeting):
        raise Refused(_("Ce document se joint à une rencontre du groupe."))
    if Document.objects.filter(group=group, meeting=meeting).count() >= MOST:
        raise Refused(_("Il y a déjà {most} documents ici. Retirez ceux qui ne servent plus.").format(most=MOST))
    values: dict[str, Any] = {"title": " ".join(title.split()), "url": url, "meeting": meeting, "item": item}
    if upload is not None:
        kept = store(upload)
        values |= {
            "digest": kept.digest,
            "file_name": kept.file_name,
            "media_type": kept.media_type,
            "size": kept.size,
        }
    values["title"] = values["title"] or values.get("file_name") or url[:200]
    values["added_by_label"] = str(actor)[:200]
    return write(actor=actor, obj=Document(group=group), values=values, new=ADDED, changed=ADDED).obj


@transaction.atomic
def remove_document(*, actor: Any, document: Document) -> None:
    """Take a document away; its file is erased by `core.files.tidy_files`."""
    require(can_animate(actor, document.group))
    audit(actor=actor, verb=REMOVED, obj=document)
    Document.objects.filter(pk=document.pk).delete()
