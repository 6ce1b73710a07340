"""A member asks, those who know are written to, somebody answers, who asked says what helped, the question closes."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from maillage.concertation.models import Answer, Question, Topic
from maillage.core.models import AuditEvent, MailChoice
from tests.factories import make_group, make_group_member, make_meeting, make_user
from tests.factories.concertation_community import make_answer, make_area, make_question, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Any:
    return make_group(kind="community", name="Communauté de pratique")


def _asking(group: Any, **fields: Any) -> dict[str, Any]:
    return {"title": "Comment parler des dettes ?", "text": "", "tool_name": "", "tool_url": "", **fields}


def test_a_question_reaches_those_who_said_that_they_know(
    group: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    topic, other = make_topic(group, name="Dettes de loyer"), make_topic(group)
    asker = make_group_member(group)
    make_area(asker, topic)
    knows, silent, elsewhere, gone = (make_group_member(group) for _n in range(4))
    make_area(knows, topic)
    make_area(silent, topic, may_be_asked=False)
    make_area(elsewhere, other)
    make_area(gone, topic)
    type(gone).objects.filter(pk=gone.pk).update(start="2020-01-01", end="2020-12-31")
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in(asker.person.user).post(
            reverse("concertation:question_new", args=[group.slug]), _asking(group, topic=topic.pk), follow=True
        )
    assert "envoyée à 1 membre qui connaît ce thème" in answer.content.decode()
    assert [message.to for message in mail.outbox] == [[knows.person.email]]
    question = Question.objects.get()
    assert reverse("concertation:question", args=[question.uid]) in mail.outbox[0].body
    assert "Comment parler des dettes ?" in mail.outbox[0].body


def test_who_declined_questions_gets_none(group: Any, sign_in: Any, django_capture_on_commit_callbacks: Any) -> None:
    topic, asker, knows = make_topic(group), make_group_member(group), make_group_member(group)
    make_area(knows, topic)
    MailChoice.objects.create(email=knows.person.email, topic=f"group.{group.pk}.questions")
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(asker.person.user).post(
            reverse("concertation:question_new", args=[group.slug]), _asking(group, topic=topic.pk)
        )
    assert mail.outbox == []
    assert Question.objects.count() == 1


def test_two_taps_ask_once(group: Any, sign_in: Any) -> None:
    asker = make_group_member(group)
    client, address = sign_in(asker.person.user), reverse("concertation:question_new", args=[group.slug])
    first = client.post(address, _asking(group, tool_name="Guide"))
    second = client.post(address, _asking(group, tool_name="Guide"))
    assert first.headers["Location"] == second.headers["Location"]
    assert Question.objects.count() == 1


def test_a_question_about_nothing_comes_back_filled(group: Any, sign_in: Any) -> None:
    asker = make_group_member(group)
    answer = sign_in(asker.person.user).post(
        reverse("concertation:question_new", args=[group.slug]), _asking(group, text="Mon contexte à moi")
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Rattachez la question à un thème, à une rencontre ou à un outil." in page
    assert "Mon contexte à moi" in page
    assert not Question.objects.exists()


def test_what_says_who_was_met_is_refused(group: Any, sign_in: Any) -> None:
    asker = make_group_member(group)
    answer = sign_in(asker.person.user).post(
        reverse("concertation:question_new", args=[group.slug]),
        _asking(group, tool_name="Guide", text="La dame du logement 204 ne paie plus."),
    )
    assert answer.status_code == 422
    assert "logement 204" in answer.content.decode()
    assert "sans désigner la personne" in answer.content.decode()
    assert not Question.objects.exists()


def test_topic_and_meeting_of_another_group_are_refused(group: Any, sign_in: Any) -> None:
    asker, elsewhere = make_group_member(group), make_group()
    topic, meeting = make_topic(elsewhere), make_meeting(elsewhere)
    client, address = sign_in(asker.person.user), reverse("concertation:question_new", args=[group.slug])
    assert client.post(address, _asking(group, topic=topic.pk)).status_code == 422
    assert client.post(address, _asking(group, meeting=meeting.pk)).status_code == 422
    assert client.get(f"{address}?rencontre={meeting.uid}&theme={topic.pk}").status_code == 200


def test_an_answer_is_told_to_who_asked_and_may_be_said_to_have_helped(
    group: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    asker, first, second = (make_group_member(group) for _n in range(3))
    question = make_question(group, asker)
    address = reverse("concertation:question_answer", args=[question.uid])
    with django_capture_on_commit_callbacks(execute=True):
        for member, text in ((first, "Par étapes."), (first, "Par étapes."), (second, "Avec l'office.")):
            assert sign_in(member.person.user).post(address, {"text": text}).status_code == 302
        sign_in(asker.person.user).post(address, {"text": "Merci à vous deux."})
    assert [(m.to, "Par étapes." in m.body) for m in mail.outbox] == [
        ([asker.person.email], True),
        ([asker.person.email], False),
    ]
    client = sign_in(asker.person.user)
    for answer in (question.answers.get(answered_by=first), question.answers.get(answered_by=second)):
        client.post(reverse("concertation:answer_helped", args=[answer.uid]), {"do": "yes"})
    assert [answer.answered_by for answer in question.answers.filter(helped=True)] == [second]
    page = client.get(reverse("concertation:question", args=[question.uid])).content.decode()
    assert page.index("Avec l&#x27;office.") < page.index("Par étapes.")


def test_a_closed_question_takes_no_answer_and_what_was_typed_stays(group: Any, sign_in: Any) -> None:
    asker, other = make_group_member(group), make_group_member(group)
    question = make_question(group, asker)
    client = sign_in(asker.person.user)
    client.post(reverse("concertation:question_close", args=[question.uid]), {"do": "close"})
    address = reverse("concertation:question_answer", args=[question.uid])
    answer = sign_in(other.person.user).post(address, {"text": "Trop tard ?"})
    assert answer.status_code == 422
    assert "Cette question est close." in answer.content.decode()
    assert "Trop tard ?" in answer.content.decode()
    assert not question.answers.exists()
    client.post(reverse("concertation:question_close", args=[question.uid]), {"do": "reopen"})
    assert sign_in(other.person.user).post(address, {"text": "Trop tard ?"}).status_code == 302
    verbs = AuditEvent.objects.filter(object_type="concertation.question").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [f"concertation.question_{done}" for done in ("closed", "reopened", "answered")]


def test_who_left_the_group_reads_nothing_of_it(group: Any, sign_in: Any) -> None:
    member = make_group_member(group)
    question = make_question(group, member)
    client = sign_in(member.person.user)
    address = reverse("concertation:question", args=[question.uid])
    assert client.get(address).status_code == 200
    type(member).objects.filter(pk=member.pk).update(start="2020-01-01", end="2020-12-31")
    assert client.get(address).status_code == 404
    still = sign_in(make_group_member(group).person.user).get(address).content.decode()
    assert member.person.name in still


def test_an_author_takes_an_answer_back(group: Any, sign_in: Any) -> None:
    member = make_group_member(group)
    given = make_answer(make_question(group), member, text="Je me suis trompé.")
    answer = sign_in(member.person.user).post(
        reverse("concertation:answer_edit", args=[given.uid]), {"do": "withdraw"}, follow=True
    )
    assert "Je me suis trompé." not in answer.content.decode()
    assert not Answer.objects.exists()


def test_questions_are_found_by_words_state_theme_and_whose(group: Any, sign_in: Any) -> None:
    me, other = make_group_member(group), make_group_member(group)
    topic = make_topic(group, name="Écoute")
    make_area(me, topic)
    client, address = sign_in(me.person.user), reverse("concertation:questions", args=[group.slug])
    new = reverse("concertation:question_new", args=[group.slug])
    client.post(new, _asking(group, title="Où trouver des meubles ?", tool_name="Guide"))
    sign_in(other.person.user).post(new, _asking(group, title="Comment écouter sans juger ?", topic=topic.pk))
    mine, theirs = Question.objects.get(asked_by=me), Question.objects.get(asked_by=other)
    sign_in(other.person.user).post(
        reverse("concertation:question_answer", args=[mine.uid]), {"text": "À la ressourcerie de Lévis."}
    )

    def found(query: str) -> set[Any]:
        page = client.get(f"{address}?{query}").content.decode()
        return {question for question in (mine, theirs) if str(question.uid) in page}

    assert found("") == {mine, theirs}
    assert found("q=RESSOURCERIES levis") == {mine}  # the words of an answer, without accents, in the plural
    assert found("q=juger") == {theirs}
    assert found("etat=waiting") == {theirs}
    assert found("qui=mine") == {mine}
    assert found("qui=known") == {theirs}
    assert found(f"theme={topic.pk}") == {theirs}
    assert found("etat=closed") == set()


def test_the_animation_keeps_the_themes(group: Any, sign_in: Any) -> None:
    client = sign_in(make_group_member(group, "facilitator").person.user)
    address = reverse("concertation:topics", args=[group.slug])
    client.post(address, {"name": "  Accueil  et écoute "})
    topic = Topic.objects.get()
    assert topic.name == "Accueil et écoute"
    again = client.post(address, {"name": "Accueil et écoute"})
    assert again.status_code == 422
    assert "Le groupe a déjà ce thème." in again.content.decode()
    client.post(address, {"topic": topic.pk, "name": "Accueil"})
    client.post(address, {"topic": topic.pk, "do": "retire"})
    topic.refresh_from_db()
    assert (topic.name, topic.is_retired) == ("Accueil", True)
    new = client.get(reverse("concertation:question_new", args=[group.slug])).content.decode()
    assert f'value="{topic.pk}"' not in new
    other = make_topic(make_group())
    assert client.post(address, {"topic": other.pk, "do": "retire"}).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_and_a_question_keep_their_budget(
    count: int, group: Any, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    me = make_group_member(group)
    topic = make_topic(group)
    for number in range(count):
        question = make_question(group, me, topic=topic, meeting=make_meeting(group, days=-number))
        make_answer(question, me)
    for _n in range(count):
        make_answer(question, make_group_member(group))
    client = sign_in(me.person.user)
    for address in (
        reverse("concertation:questions", args=[group.slug]),
        reverse("concertation:question", args=[question.uid]),
    ):
        with django_assert_max_num_queries(12):
            answer = client.get(address)
        assert len(answer.content) < 60_000


def test_an_administrator_reads_and_closes_but_does_not_speak(group: Any, sign_in: Any) -> None:
    question = make_question(group, make_group_member(group))
    client = sign_in(make_user(is_administrator=True))
    assert client.get(reverse("concertation:question", args=[question.uid])).status_code == 200
    refused = client.post(reverse("concertation:question_answer", args=[question.uid]), {"text": "Oui."})
    assert refused.status_code == 403
    assert "membres du groupe" in refused.content.decode()
    client.post(reverse("concertation:question_close", args=[question.uid]))
    question.refresh_from_db()
    assert question.closed_at
