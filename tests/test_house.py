"""The house stands: migrations are whole, system checks pass, the probes answer."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_system_checks_pass() -> None:
    from django.core.checks import run_checks

    assert run_checks() == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_answer_without_account(address: str, client: Client) -> None:
    answer: Any = client.get(address)
    assert (answer.status_code, answer.content) == (200, b"ok")
