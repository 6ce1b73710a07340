"""Questions reach those who said that they know; answers reach who asked. Queued, never twice, declined at will."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from maillage.concertation.community.addressing import Reached, reached, reached_members
from maillage.concertation.community.knowledge import those_who_know
from maillage.concertation.models import Answer, Question
from maillage.core.public_address import public_url
from maillage.core.services import queue_mail

NAMED = 120  # characters of a question that a subject shows


def tell_those_who_know(*, question: Question) -> int:
    """Send a new question to the members who declared its theme and may be asked; give how many."""
    told = 0
    for somebody in reached_members(those_who_know(question)):
        told += _send(somebody, f"question.{question.uid}.asked", question, "asked")
    return told


def tell_asker(*, answer: Answer) -> bool:
    """Tell who asked that somebody answered, unless they did it themselves or left the group."""
    question = answer.question
    if question.asked_by_id is None or question.asked_by_id == answer.answered_by_id:
        return False
    members = question.group.members.current().filter(pk=question.asked_by_id).select_related("person__user")
    asker = members.order_by("id").first()
    somebody = reached(asker.person) if asker is not None else None
    return somebody is not None and bool(_send(somebody, f"answer.{answer.uid}", question, "answered", answer))


def _send(somebody: Reached, event: str, question: Question, kind: str, answer: Answer | None = None) -> int:
    with translation.override(somebody.language):
        subjects = {"asked": _("Une question pour vous : {title}"), "answered": _("Une réponse à : {title}")}
        shown = {
            "question": question,
            "answer": answer,
            "name": somebody.person.name,
            "link": public_url(reverse("concertation:question", args=[question.uid])),
        }
        mail = queue_mail(
            event=event,
            to=somebody.email,
            subject=subjects[kind].format(title=question.title[:NAMED]),
            text=render_to_string(f"concertation/community/mail/{kind}.txt", shown),
            topic=f"group.{question.group_id}.questions",
            language=somebody.language,
        )
    return int(mail is not None)
