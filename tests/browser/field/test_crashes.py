"""The browser's process dies while an entry is saved: what was claimed is there (B8)."""

import random
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from maillage.journal.models import Entry

from .doses import SEED, dose, told
from .phone import Phone
from .stage import Staging
from .writing import drain, fill, no_server, open_form, operations

pytestmark = pytest.mark.django_db(transaction=True)
# Says on the console, as soon as the person could read it, which entry is « Enregistré sur l'appareil ».
CLAIMS = """
document.addEventListener("DOMContentLoaded", () => {
  const look = () => {
    const panel = document.getElementById("entry-kept");
    if (panel && !panel.hidden) console.info("claimed " + document.getElementById("entry-form").elements.uid.value);
  };
  new MutationObserver(look).observe(document.body, { attributes: true, subtree: true, attributeFilter: ["hidden"] });
});
"""


def test_b8_what_was_claimed_survives_a_renderer_that_dies(phone: Phone, worker: Any, stage: Staging) -> None:
    number = dose(4, 50)
    lot = random.Random(SEED)
    claimed: set[str] = set()

    def heard(message: ConsoleMessage) -> None:
        if message.text.startswith("claimed "):
            claimed.add(message.text.split()[1])

    def tap(page: Page) -> None:
        page.evaluate("setTimeout(() => document.querySelector('.savebar [type=submit]').click())")

    phone.context.add_init_script(CLAIMS)
    phone.enter(worker.user)
    open_form(phone)
    no_server(stage)
    typed = set()
    for _ in range(number):
        page = open_form(phone)
        page.on("console", heard)
        fill(page, "Au mauvais moment.")
        typed.add(page.evaluate("document.getElementById('entry-form').elements.uid.value"))
        phone.crash(page, after=lot.uniform(0, 0.25), begin=lambda page=page: tap(page))  # type: ignore[misc]
    open_form(phone)
    stored = {operation["entry"] for operation in operations(phone)}
    told("B8", kills=number, claimed=len(claimed), stored=len(stored))
    assert claimed <= stored <= typed
    stage.calm()
    drain(phone)
    assert {str(uid) for uid in Entry.objects.values_list("uid", flat=True)} == stored
