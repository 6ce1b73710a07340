"""Messages that came back, read as mail servers write them (RFC 3464): from a file, a mailbox or a Maildir."""

import mailbox
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.core.errors import Refused

_ID = re.compile(r"<([0-9a-f]{32})@[^<>\s]+>")
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a server says of a message that it could not deliver for good: the message's number, and why."""

    uid: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a file or folder: bounces, and how many messages were something else."""

    bounces: list[Bounce]
    others: int


def read(path: Path) -> Read:
    """The bounces of a message (.eml), an mbox, a Maildir or a folder of messages. Raises `Refused` when it cannot be read."""
    found: list[Bounce] = []
    others = 0
    try:
        for message in _messages(path):
            bounce = bounce_of(message)
            if bounce is None:
                others += 1
            else:
                found.append(bounce)
    except OSError as error:
        raise Refused(_("« %(path)s » ne se lit pas : %(error)s") % {"path": path, "error": error.strerror}) from error
    return Read(found, others)


def bounce_of(message: Message) -> Bounce | None:
    """The bounce that `message` is: a delivery report of failure that cites one of our messages; else None."""
    reason = _failure(message)
    uid = _cited(message) if reason else None
    return Bounce(uid, reason) if uid and reason else None


def _messages(path: Path) -> Iterator[Message]:
    if path.is_dir():
        inside = (path / "new", path / "cur") if (path / "cur").is_dir() else (path,)
        for folder in inside:
            for file in sorted(folder.iterdir()) if folder.is_dir() else ():
                if file.is_file() and file.stat().st_size <= LARGEST:
                    yield message_from_bytes(file.read_bytes())
        return
    with path.open("rb") as opened:
        is_mailbox = opened.read(5) == b"From "
    if is_mailbox:
        with closing(mailbox.mbox(path, create=False)) as box:
            yield from box
    else:
        yield message_from_bytes(path.read_bytes())


def _failure(message: Message) -> str:
    """Why the message could not be delivered; nothing when it only waits, or arrived."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.get_payload() if part.is_multipart() else ():
            if str(fields.get("Action", "")).strip().lower() == "failed":
                status, said = str(fields.get("Status", "")), str(fields.get("Diagnostic-Code", ""))
                return " ".join(f"{status} {said}".split())[:300] or _("Refusé sans raison donnée")
    return ""


def _cited(message: Message) -> UUID | None:
    """The number of the message of ours that a report gives back, whole or by its headers."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            texts = [str(inner.get("Message-ID", "")) for inner in part.get_payload()]
        elif part.get_content_type() in ("text/rfc822-headers", "text/rfc822"):
            texts = [str(part.get_payload())]
        else:
            continue
        for text in texts:
            if found := _ID.search(text):
                return UUID(found.group(1))
    return None
