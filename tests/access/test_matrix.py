"""The product answers as the matrix says, and no page of one programme ever shows the other's canary."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from .matrix import ROWS, Row
from .world import OURS, ROLES, THEIRS, World

# Addresses of libraries whose own tests cover who may do what, and that hold no data of a programme.
OUTSIDE = {"set_language", "javascript-catalog"}


def _names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name


def _letter(answer: HttpResponse) -> str:
    if answer.status_code in (301, 302, 303):
        return "L" if "/compte/connexion" in answer.headers["Location"] else "R"
    return {200: "2", 400: "B", 403: "F", 404: "4", 405: "M", 401: "S", 409: "C", 410: "G", 422: "U", 426: "V"}.get(
        answer.status_code, str(answer.status_code)
    )


def _content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_every_address_has_its_row() -> None:
    listed = {row.name for row in ROWS} | OUTSIDE
    missing = sorted(set(_names(get_resolver())) - listed)
    assert not missing, missing


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name}{row.query}")
def test_the_product_answers_as_the_matrix_says(row: Row, world: World) -> None:
    address = reverse(row.name, kwargs=row.arguments(world)) + row.query
    found = ""
    for role in ROLES:
        form = {"content_type": "application/json"} if row.json and row.method == "POST" else {}
        answer = getattr(world.clients[role], row.method.lower())(address, row.data(world), **form)
        found += _letter(answer)
        content = _content(answer)  # read whole for every role: a file that is sent must come to its end
        hidden = THEIRS if role not in ("outsider", "administrator") else OURS if role == "outsider" else None
        if hidden and not (row.public and hidden == OURS):
            assert hidden.encode() not in content, f"{role} reads « {hidden} » at {address}"
    assert found == row.letters, dict(zip(ROLES, found, strict=True))
