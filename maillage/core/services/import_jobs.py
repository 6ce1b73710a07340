"""The life of an import: a file is received, examined, written or thrown away."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.imports import Importer, columns, find, progress, run
from maillage.core.models import ImportJob, ImportState
from maillage.core.models.import_job import KEPT
from maillage.core.tabular import MAX_BYTES

from .audit import audit
from .imports import remember_columns, saved_columns

# Beyond this size a file is examined and written by a process of its own.
IN_PLACE = 400_000


def file_of(job: ImportJob) -> Path:
    """Where the file of a job is kept."""
    return progress.folder(job.uid) / f"file{Path(job.file_name).suffix.lower()[:10]}"


def open_job(*, actor: Any, importer: Importer, upload: UploadedFile) -> ImportJob:
    """Keep the uploaded file, privately, with a job to examine it."""
    require(importer.may(actor))
    name = Path(upload.name or "fichier").name[:200]
    if (upload.size or 0) > MAX_BYTES:
        raise Refused(
            _("Le fichier pèse {size} Mo ; la limite est de {limit} Mo. Coupez-le en plusieurs fichiers.").format(
                size=-(-(upload.size or 0) // (1024 * 1024)), limit=MAX_BYTES // (1024 * 1024)
            )
        )
    options = {
        option.name: [choices[0][0]] if option.several else choices[0][0]
        for option in importer.options
        if option.name == "program" and (choices := option.choices(actor)) and (option.required or len(choices) == 1)
    }
    job = ImportJob(
        importer=importer.name,
        actor_id=actor.pk,
        actor_label=str(actor)[:200],
        file_name=name,
        size=upload.size or 0,
        options=options,
    )
    folder = progress.folder(job.uid)
    folder.mkdir(parents=True, mode=0o700)
    try:
        with file_of(job).open("wb") as kept:
            for chunk in upload.chunks():
                kept.write(chunk)
        job.save()
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return job


def start(*, job: ImportJob, state: str) -> None:
    """Examine (`checking`) or write (`running`) the job: here when the file is small, else in a process of its own."""
    with progress.working(job.uid) as mine:
        if not mine:
            raise Refused(_("Cet import est déjà en cours."))
        job.state, job.message = state, ""
        job.save(update_fields=["state", "message", "layer", "columns", "options", "accept_partial"])
        if job.size <= IN_PLACE:
            work(job=job)
            return
    progress.ask(job.uid)
    _spawn(job)


def _spawn(job: ImportJob) -> None:
    command = [sys.executable, "-m", "maillage", "run_import", str(job.uid), "--language", get_language() or "fr"]
    subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        close_fds=True,
        env=os.environ.copy(),
    )


def work(*, job: ImportJob) -> None:
    """Do what the job's state asks; the caller holds its lock. Whatever happens, the job says it."""
    importer = find(job.importer)
    actor = _actor(job)
    if importer is None or actor is None:
        _fail(job, _("Cet import n'est plus offert."))
        return
    try:
        prepared = _prepare(job, importer)
        analysis = run.analyse(importer, actor, prepared, job.options, progress.Meter(job.uid))
        job.report |= run.report(importer, prepared, analysis)
        if job.state == ImportState.RUNNING:
            _write(job, actor, importer, prepared, analysis)
        else:
            job.state = ImportState.CHECKED
            job.save()
    except Refused as refused:
        _fail(job, str(refused))


def _prepare(job: ImportJob, importer: Importer) -> run.Prepared:
    prepared = run.prepare(
        importer,
        file_of(job),
        layer=job.layer,
        asked=job.columns,
        saved=lambda signature: saved_columns(importer=importer.name, signature=signature),
    )
    job.report = {
        "sample": run.sample(prepared.table),
        "layers": prepared.layers,
        "columns": prepared.columns,
        "notes": prepared.table.notes,
    }
    return prepared


def _write(job: ImportJob, actor: Any, importer: Importer, prepared: run.Prepared, analysis: run.Analysis) -> None:
    with transaction.atomic():
        run.write(analysis, accept_partial=job.accept_partial, tick=progress.Meter(job.uid))
        remember_columns(
            importer=importer.name,
            signature=columns.signature(importer.name, prepared.table.headers),
            columns=prepared.columns,
        )
        job.state, job.finished_at = ImportState.DONE, timezone.now()
        job.report.pop("sample", None)  # lines of the file, which may hold notes, are not kept once it is written
        job.save()
        audit(actor=actor, verb=f"{job.importer}.imported", obj=job, changes=job.report["counts"])
    file_of(job).unlink(missing_ok=True)


def _fail(job: ImportJob, message: str) -> None:
    job.state, job.message = ImportState.FAILED, message
    job.save()


def _actor(job: ImportJob) -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.filter(pk=job.actor_id, is_active=True).first()


def state_of(job: ImportJob) -> str:
    """Where the job stands now: a job that nobody works on any more was interrupted; nothing of it was written."""
    if job.state in (ImportState.CHECKING, ImportState.RUNNING) and not progress.is_alive(job.uid):
        return ImportState.INTERRUPTED
    return job.state


def ask(*, job: ImportJob, asked: Mapping[str, Any]) -> None:
    """Take over what the person asks: `columns`, `options`, `layer`, `accept_partial`; saved by `start`."""
    for name in ("columns", "options", "layer", "accept_partial"):
        if name in asked:
            setattr(job, name, asked[name])


def discard(*, job: ImportJob) -> None:
    """Throw away the job and its file."""
    shutil.rmtree(progress.folder(job.uid), ignore_errors=True)
    job.delete()


def purge() -> int:
    """Delete the jobs older than 30 days with their files, and files whose job was never written; how many."""
    limit = timezone.now() - KEPT
    old = list(ImportJob.objects.filter(created_at__lt=limit).order_by("pk"))
    for job in old:
        discard(job=job)
    lost = [folder for folder in progress.folders() if folder.stat().st_mtime < limit.timestamp()]
    known = set(map(str, ImportJob.objects.order_by().values_list("uid", flat=True))) if lost else set()
    lost = [folder for folder in lost if folder.name not in known]
    for folder in lost:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old) + len(lost)
