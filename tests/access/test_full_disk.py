"""A disk that fills while something is written: a page that says so (503), and nothing left half-written."""

import errno
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from maillage.core.models import ImportJob
from tests.factories import make_entry, make_member

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _client(program: Any, role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_member(program, role).user, backend=BACKEND)
    return client


@pytest.mark.parametrize(
    "trouble",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        duckdb.IOException('IO Error: Could not write file "/x": No space left on device'),
    ],
)
def test_a_portrait_says_that_the_disk_is_full(program: Any, monkeypatch: pytest.MonkeyPatch, trouble: Any) -> None:
    def refuse(*_given: Any, **_named: Any) -> None:
        raise trouble

    make_entry(program)
    client = _client(program, "worker")
    monkeypatch.setattr("maillage.tables.engine.store.Writer.rebuild", refuse)
    assert client.get(reverse("statistics:portrait", args=[program.slug])).status_code == 503


def test_an_upload_that_does_not_fit_leaves_nothing(
    program: Any, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    client = _client(program, "coordinator")
    monkeypatch.setattr("django.core.files.uploadedfile.SimpleUploadedFile.chunks", refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.chunks", refuse)
    sent = {"importer": "journal", "file": SimpleUploadedFile("fichier.csv", b"Date;Nom\n2014-01-01;x\n")}
    assert client.post(reverse("journal:import"), sent).status_code == 503
    assert not ImportJob.objects.exists()
    assert not [path for path in data_folder.rglob("file*") if path.is_file()]
