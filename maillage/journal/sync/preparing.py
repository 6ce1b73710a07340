"""What can be known of an operation before anything is locked: its signature, its content, the draft it makes."""

import logging
from dataclasses import dataclass, field
from uuid import UUID

from django.db import DatabaseError
from django.utils.translation import gettext as _

from maillage.journal.drafts import EntryDraft, Problem
from maillage.journal.enums import OperationKind, OperationState
from maillage.journal.forms.reading import Reading
from maillage.journal.permissions import can_log_for
from maillage.journal.reconciling import same_rows
from maillage.journal.screening import screen
from maillage.journal.validation import validate_draft
from maillage.programs.models import Membership

from .authorship import Author, Desk
from .content import Content, Unreadable, is_text, open_operation
from .fields import Fields
from .lookups import Stale
from .protocol import HIGHEST, HIGHEST_BASE, SCHEMAS, Answer, Operation, Status
from .sealing import signature_holds, unb64

MOST_PROBLEMS, LONGEST_SENTENCE = 30, 400
logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Prepared:
    """An operation on its way. `state` is None until it is decided; `problems` say why it was refused or held."""

    operation: Operation
    digest: bytes
    desk: Desk | None = None
    content: Content | None = None
    draft: EntryDraft | None = None
    screened: list[str] = field(default_factory=list)
    state: OperationState | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    revision: int = 0
    repeated: bool = False

    @property
    def where(self) -> Desk:
        """The desk of an operation that is not stopped yet."""
        assert self.desk is not None
        return self.desk

    @property
    def said(self) -> Content:
        """What an operation that is not stopped yet says."""
        assert self.content is not None
        return self.content

    @property
    def proposed(self) -> EntryDraft:
        """The draft of an operation that was judged."""
        assert self.draft is not None
        return self.draft

    def refuse(self, *problems: Problem) -> None:
        """A rule stops the operation: it is kept whole, and its person is told."""
        self.state = OperationState.REJECTED
        self.problems = [(p.field[:100], str(p.sentence)[:LONGEST_SENTENCE]) for p in problems[:MOST_PROBLEMS]]

    def hold(self, sentence: str) -> None:
        """A right is missing: the operation is kept whole for the coordination."""
        self.state = OperationState.HELD
        self.problems = [("", sentence[:LONGEST_SENTENCE])]


@dataclass(slots=True)
class Draft:
    """What the fields of an operation say, judged: the draft, what stops it, and what the note seems to hold."""

    draft: EntryDraft
    problems: list[Problem]
    screened: list[str]


def authentic(operation: Operation, device: UUID, public_key: bytes) -> Answer | None:
    """None for an operation that this device signed in words that are known here, else its answer. It leaves no row:
    nobody knows who sent what is forged, and a key stays free for the operation that really bears it."""
    said = ""
    if not (is_text(operation.program) and is_text(operation.made) and is_text(operation.kind + operation.seal)):
        said = _("Cette opération contient un caractère illisible.")
    elif not (1 <= operation.seq <= HIGHEST and 0 <= operation.base <= HIGHEST_BASE and len(operation.seal) <= 16):
        said = _("Cette opération porte un numéro impossible.")
    elif not _signed(operation, device, public_key):
        said = _("La signature de cette opération n'est pas celle de l'appareil.")
    elif operation.schema not in SCHEMAS:
        sentence = _("L'application de cet appareil est plus récente que le serveur, ou trop ancienne.")
        return Answer(op=operation.op, status=Status.UPGRADE, sentence=sentence)
    elif operation.kind not in OperationKind.values:
        said = _("Cette opération demande autre chose qu'inscrire, corriger ou supprimer.")
    return Answer(op=operation.op, status=Status.REJECTED, sentence=said) if said else None


def prepare(operation: Operation, author: Author, digest: bytes) -> Prepared:
    """An authentic operation, opened and, for a new entry, judged. Whatever it holds, it comes back with a state or
    ready to be decided: what cannot be read never stops its neighbours. Raises `Stale`."""
    made = Prepared(operation=operation, digest=digest)
    try:
        _open(made, author)
    except Unreadable as refusal:
        made.refuse(Problem("", str(refusal)))
    except (DatabaseError, Stale):
        raise
    except Exception:
        logger.exception("operation %s could not be read", operation.op)
        made.refuse(Problem("", _("Le contenu de cette opération ne se lit pas.")))
    return made


def judge(content: Content, desk: Desk, worker: Membership, before: EntryDraft | None = None) -> Draft:
    """What the fields say, under the rules of the form. `before` is what the person had before their eyes.

    Raises `Stale`.
    """
    reading = Reading(Fields(content.fields), desk.context, worker)
    draft = reading.draft if reading.draft.uid is None else reading.draft.with_(uid=None)
    if before is not None and draft.referrals:
        draft = draft.with_(referrals=same_rows(before.referrals, draft.referrals))
    unread = {problem.field for problem in reading.problems}
    problems = [*reading.problems]
    problems += [p for p in validate_draft(draft, desk.context, before) if p.field not in unread]
    screened: list[str] = []
    if draft.note and not problems and (before is None or draft.note != before.note):
        findings = screen(draft.note, lambda: desk.context.known_places)
        screened = sorted({finding.kind for finding in findings})
        if findings and not content.acknowledged:
            problems = [identity_suspected("note", [str(finding.sentence) for finding in findings])]
    if problems and not desk.fresh:
        raise Stale
    return Draft(draft, problems, screened)


def identity_suspected(name: str, seen: list[str]) -> Problem:
    """The refusal of a text that seems to say who was met."""
    what = ", ".join(dict.fromkeys(seen))
    return Problem(name, _("Ce texte semble contenir %s : retirez-le, ou confirmez qu'il ne désigne personne.") % what)


def _signed(operation: Operation, device: UUID, public_key: bytes) -> bool:
    try:
        return signature_holds(public_key, unb64(operation.signature), operation.signed_text(device))
    except ValueError:
        return False


def _open(made: Prepared, author: Author) -> None:
    operation = made.operation
    made.desk = desk = author.desk(operation.program)
    if desk is None or desk.stranger:
        made.desk = None
        made.refuse(Problem("", _("Vous ne faites pas partie de l'équipe de ce programme.")))
        return
    if not desk.allowed:
        made.hold(desk.allowed.reason)
        return
    made.content = open_operation(operation, author.device.uid)
    if operation.kind != OperationKind.CREATE:
        return
    found = judge(made.content, desk, desk.own)
    made.draft, made.screened = found.draft.with_(uid=operation.entry), found.screened
    if not may_name(author, desk, made.draft.worker_id):
        made.hold(_("Inscrire au nom d'une autre personne revient à la coordination du programme."))
    elif found.problems:
        made.refuse(*found.problems)


def may_name(author: Author, desk: Desk, worker_id: int) -> bool:
    """Whether the person may write in the name of this worker; an unknown one is for the rules to refuse."""
    worker = desk.context.team.get(worker_id)
    return worker is None or bool(can_log_for(author.user, worker, desk.roles))
