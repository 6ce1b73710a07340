"""The form: a new entry, an entry repeated, an entry corrected. One template and one set of rules for all."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.text import as_number, as_uid
from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, Problem, draft_of
from maillage.journal.forms.on_device import field_data
from maillage.journal.forms.page import FormPage
from maillage.journal.forms.reading import Reading, row_of, rows_of
from maillage.journal.models import Entry
from maillage.journal.permissions import can_edit, can_log
from maillage.journal.queries import Habits, habits_of, journal_program, with_details
from maillage.journal.services import (
    DraftRefused,
    EditedMeanwhile,
    IdentitySuspected,
    edit_entry,
    log_entry,
)
from maillage.journal.wording import changes_between
from maillage.programs.enums import Role
from maillage.programs.models import Membership

EMPTY_ROW = {"destination": "", "organization": "", "need": "", "kind": "", "persons": "1", "consent": "", "uid": ""}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry: proposed values, or those of an entry done before."""
    context, worker = writer_of(request)
    if request.method == "POST":
        return _submitted(request, context, worker, None)
    page, notice = fresh_form(request, context, worker)
    return _show(request, page, notice=notice)


def writer_of(request: HttpRequest) -> tuple[DraftContext, Membership]:
    """The programme of the page and the membership with which the person writes in it; `Http404` or `NotAllowed`."""
    program = journal_program(request)
    if program is None:
        raise Http404
    context = DraftContext(program)
    own = context.own(request.user)
    if not own:
        require(can_log(request.user, program))
        raise Http404
    return context, own[0]


def fresh_form(request: HttpRequest, context: DraftContext, worker: Membership) -> tuple[FormPage, str]:
    """The form to begin with and, when it repeats an entry, a sentence that says so."""
    habits = habits_of(worker)
    draft, notice = _proposed(request, context, worker, habits)
    return FormPage(context, request.user, worker, habits, draft, fresh=not notice), notice


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    """An entry corrected, by its author or the coordination."""
    entry = get_object_or_404(with_details(Entry.objects.visible_to(request.user)), uid=uid)
    require(can_edit(request.user, entry))
    context = DraftContext(entry.program)
    worker, draft = entry.worker, draft_of(entry).with_(uid=entry.uid)
    context.targets.read(entry.referrals.all())
    context.know(draft)
    if request.method == "POST":
        return _submitted(request, context, worker, entry)
    page = FormPage(context, request.user, worker, habits_of(worker), draft, rows_from(draft, context))
    page.revision, page.fresh = entry.revision, True
    return _show(request, page, entry=entry)


def _submitted(request: HttpRequest, context: DraftContext, worker: Membership, entry: Entry | None) -> HttpResponse:
    reading = Reading(request.POST, context, worker)
    action = request.POST.get("do", "save")
    page = FormPage(context, request.user, worker, Habits(), reading.draft, reading.rows, typed=request.POST)
    page.revision = _revision(request) if entry else None
    if action == "add-referral" or action.startswith("remove-referral-"):
        page.rows = rows_after(action, rows_of(request.POST))
        page.habits = habits_of(worker)
        return _show(request, page, entry=entry, at="referrals")
    try:
        saved = _save(request, reading, context, entry, acknowledged=action == "save-anyway")
    except DraftRefused as refusal:
        page.problems = [*reading.problems, *refusal.problems]
    except IdentitySuspected as refusal:
        page.findings = refusal.findings
    except EditedMeanwhile as refusal:
        return _conflict(request, page, refusal)
    except NotAllowed:
        raise
    except Refused as refusal:
        page.problems = [Problem("uid", str(refusal))]
    else:
        if entry is not None:
            messages.success(request, _("Intervention corrigée."))
        return _sent_on(request, reverse("journal:saved" if entry is None else "journal:entry", args=[saved.uid]))
    page.habits = habits_of(worker)
    return _show(request, page, entry=entry, status=400)


def _sent_on(request: HttpRequest, address: str) -> HttpResponse:
    """To the page that follows a save. The form's script follows by itself: it must tell a save from any other page
    that a redirection could lead to, such as the door when the session has ended."""
    if request.headers.get("X-Maillage-Form") != "1":
        return redirect(address)
    return HttpResponse(status=201, headers={"Location": address})


def _save(
    request: HttpRequest, reading: Reading, context: DraftContext, entry: Entry | None, acknowledged: bool
) -> Entry:
    if reading.problems:
        # What could not be read is told together with what the rules refuse; a stand-in value is not judged twice.
        unread = {problem.field for problem in reading.problems}
        from maillage.journal.validation import validate_draft

        raise DraftRefused([p for p in validate_draft(reading.draft, context) if p.field not in unread])
    if entry is None:
        return log_entry(
            actor=request.user, program=context.program, draft=reading.draft, acknowledged=acknowledged, context=context
        )
    return edit_entry(
        actor=request.user,
        entry=entry,
        revision=_revision(request),
        draft=reading.draft,
        acknowledged=acknowledged,
    )


def _conflict(request: HttpRequest, page: FormPage, refusal: EditedMeanwhile) -> HttpResponse:
    theirs = draft_of(refusal.entry)
    page.habits, page.revision = habits_of(page.worker), refusal.entry.revision
    last = refusal.entry.revisions.first()
    found = changes_between(theirs, page.draft.with_(mrc_id=theirs.mrc_id), page.context, with_note=True)
    conflict = {"sentence": str(refusal), "changes": found, "by": last.replaced_by_label if last else ""}
    return _show(request, page, entry=refusal.entry, conflict=conflict, status=409)


def _show(request: HttpRequest, page: FormPage, status: int = 200, **shown: Any) -> HttpResponse:
    entry = shown.get("entry")
    title = _("Corriger l'intervention") if entry else _("Inscrire une intervention")
    shown |= {"page": page, "title": title, "on_device": field_data(request)}
    return render(request, "journal/form.html", shown, status=status)


def _proposed(
    request: HttpRequest, context: DraftContext, worker: Membership, habits: Habits
) -> tuple[EntryDraft, str]:
    """The draft to begin with and, when it repeats an entry, a sentence that says so."""
    program, today = context.program, timezone.localdate()
    day = max(program.start, min(today, program.end or today))
    if again := _repeated(request, context, habits):
        draft = draft_of(again).with_(date=day, note="", referrals=(), persons_referred=None, worker_id=worker.pk)
        kept = {kind: codes for kind, codes in draft.terms.items() if kind != "success"}
        return draft.with_(terms=kept), _("Reprise de votre intervention, sans la note, les références ni les succès.")
    last = habits.last
    place = worker.role == Role.OUTREACH and last and last.contact_place
    return (
        EntryDraft(
            worker_id=worker.pk,
            date=day,
            nature="",
            persons=1,
            site_id=last.site_id if last and last.site_id in context.sites else None,
            mrc_id=last.mrc_id if last and last.site_id is None else None,
            minutes=last.minutes if last else 30,
            contact_place=last.contact_place.code if place else "",
        ),
        "",
    )


def _repeated(request: HttpRequest, context: DraftContext, habits: Habits) -> Entry | None:
    readable = with_details(Entry.objects.visible_to(request.user).filter(program=context.program))
    if uid := request.GET.get("refaire"):
        return get_object_or_404(readable, uid=as_uid(uid))
    if request.GET.get("reprendre") and habits.last:
        return readable.filter(pk=habits.last.pk).first()
    return None


def rows_from(draft: EntryDraft, context: DraftContext) -> list[dict[str, str]]:
    """Referral rows of an entry as they would be typed."""
    return [row_of(line, context) for line in draft.referrals]


def rows_after(action: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Referral rows once a button of the form added or removed one."""
    if action == "add-referral":
        return [*rows, EMPTY_ROW | {"uid": str(uuid4())}]
    number = action.removeprefix("remove-referral-")
    return [row for place, row in enumerate(rows) if str(place) != number]


def _revision(request: HttpRequest) -> int:
    return as_number(request.POST.get("revision")) or 0
