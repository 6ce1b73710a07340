"""A plan along time, on a printable page, as a document: through their pages."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import make_group, make_group_member, make_plan, make_user
from tests.factories.projects_reviews import planned, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(group=make_group())


@pytest.fixture
def reader(sign_in, plan):
    return sign_in(make_group_member(plan.group).person.user)


def read(client, name, plan, **query):
    answer = client.get(reverse(f"projects:{name}", args=[plan.uid]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html):
    return " ".join(re.sub("<[^>]*>", "", html).split())


def test_what_comes_after_another_action_says_so_and_is_drawn_from_its_end(reader, plan):
    before = planned(plan, title="Semer", due_on="2026-05-01")
    after = planned(plan, title="Récolter", starts_on="2026-09-01", due_on="2026-09-30")
    planned(plan, title="Manger").after.add(after)
    after.after.add(before)
    shown = read(reader, "plan_timeline", plan)
    assert "du 1er septembre 2026 au 30 septembre 2026 après « Semer »" in words(shown)
    assert "sans date après « Récolter »" in words(shown)
    # From the end of the 1st of May (121/365) to the 1st of September (243/365); nothing is drawn to an action without day.
    assert '<line class="time-reach" x1="33.151%" x2="66.575%"' in shown
    assert shown.count('x1="33.151%"') == 2


def test_the_time_line_says_in_words_what_it_draws(reader, plan):
    before = planned(plan, title="Semer", starts_on="2026-03-01", due_on="2026-05-01")
    after = planned(plan, title="Récolter", starts_on="2026-04-01", due_on="2026-09-30")
    after.after.add(before)
    planned(plan, title="Un jour")
    supported(before)
    shown = read(reader, "plan_timeline", plan)
    assert "du 1er mars 2026 au 1er mai 2026" in shown.replace("\u00a0", " ")
    assert "commence avant la fin de « Semer »" in words(shown)
    assert shown.count('class="time-reach is-back"') == 2
    assert shown.count("time-fill is-bar") == 2
    assert "1 action du plan n&#x27;a aucune date" in shown.replace("’", "&#x27;").replace("'", "&#x27;")
    assert shown.count("Sans appui nommé") == 2


def test_a_plan_without_action_says_what_will_be_there(reader, plan):
    assert "Aucune action" in read(reader, "plan_timeline", plan)
    assert "Aucun objectif" in read(reader, "plan_print", plan)


def test_the_printable_page_and_the_document_say_everything(reader, plan):
    action = planned(
        plan, title="Semer", means="Deux bacs", who="Le comité", target="40", unit="familles", indicator="Jointes"
    )
    action.measures.create(on="2026-05-01", value="12.5")
    supported(action, name="Caisse", amount="500.00", state="held")
    planned(plan, title="#let Récolter")
    shown = read(reader, "plan_print", plan)
    document = reader.get(reverse("projects:plan_pdf", args=[plan.uid]))
    assert document.headers["Content-Type"] == "application/pdf"
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(document.content)).pages)
    for text in (shown, printed):
        flat = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
        for said in (
            "Semer",
            "Deux bacs",
            "Le comité",
            "Jointes : 12,5 sur 40 familles",
            "500 $",
            "Tenu",
            "#let Récolter",
        ):
            assert said in flat, said
        assert "1 action sur 2 sans appui nommé" in flat


@pytest.mark.parametrize("name", ["plan_timeline", "plan_print"])
def test_a_long_plan_costs_no_more(reader, plan, name, django_assert_max_num_queries):
    for _time in range(60):
        planned(plan, due_on="2026-05-01", indicator="bacs")
    for action in plan.objectives.first().actions.all()[:30]:
        supported(action)
        action.measures.create(on="2026-05-01", value=1)
    with django_assert_max_num_queries(12):
        read(reader, name, plan)


def test_a_plan_of_others_is_not_there(sign_in, plan):
    stranger = sign_in(make_user())
    for name in ("plan_timeline", "plan_print", "plan_pdf", "plan_reviews"):
        assert stranger.get(reverse(f"projects:{name}", args=[plan.uid])).status_code == 404
