"""Lines of a plan at a desk: the keyboard stays on the line that it changes, a card is dragged, what comes after is drawn."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.projects.models import Action
from tests.factories import make_group, make_group_member, make_plan
from tests.factories.projects_plans import make_action, make_objective, make_support

from .looks import axe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def actions(enter: Any) -> list[Action]:
    """Two actions, the second after the first, of a plan that the person keeps."""
    group = make_group()
    objective = make_objective(make_plan(group=group))
    first = make_action(objective, title="Semer", starts_on="2026-03-01", due_on="2026-05-01")
    second = make_action(objective, title="Récolter", starts_on="2026-08-01", due_on="2026-09-30")
    make_support(first)
    second.after.add(first)
    enter(make_group_member(group, "secretary").person.user)
    return [first, second]


def test_a_line_is_changed_by_keyboard_and_takes_its_rank(page: Page, actions: list[Action]) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/projets/plans/{actions[0].objective.plan.uid}/")
    page.get_by_role("link", name="Modifier : Récolter").press("Enter")
    expect(page.get_by_label("Action", exact=True)).to_be_focused()
    page.get_by_label("Rang dans l'objectif").fill("1")
    axe(page)
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_role("link", name="Récolter", exact=True)).to_be_focused()
    expect(page.locator(".action-title")).to_have_text(["Récolter", "Semer"])


def test_a_card_is_dragged_to_a_column_and_moved_by_its_button(page: Page, actions: list[Action]) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/projets/plans/{actions[0].objective.plan.uid}/colonnes/")
    page.drag_and_drop(f"#a-{actions[0].pk}", "section[data-state=under_way] h2")
    expect(page.locator("section[data-state=under_way]")).to_contain_text("Semer")
    moves = page.get_by_role("group", name="Déplacer « Semer » vers :")
    moves.get_by_role("button", name="Fait").press("Enter")
    expect(page.locator("section[data-state=done]")).to_contain_text("Semer")
    expect(page.get_by_role("link", name="Semer", exact=True)).to_be_focused()
    assert [Action.objects.get(pk=one.pk).state for one in actions] == ["done", "to_do"]


def test_what_comes_after_is_said_and_drawn_within_the_line(page: Page, actions: list[Action]) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/projets/plans/{actions[0].objective.plan.uid}/ligne-du-temps/")
    row = page.get_by_role("row").filter(has_text="Récolter")
    expect(row).to_contain_text("après « Semer »")
    drawn = row.locator("line.time-reach[marker-end]").bounding_box()
    bar = row.locator("rect.time-fill").bounding_box()
    assert drawn is not None
    assert bar is not None
    assert abs(drawn["x"] + drawn["width"] - bar["x"]) < 2  # it ends where the bar begins
    edge = page.locator(".time-scale").first.bounding_box()
    last = page.locator(".time-scale text").last.bounding_box()
    assert edge is not None
    assert last is not None
    assert last["x"] + last["width"] <= edge["x"] + edge["width"]
    axe(page)
