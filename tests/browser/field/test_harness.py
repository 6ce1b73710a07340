"""The tools of this folder do what they say: a fault that is not injected would prove nothing."""

from typing import Any

import pytest

from .phone import Phone
from .stage import Staging

pytestmark = pytest.mark.django_db(transaction=True)
FETCH = """async (path) => {
  try {
    const answer = await fetch(path);
    return [answer.status, (await answer.text()).length];
  } catch (error) {
    return error.name;
  }
}"""


def test_accidents_happen(phone: Phone, worker: Any, stage: Staging) -> None:
    phone.enter(worker.user)
    phone.page.goto("/journal/nouvelle/")
    stage.answer("GET /readyz", 503, times=1)
    assert phone.page.evaluate(FETCH, "/readyz")[0] == 503
    assert phone.page.evaluate(FETCH, "/readyz")[0] == 200
    stage.lose("GET /readyz", times=1)
    assert phone.page.evaluate(FETCH, "/readyz") == "TypeError"
    assert phone.page.evaluate(FETCH, "/readyz")[0] == 200
    phone.network(False)
    assert phone.page.evaluate(FETCH, "/readyz") == "TypeError"
    phone.network(True)
    phone.page.evaluate("localStorage.setItem('kept', 'mot-canari')")
    phone.restart()
    phone.page.goto("/journal/nouvelle/")
    assert phone.page.evaluate("localStorage.getItem('kept')") == "mot-canari"
    assert phone.grep(["mot-canari"])
    phone.evict()
    assert phone.page.evaluate("localStorage.getItem('kept')") is None
    phone.crash()
    phone.page.goto("/journal/nouvelle/")
    assert phone.page.locator("#entry-form").count() == 1
