"""What a device sent and was not written: the form with what was typed, to correct and write it, or to set it aside."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.core.errors import Refused
from maillage.core.text import as_number
from maillage.journal.context import DraftContext, in_force
from maillage.journal.drafts import EntryDraft, Problem, draft_of
from maillage.journal.enums import OperationKind, OperationState
from maillage.journal.forms.page import FormPage
from maillage.journal.forms.reading import Reading, rows_of
from maillage.journal.models import Entry, SyncOperation
from maillage.journal.permissions import can_read_note, can_settle_operation
from maillage.journal.queries import Habits, habits_of, journal_program, with_details
from maillage.journal.reconciling import same_rows
from maillage.journal.sent import Sent, opened
from maillage.journal.services import (
    DraftRefused,
    EditedMeanwhile,
    IdentitySuspected,
    accept_operation,
    discard_operation,
    validate_draft,
)
from maillage.journal.settling import SHOWN, reasons_of, title_of
from maillage.journal.wording import Change, changes_between, lines_of
from maillage.programs.models import Membership

from .writing import rows_after


@dataclass
class Settling:
    """One operation being settled: what it says, the entry it speaks of, and the form that corrects it."""

    request: HttpRequest
    sent: SyncOperation
    content: Sent
    entry: Entry | None
    context: DraftContext | None
    worker: Membership | None

    @property
    def is_deletion(self) -> bool:
        """Whether it asks to delete."""
        return self.sent.kind == OperationKind.DELETE

    @property
    def fields(self) -> Any:
        """What is in the form: what was just typed, else what the device sent."""
        return self.request.POST if self.request.POST.get("uid") else self.content.fields

    def page(self) -> tuple[FormPage, Reading] | None:
        """The form filled with what was typed; None where there is nothing to fill it with."""
        if self.is_deletion or self.fields is None or self.context is None or self.worker is None:
            return None
        reading = Reading(self.fields, self.context, self.worker)
        reading.draft = reading.draft.with_(uid=self.sent.entry_uid)
        page = FormPage(
            self.context, self.request.user, self.worker, Habits(), reading.draft, reading.rows, typed=self.fields
        )
        page.revision = self.entry.revision if self.entry else 0
        return page, reading

    def differences(self, draft: EntryDraft) -> list[Change]:
        """What the entry says now and the form would change."""
        if self.entry is None or self.context is None or self.entry.deleted_at is not None:
            return []
        now = draft_of(self.entry)
        plain = draft.with_(
            mrc_id=now.mrc_id if draft.site_id else draft.mrc_id,
            persons_referred=draft.distinct_referred,
            referrals=same_rows(now.referrals, draft.referrals),
        )
        return changes_between(now, plain, self.context, self.reads_note)

    @property
    def reads_note(self) -> bool:
        """Whether the person reads the note that stands in the entry: to have sent something about it is no right."""
        return self.entry is not None and bool(can_read_note(self.request.user, self.entry))


@require_http_methods(["GET", "POST"])
def operation(request: HttpRequest, uid: str) -> HttpResponse:
    """One operation that waits, for whoever wrote it and for the coordination."""
    found = SyncOperation.objects.visible_to(request.user).select_related("device__user", "program")
    sent = get_object_or_404(found, uid=uid)
    if sent.state not in (OperationState.REJECTED, OperationState.HELD):
        return _closed(request, sent)
    settling = _settling(request, sent)
    if request.method == "GET":
        return _show(settling)
    if request.POST.get("do") == "discard":
        return _discarded(settling)
    return _accepted(settling)


def accept_held(request: HttpRequest) -> tuple[int, int]:
    """Write as they are the operations that are held and shown, as the coordination asks; how many were, and how many
    need to be looked at: a rule refuses them, or the entry changed since the device read it."""
    held = SyncOperation.objects.visible_to(request.user).to_settle().filter(state=OperationState.HELD)
    done = left = 0
    for sent in held.select_related("device__user", "program").order_by("id")[:SHOWN]:
        if not can_settle_operation(request.user, sent):
            continue
        settling = _settling(request, sent)
        revision = settling.entry.revision if settling.entry else 0
        made = settling.page()
        try:
            if revision != sent.base or (made is None and not settling.is_deletion) or (made and made[1].problems):
                raise Refused
            accept_operation(
                actor=request.user,
                operation=sent,
                draft=made[1].draft if made else None,
                acknowledged=settling.content.acknowledged,
                revision=revision,
                reason=settling.content.reason,
            )
            done += 1
        except Refused:
            left += 1
    return done, left


def _settling(request: HttpRequest, sent: SyncOperation) -> Settling:
    program = sent.program or journal_program(request)
    context = DraftContext(program) if program else None
    entry = with_details(Entry.objects.all()).filter(uid=sent.entry_uid, program=program).first()
    if context and entry:
        context.know(draft_of(entry))
    content = opened(sent)
    worker = _worker(sent, content, context, request.user) if context else None
    return Settling(request, sent, content, entry, context, worker)


def _worker(sent: SyncOperation, content: Sent, context: DraftContext, actor: Any) -> Membership | None:
    """The membership with which the sender wrote on that day, else any of theirs, else the one of who settles."""
    theirs = [member for member in context.team.values() if member.user_id == sent.device.user_id]
    day = content.day
    theirs.sort(key=lambda member: not (day and in_force(member, day)))
    return next(iter(theirs or context.own(actor)), None)


def _accepted(settling: Settling) -> HttpResponse:
    request, action = settling.request, settling.request.POST.get("do", "save")
    made = settling.page()
    page, reading = made or (None, None)
    if page and (action == "add-referral" or action.startswith("remove-referral-")):
        page.rows = rows_after(action, rows_of(request.POST))
        return _show(settling, page)
    try:
        if reading and reading.problems:
            unread = {problem.field for problem in reading.problems}
            refused = validate_draft(reading.draft, reading.context)
            raise DraftRefused([*reading.problems, *(p for p in refused if p.field not in unread)])
        written = accept_operation(
            actor=request.user,
            operation=settling.sent,
            draft=reading.draft if reading else None,
            acknowledged=action == "save-anyway",
            revision=_revision(request),
            program=settling.context.program if settling.context else None,
            reason=request.POST.get("reason", ""),
        )
    except DraftRefused as refusal:
        return _show(settling, page, refusal.problems, status=400)
    except IdentitySuspected as refusal:
        if page:
            page.findings = refusal.findings
        return _show(settling, page, findings=refusal.findings, status=400)
    except EditedMeanwhile as refusal:
        return _show(_settling(request, settling.sent), None, [Problem("uid", str(refusal))], status=409)
    except Refused as refusal:
        return _show(settling, page, [Problem("uid", str(refusal))], status=409)
    if written is None or written.deleted_at is not None:
        messages.success(request, _("C'est réglé : l'intervention est supprimée."))
        return redirect("journal:to_settle")
    messages.success(request, _("C'est réglé : l'intervention est inscrite."))
    return redirect("journal:entry", uid=written.uid)


def _discarded(settling: Settling) -> HttpResponse:
    request = settling.request
    try:
        discard_operation(actor=request.user, operation=settling.sent, reason=request.POST.get("reason", ""))
    except IdentitySuspected as refusal:
        said = [f"« {finding.passage} » : {finding.sentence}" for finding in refusal.findings]
        return _show(settling, discarding=said, status=400)
    except Refused as refusal:
        return _show(settling, discarding=[str(refusal)], status=400)
    messages.success(request, _("C'est réglé : cet envoi est écarté."))
    return redirect("journal:to_settle")


def _show(
    settling: Settling, page: FormPage | None = None, problems: Any = (), status: int = 200, **said: Any
) -> HttpResponse:
    request, sent = settling.request, settling.sent
    if page is None and (made := settling.page()):
        page, problems = made[0], problems or [Problem(*one[:2]) for one in sent.problems if one[0]]
    if page and settling.worker:
        page.habits, page.problems = habits_of(settling.worker), problems
    decision = can_settle_operation(request.user, sent)
    shown = {
        "sent": sent,
        "title": title_of(sent),
        "reasons": reasons_of(sent),
        "points": bool(page and page.problems),
        "content": settling.content,
        "page": page if decision else None,
        "entry": settling.entry,
        "revision": settling.entry.revision if settling.entry else 0,
        "is_deletion": settling.is_deletion,
        "differences": settling.differences(page.draft) if page else [],
        "lines": _lines(settling, page, bool(decision)),
        "problems": [problem.sentence for problem in problems],
        "refusal": decision.reason,
        "reason": request.POST.get("reason", ""),
        "findings": said.get("findings", ()),
        "discarding": said.get("discarding", ()),
        "at": "",
    }
    return render(request, "journal/settling/operation.html", shown, status=status)


def _lines(settling: Settling, page: FormPage | None, may_settle: bool) -> Any:
    """What the entry says, for whoever may delete it; what was typed, for whoever may not correct it."""
    if settling.context is None:
        return ()
    if settling.is_deletion:
        alive = may_settle and settling.entry is not None and settling.entry.deleted_at is None
        return lines_of(draft_of(settling.entry), settling.context, settling.reads_note) if alive else ()
    return lines_of(page.draft, settling.context, True) if page else ()


def _closed(request: HttpRequest, sent: SyncOperation) -> HttpResponse:
    """What became of an operation that waits no more, for whoever kept its address."""
    entry = Entry.objects.visible_to(request.user).filter(uid=sent.entry_uid).first()
    return render(request, "journal/settling/closed.html", {"sent": sent, "entry": entry})


def _revision(request: HttpRequest) -> int:
    """The revision that the page showed; 0 where there was no entry."""
    return as_number(request.POST.get("revision")) or 0
