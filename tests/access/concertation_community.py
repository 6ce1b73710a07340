"""Rows of the community of practice. Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it."""

from typing import Any

from django.utils import timezone

from maillage.concertation.community.digest import token_of
from tests.factories.concertation_community import (
    make_answer,
    make_initiative,
    make_letter,
    make_question,
    make_story,
    make_topic,
)

from .concertation import Line, nothing, our_group
from .world import World


def _question(world: World) -> dict[str, Any]:
    """A question that our worker asked, made once."""
    group = world.ours.group
    found = group.questions.order_by("id").first() or make_question(
        group, world.ours.seats["worker"], title=f"Une question {world.ours.canary} ?", tool_name="Un guide"
    )
    return {"uid": found.uid}


def _answer(world: World) -> dict[str, Any]:
    """An answer of our partner to it, made once."""
    question = world.ours.group.questions.get(uid=_question(world)["uid"])
    found = question.answers.order_by("id").first() or make_answer(question, world.ours.seats["partner"])
    return {"uid": found.uid}


def _asked(world: World) -> dict[str, Any]:
    topic = world.ours.group.topics.order_by("id").first() or make_topic(world.ours.group)
    return {"title": "Comment accueillir ?", "text": "", "topic": topic.pk, "tool_name": "", "tool_url": ""}


def _said(world: World) -> dict[str, Any]:
    return {"text": "En prenant le temps."}


def _initiative(world: World) -> dict[str, Any]:
    """An initiative of our group, made once."""
    group = world.ours.group
    found = group.initiatives.order_by("id").first() or make_initiative(group, title=f"Essai {world.ours.canary}")
    return {"uid": found.uid}


def _public_initiative(world: World) -> dict[str, Any]:
    """The same, that anybody may read."""
    uid = _initiative(world)["uid"]
    world.ours.group.initiatives.filter(uid=uid).update(is_public=True)
    type(world.ours.group).objects.filter(pk=world.ours.group.pk).update(is_public=True)
    return {"uid": uid}


def _told(world: World) -> dict[str, Any]:
    return {"title": "Un essai", "story": "", "started_on": "2026-01-15", "other": ""}


def _step(world: World) -> dict[str, Any]:
    return {"on": "2026-02-01", "stage": "exploring", "text": "On a visité deux milieux."}


def _draft(world: World) -> dict[str, Any]:
    """A letter of our group that was not sent, made once."""
    group = world.ours.group
    found = group.newsletters.order_by("id").first() or make_letter(group, introduction=f"Bonjour {world.ours.canary}")
    return {"uid": found.uid}


def _sent(world: World) -> dict[str, Any]:
    """The same, sent."""
    uid = _draft(world)["uid"]
    world.ours.group.newsletters.filter(uid=uid).update(sent_at=timezone.now())
    return {"uid": uid}


def _public_letter(world: World) -> dict[str, Any]:
    """The same, that anybody may read."""
    uid = _sent(world)["uid"]
    world.ours.group.newsletters.filter(uid=uid).update(is_public=True)
    type(world.ours.group).objects.filter(pk=world.ours.group.pk).update(is_public=True)
    return {"uid": uid}


def _span(world: World) -> dict[str, Any]:
    return {"title": "Nouvelles", "start": "2026-01-01", "end": "2026-03-31"}


def _token(world: World) -> dict[str, Any]:
    return {"token": token_of(world.ours.seats["tenant"].person)}


def _guess(world: World) -> dict[str, Any]:
    return {"token": "devine"}


def _choice(world: World) -> dict[str, Any]:
    return {"frequency": "never"}


def _story(world: World) -> dict[str, Any]:
    """A story that our tenant told, made once."""
    group = world.ours.group
    told = {"title": f"Ce que {world.ours.canary} a changé"}
    found = group.value_stories.order_by("id").first() or make_story(group, world.ours.seats["tenant"], **told)
    return {"uid": found.uid}


def _telling(world: World) -> dict[str, Any]:
    return {"title": "Un récit", "text_1": "On s'est parlé."}


LINES: list[Line] = [
    ("concertation:questions", "GET", "L42242222", our_group, "", nothing),
    ("concertation:questions", "GET", "L42242222", our_group, "?etat=waiting&theme=x&qui=mine&rencontre=1", nothing),
    ("concertation:question_new", "GET", "L4224222F", our_group, "", nothing),
    ("concertation:question_new", "POST", "L4RR4RRRF", our_group, "", _asked),
    ("concertation:question_new", "POST", "L4UU4UUUF", our_group, "", nothing),
    ("concertation:question", "GET", "L42242222", _question, "", nothing),
    ("concertation:question_answer", "GET", "LMMMMMMMM", _question, "", nothing),
    ("concertation:question_answer", "POST", "L4RR4RRRF", _question, "", _said),
    ("concertation:question_answer", "POST", "L4UU4UUUF", _question, "", nothing),
    ("concertation:question_edit", "GET", "L4FF42222", _question, "", nothing),
    ("concertation:question_edit", "POST", "L4FF4RRRR", _question, "", _asked),
    ("concertation:question_close", "GET", "LMMMMMMMM", _question, "", nothing),
    ("concertation:question_close", "POST", "L4FF4RRRR", _question, "", nothing),
    ("concertation:answer_edit", "GET", "L4F24F222", _answer, "", nothing),
    ("concertation:answer_edit", "POST", "L4FR4FRRR", _answer, "", _said),
    ("concertation:answer_helped", "GET", "LMMMMMMMM", _answer, "", nothing),
    ("concertation:answer_helped", "POST", "L4FF4RRRR", _answer, "", nothing),
    ("concertation:topics", "GET", "L4FF4F222", our_group, "", nothing),
    ("concertation:topics", "POST", "L4FF4FUUU", our_group, "", nothing),
    ("concertation:knows", "GET", "L42242222", our_group, "", nothing),
    ("concertation:knows", "GET", "L42242222", our_group, "?theme=x", nothing),
    ("concertation:knows_mine", "GET", "L4224222F", our_group, "", nothing),
    ("concertation:knows_mine", "POST", "L4RR4RRRF", our_group, "", nothing),
    ("concertation:initiatives", "GET", "L42242222", our_group, "", nothing),
    ("concertation:initiatives", "GET", "L42242222", our_group, "?etape=trying", nothing),
    ("concertation:initiative_new", "GET", "L42242222", our_group, "?question=x", nothing),
    ("concertation:initiative_new", "POST", "L4RR4RRRR", our_group, "", _told),
    ("concertation:initiative_new", "POST", "L4UU4UUUU", our_group, "", nothing),
    ("concertation:initiative", "GET", "L42242222", _initiative, "", nothing),
    ("concertation:initiative_edit", "GET", "L42242222", _initiative, "", nothing),
    ("concertation:initiative_edit", "POST", "L4CC4CCCC", _initiative, "", _told),
    ("concertation:initiative_step", "GET", "LMMMMMMMM", _initiative, "", nothing),
    ("concertation:initiative_step", "POST", "L4RR4RRRR", _initiative, "", _step),
    ("concertation:initiative_step", "POST", "L4UU4UUUU", _initiative, "", nothing),
    ("concertation:initiative_show", "GET", "LMMMMMMMM", _initiative, "", nothing),
    ("concertation:initiative_show", "POST", "L4FF4FRRR", _initiative, "", nothing),
    ("concertation:initiative_public", "GET", "444444444", _initiative, "", nothing),
    ("concertation:initiative_public", "GET", "222222222", _public_initiative, "", nothing, True),
    ("concertation:letters", "GET", "L42242222", our_group, "", nothing),
    ("concertation:letter_new", "GET", "L4FF4F222", our_group, "", nothing),
    ("concertation:letter_new", "POST", "L4FF4FRRR", our_group, "", _span),
    ("concertation:letter_new", "POST", "L4FF4FUUU", our_group, "", nothing),
    ("concertation:letter_edit", "GET", "L44444222", _draft, "", nothing),
    ("concertation:letter_edit", "GET", "L4FF4FRRR", _sent, "", nothing),
    ("concertation:letter_edit", "POST", "L44444CCC", _draft, "", _span),
    ("concertation:letter", "GET", "L44444222", _draft, "", nothing),
    ("concertation:letter", "GET", "L42242222", _sent, "", nothing),
    ("concertation:letter_send", "GET", "LMMMMMMMM", _draft, "", nothing),
    ("concertation:letter_send", "POST", "L4FF4FCCC", _sent, "", nothing),
    ("concertation:letter_show", "GET", "LMMMMMMMM", _sent, "", nothing),
    ("concertation:letter_show", "POST", "L4FF4FRRR", _sent, "", nothing),
    ("concertation:letter_public", "GET", "444444444", _sent, "", nothing),
    ("concertation:letter_public", "GET", "222222222", _public_letter, "", nothing, True),
    ("concertation:digest_mine", "GET", "L22242224", nothing, "", nothing),
    ("concertation:digest_mine", "POST", "LUUU4UUU4", nothing, "", nothing),
    ("concertation:digest_choice", "GET", "222222222", _token, "", nothing),
    ("concertation:digest_choice", "GET", "444444444", _guess, "", nothing),
    ("concertation:digest_choice", "POST", "RRRRRRRRR", _token, "", _choice),
    ("concertation:value", "GET", "L42242222", our_group, "", nothing),
    ("concertation:value", "GET", "L42242222", our_group, "?annee=x", nothing),
    ("concertation:story_new", "GET", "L4224222F", our_group, "", nothing),
    ("concertation:story_new", "POST", "L4RR4RRRF", our_group, "", _telling),
    ("concertation:story_new", "POST", "L4UU4UUUF", our_group, "", nothing),
    ("concertation:story", "GET", "L42242222", _story, "", nothing),
    ("concertation:story_edit", "GET", "L42F4F222", _story, "", nothing),
    ("concertation:story_edit", "POST", "L4RF4FRRR", _story, "", _telling),
]
