"""Minutes typed by two secretaries in two browsers, a decision written on a phone, the registers: with and without script."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from maillage.concertation.models import Decision, Meeting, Minutes
from tests.factories import make_group, make_group_member, make_meeting
from tests.factories.concertation_minutes import make_agenda_item, make_decision, make_follow_up

from .looks import review
from .troubles import Troubles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting() -> Meeting:
    """A meeting that was held yesterday, with two items and something promised before."""
    group = make_group(name="Table des rivières", is_public=True)
    meeting = make_meeting(group, days=-1, title="Rencontre de mai")
    make_agenda_item(meeting, title="Le jardin", kind="decision", minutes=20)
    make_agenda_item(meeting, title="L'autobus")
    make_follow_up(group, [make_group_member(group)], what="Appeler la ville", due_on=timezone.localdate())
    return meeting


@pytest.fixture
def secretary(meeting: Meeting) -> Any:
    """Who keeps the minutes."""
    return make_group_member(meeting.group, "secretary").person.user


def address(meeting: Meeting) -> str:
    """Of the minutes."""
    return reverse("concertation:minutes", args=[meeting.uid])


def test_two_pages_of_the_same_minutes_join(
    page: Page, context: BrowserContext, enter: Any, meeting: Meeting, secretary: Any
) -> None:
    enter(secretary)
    page.goto(address(meeting))
    other = context.new_page()
    other.goto(address(meeting))
    mine, theirs = (found.get_by_label("Ce qui s'est dit").first for found in (page, other))
    mine.fill("On plante des tomates.")
    expect(page.get_by_role("region", name="Le jardin").get_by_role("status")).to_have_text("Enregistré")
    theirs.fill("Pauline ouvre.")
    expect(theirs).to_have_value("On plante des tomates.\nPauline ouvre.")
    expect(mine).to_have_value("On plante des tomates.\nPauline ouvre.", timeout=12_000)
    assert meeting.items.get(title="Le jardin").notes == "On plante des tomates.\nPauline ouvre."


def test_a_decision_and_a_follow_up_are_written_under_their_item(
    page: Page, enter: Any, troubles: Troubles, meeting: Meeting, secretary: Any
) -> None:
    troubles.allow("422")  # the refusal that this test asks for
    enter(secretary)
    page.goto(address(meeting))
    page.evaluate("document.body.dataset.same = '1'")
    item = page.locator(".minute-block", has=page.get_by_role("heading", name="Le jardin"))
    item.locator("summary", has_text="Décision").click()
    item.get_by_role("button", name="Inscrire la décision").click()
    expect(item.get_by_role("alert")).to_be_visible()
    item.get_by_label("Décision", exact=True).fill("On plante en mai.")
    item.get_by_role("button", name="Inscrire la décision").click()
    expect(item.locator(".decision")).to_contain_text("On plante en mai.")
    assert page.evaluate("document.body.dataset.same") == "1", "the page was loaded whole again"
    review(page, "proces-verbal")
    assert Decision.objects.get().item == meeting.items.get(title="Le jardin")


def test_minutes_that_circulate_the_registers_and_the_account(
    page: Page, enter: Any, meeting: Meeting, secretary: Any
) -> None:
    item = meeting.items.get(title="Le jardin")
    make_decision(meeting.group, meeting=meeting, item=item, text="On plante en mai.")
    make_follow_up(meeting.group, meeting=meeting, item=item, what="Acheter la terre")
    Minutes.objects.create(
        meeting=meeting,
        state="circulated",
        circulated_at=timezone.now(),
        published_at=timezone.now(),
        summary="On plante.",
    )
    enter(secretary)
    page.goto(address(meeting))
    page.get_by_text("Proposer un amendement").click()
    page.get_by_label("Changement proposé").fill("En juin.")
    page.get_by_role("button", name="Proposer", exact=True).click()
    review(page, "amendements")
    for name in ("decisions", "follow_ups"):
        page.goto(reverse(f"concertation:{name}", args=[meeting.group.slug]))
        review(page, name)
    page.reload()
    page.get_by_role("button", name="Fait : Acheter la terre").click()
    expect(page.get_by_role("button", name="Annuler")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("button", name="Fait : Acheter la terre")).to_be_visible()
    page.goto(reverse("concertation:minutes_public", args=[meeting.uid]))
    review(page, "compte-rendu")
