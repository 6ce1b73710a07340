"""What is kept for thirty days only goes at night, with its files."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from maillage.core.imports import find, progress
from maillage.core.models import ImportJob
from maillage.core.services import import_jobs
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def _job() -> ImportJob:
    importer = find("sites")
    assert importer is not None
    upload = SimpleUploadedFile("milieux.csv", b"Nom;Type\nLe Ruisseau;HLM\n")
    return import_jobs.open_job(actor=make_user(is_administrator=True), importer=importer, upload=upload)


def test_files_of_imports_are_kept_thirty_days(capsys: Any) -> None:
    kept, old = _job(), _job()
    ImportJob.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    lost = progress.folder(old.uid).with_name("sans-travail")
    lost.mkdir()
    (lost / "file.csv").write_text("x")
    month_ago = (timezone.now() - timedelta(days=31)).timestamp()
    os.utime(lost, (month_ago, month_ago))
    call_command("tidy")
    assert "Fichiers d'import effacés : 2" in capsys.readouterr().out
    assert list(ImportJob.objects.all()) == [kept]
    assert progress.folders() == [progress.folder(kept.uid)]
    call_command("tidy")
    assert "Fichiers d'import effacés : 0" in capsys.readouterr().out
