"""Writes questions and answers: asked to the group, routed to those who know, answered, closed."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.community.permissions import can_correct, can_say_helped
from maillage.concertation.community.privacy import refuse_identities
from maillage.concertation.models import Answer, Group, Question
from maillage.concertation.permissions import can_take_part, member_of
from maillage.core.errors import Refused, require
from maillage.core.services import Written, audit, write
from maillage.core.text import stems

from .question_mail import tell_asker, tell_those_who_know


class QuestionClosed(Refused):
    """The question was closed: it takes no answer any more."""


@transaction.atomic
def ask(*, actor: Any, group: Group, **values: Any) -> tuple[Question, int]:
    """Ask `group` a question, attached to a meeting, a tool or a theme; also gives how many members it was sent to.

    The same question sent twice by one person (a double tap) is one question. Raises `ValidationError`.
    """
    member = member_of(actor, group)
    require(can_take_part(actor, group, member))
    group = Group.objects.select_for_update().get(pk=group.pk)
    twin = group.questions.filter(asked_by=member, title=values.get("title", ""), closed_at=None)
    if (found := twin.filter(text=values.get("text", "")).order_by("id").first()) is not None:
        return found, 0
    written = _write(actor, Question(group=group, asked_by=member), values)
    return written.obj, tell_those_who_know(question=written.obj)


@transaction.atomic
def edit_question(*, actor: Any, question: Question, **values: Any) -> Written[Question]:
    """Say a question better: its author, or the animation."""
    require(can_correct(actor, question.group, question.asked_by, member_of(actor, question.group)))
    return _write(actor, question, values)


def _write(actor: Any, question: Question, values: dict[str, Any]) -> Written[Question]:
    refuse_identities(title=values.get("title", ""), text=values.get("text", ""))
    written = write(
        actor=actor,
        obj=question,
        values=values,
        new="concertation.question_asked",
        changed="concertation.question_edited",
        secret=("text",),
    )
    index_question(question=question)
    return written


@transaction.atomic
def answer(*, actor: Any, question: Question, text: str) -> Answer:
    """Answer a question that is open; who asked is told. The same answer sent twice is one answer."""
    member = member_of(actor, question.group)
    require(can_take_part(actor, question.group, member))
    question = Question.objects.select_for_update().get(pk=question.pk)
    if (found := question.answers.filter(answered_by=member, text=text).order_by("id").first()) is not None:
        return found
    if question.closed_at is not None:
        raise QuestionClosed(_("Cette question est close. Rouvrez-la pour y répondre, ou posez-en une autre."))
    refuse_identities(text=text)
    given = Answer(question=question, answered_by=member, text=text)
    given.full_clean()
    given.save()
    audit(actor=actor, verb="concertation.question_answered", obj=question)
    index_question(question=question)
    tell_asker(answer=given)
    return given


@transaction.atomic
def edit_answer(*, actor: Any, answer: Answer, text: str) -> Written[Answer]:
    """Correct an answer: its author, or the animation."""
    _require_correcting(actor, answer)
    refuse_identities(text=text)
    verb = "concertation.answer_edited"
    written = write(actor=actor, obj=answer, values={"text": text}, new=verb, changed=verb, secret=("text",))
    index_question(question=answer.question)
    return written


@transaction.atomic
def withdraw_answer(*, actor: Any, answer: Answer) -> None:
    """Take an answer back: its author, or the animation. Its words are gone for good."""
    _require_correcting(actor, answer)
    audit(actor=actor, verb="concertation.answer_withdrawn", obj=answer.question)
    question = answer.question
    answer.delete()
    index_question(question=question)


@transaction.atomic
def say_helped(*, actor: Any, answer: Answer, helped: bool) -> Written[Answer]:
    """Say that an answer helped, or that it did not; one answer of a question at most is marked."""
    locked = Question.objects.select_for_update(of=("self",)).select_related("group", "asked_by")
    question = locked.get(pk=answer.question_id)
    require(can_say_helped(actor, question.group, question.asked_by, member_of(actor, question.group)))
    if helped:
        question.answers.exclude(pk=answer.pk).filter(helped=True).update(helped=False)
    verb = "concertation.answer_helped"
    return write(actor=actor, obj=answer, values={"helped": helped}, new=verb, changed=verb)


@transaction.atomic
def close_question(*, actor: Any, question: Question, closed: bool = True) -> Written[Question]:
    """Close a question, or open it again; closing twice is closing once."""
    require(can_correct(actor, question.group, question.asked_by, member_of(actor, question.group)))
    question = Question.objects.select_for_update().get(pk=question.pk)
    if (question.closed_at is not None) == closed:
        closed_at = question.closed_at
    else:
        closed_at = timezone.now() if closed else None
    verb = "concertation.question_closed" if closed else "concertation.question_reopened"
    return write(actor=actor, obj=question, values={"closed_at": closed_at}, new=verb, changed=verb)


def _require_correcting(actor: Any, answer: Answer) -> None:
    group = answer.question.group
    require(can_correct(actor, group, answer.answered_by, member_of(actor, group)))


def index_question(*, question: Question) -> None:
    """Keep the stems by which a question is found: its words and those of its answers."""
    said = [question.title, question.text, question.tool_name]
    said += question.answers.order_by("id").values_list("text", flat=True)
    Question.objects.filter(pk=question.pk).update(search=stems(" ".join(said)))
