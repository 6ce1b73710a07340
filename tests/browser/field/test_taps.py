"""A hundred taps, two tabs, the button back: one entry each (B9)."""

import random
from typing import Any

import pytest
from playwright.sync_api import expect

from maillage.journal.models import Entry

from .doses import SEED, dose, told
from .phone import Phone
from .stage import Staging
from .writing import EXCHANGES, FORM, QUEUE, drain, eventually, fill, goto_form, open_form, tap_save, waiting

pytestmark = pytest.mark.django_db(transaction=True)
TAPS = "for (let n = 0; n < 100; n += 1) document.querySelector('.savebar [type=submit]').click()"
DONE = "#entry-saved, #entry-kept:not([hidden])"


def test_b9_a_hundred_taps_write_one_entry_whatever_the_network(phone: Phone, worker: Any, stage: Staging) -> None:
    number = dose(5, 100)
    lot = random.Random(SEED)
    weathers = ["calm", "lost", "busy", "cut", "lost twice"]
    phone.enter(worker.user)
    page = open_form(phone)
    seen = []
    for n in range(number):
        weather = weathers[n] if n < len(weathers) else lot.choice(weathers)
        seen.append(weather)
        goto_form(page)
        fill(page, f"Une fois {n}.")
        if weather.startswith("lost"):
            stage.lose(FORM, times=1)
        if weather == "lost twice":
            stage.lose(EXCHANGES, times=1)
        if weather == "busy":
            stage.answer(FORM, 503, times=1)
        if weather == "cut":
            phone.network(False)
        page.evaluate(TAPS)
        expect(page.locator(DONE)).to_be_visible(timeout=15_000)
        phone.network(True)
    stage.calm()
    drain(phone)
    told("B9", entries=number, weathers=",".join(sorted(set(seen))))
    assert sorted(Entry.objects.values_list("note", flat=True)) == sorted(f"Une fois {n}." for n in range(number))


def test_b9_two_tabs_and_the_button_back_write_one_entry(phone: Phone, worker: Any, stage: Staging) -> None:
    phone.enter(worker.user)
    first = open_form(phone)
    fill(first, "La même.")
    expect(first.locator("#draft-state")).to_contain_text("Brouillon gardé")
    second = phone.new_page()
    goto_form(second)
    expect(second.locator("#f-note")).to_have_value("La même.")
    for page in (first, second):
        tap_save(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    first.go_back()
    if first.locator("#entry-form").count() and first.locator("#f-note").input_value():
        tap_save(first)
        expect(first.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    second.goto(QUEUE)
    eventually(lambda: waiting(phone), 0, 30)
    assert Entry.objects.count() == 1
