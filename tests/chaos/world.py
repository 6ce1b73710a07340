"""The other side of a run: a process of the product's own settings that makes persons, reads what was written, and
serves: it forks `maillage serve` out of what it has already imported, so that a killed server is back at once.

`python -m tests.chaos.world` takes one JSON list a line (a name and its arguments) and answers one JSON value a line.
"""

import json
import multiprocessing
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import django

django.setup()

import granian  # noqa: E402, F401
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402

import maillage.config.wsgi  # noqa: E402, F401
from maillage.accounts.models import User  # noqa: E402
from maillage.core.changes import epoch, head, read_since  # noqa: E402
from maillage.core.models import AuditEvent  # noqa: E402
from maillage.journal.drafts import draft_of  # noqa: E402
from maillage.journal.enums import STREAM  # noqa: E402
from maillage.journal.models import Device, Entry, EntryRevision, Sibling, SyncOperation  # noqa: E402
from maillage.portal.running import server  # noqa: E402
from maillage.programs.models import Membership  # noqa: E402
from maillage.territories.models import HousingSite  # noqa: E402

from .entries import held  # noqa: E402


def build(persons: int) -> dict[str, Any]:
    """A programme with its sites and so many workers."""
    from tests.factories import make_member, make_program, make_site

    program = make_program(slug="entente")
    for _ in range(4):
        make_site(program)
    members = [make_member(program) for _ in range(persons)]
    return {"persons": [member.user_id for member in members], "sites": sorted(map(str, sites().values()))}


def sites() -> dict[int, str]:
    """The uid of each site."""
    return {number: str(uid) for number, uid in HousingSite.objects.order_by("id").values_list("id", "uid")}


def session(person: int) -> str:
    """A new session, as the sign-in form opens one; "" for an account that is closed."""
    user = User.objects.get(pk=person)
    if not user.is_active:
        return ""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def active(person: int, is_active: bool) -> None:
    """Close or open an account."""
    User.objects.filter(pk=person).update(is_active=is_active)


def member(person: int, is_member: bool) -> None:
    """Withdraw or give back the right to write."""
    end = None if is_member else timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=person).update(end=end)


def revoke(device: str) -> None:
    """Revoke a device."""
    Device.objects.filter(uid=device).update(revoked_at=timezone.now())


def snapshot(path: str) -> None:
    """Everything that the server holds, as a file."""
    places, users = sites(), dict(Membership.objects.order_by("id").values_list("id", "user_id"))
    versions: dict[int, dict[int, Any]] = defaultdict(dict)
    for kept in EntryRevision.objects.order_by("id").iterator():
        versions[kept.entry_id][kept.revision] = held(kept.content, places)
    entries, uids = {}, {}
    found = Entry.objects.order_by("id").select_related("contact_place", "collective_kind")
    for entry in found.prefetch_related(
        "entry_terms__term", "referrals__destination", "referrals__need", "referrals__kind"
    ):
        uids[entry.pk] = str(entry.uid)
        entries[str(entry.uid)] = {
            "revision": entry.revision,
            "deleted": entry.deleted_at is not None,
            "person": users[entry.worker_id],
            "versions": {**versions[entry.pk], entry.revision: held(draft_of(entry).as_json(), places)},
            "kept": sorted(versions[entry.pk]),
        }
    rows = {
        "epoch": epoch(),
        "entries": entries,
        "operations": {str(row["uid"]): _plain(row) for row in SyncOperation.objects.order_by("id").values()},
        "operation_rows": SyncOperation.objects.count(),
        "siblings": [_sibling(sibling, uids, places) for sibling in Sibling.objects.select_related("operation")],
        "devices": {str(row["uid"]): _plain(row) for row in Device.objects.order_by("id").values()},
        "announced": sorted({uids.get(key, "") for key in read_since(STREAM, _beginning())[0]} - {""}),
        "audit": Counter(AuditEvent.objects.order_by().values_list("verb", flat=True)),
    }
    Path(path).write_text(json.dumps(rows))


def _beginning() -> str:
    return "1:1:" if connection.vendor == "postgresql" else "0"


def _sibling(sibling: Sibling, uids: dict[int, str], places: dict[int, str]) -> dict[str, Any]:
    content = held(sibling.content, places) if sibling.content else None
    said = {"entry": uids[sibling.entry_id], "operation": str(sibling.operation.uid), "kind": sibling.kind}
    return {**said, "base": sibling.base, "content": content}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: bool(value)
        if name in ("body", "public_key", "digest")
        else value
        if isinstance(value, int | list)
        else str(value)
        for name, value in row.items()
    }


def integrity() -> str:
    """What the database says of its own state: "ok", or its complaint. References are checked too."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_key_check")
            orphans = cursor.fetchall()
            cursor.execute("PRAGMA integrity_check")
            return str(orphans or cursor.fetchone()[0])
        cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        cursor.execute(
            "SELECT bt_index_check(c.oid, true) FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_am a "
            "ON a.oid = c.relam WHERE a.amname = 'btree' AND i.indisvalid AND c.relnamespace = 'public'::regnamespace"
        )
        cursor.execute(
            "SELECT h FROM pg_class c, LATERAL verify_heapam(c.oid) h "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        )
        return str(cursor.fetchall() or "ok")


def manage(*words: str) -> None:
    """A command of the product, to its end."""
    call_command(*words, stdout=sys.stderr)


def serve(port: int, workers: int, plan: dict[str, Any], log: str) -> int:
    """`maillage serve` in a process group of its own, with what `plan` injects; gives its number."""
    if child := os.fork():
        return child
    os.setsid()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, output), (2, output)):
        os.dup2(file, number)
    try:
        _serve(port, workers, plan)
    finally:
        os._exit(1)


def _serve(port: int, workers: int, plan: dict[str, Any]) -> None:
    from .injected import points

    points.install(plan)
    # Everything is imported and nothing runs yet: a fork stands for the new interpreter that the product asks for.
    multiprocessing.set_start_method("fork", force=True)
    multiprocessing.set_start_method = lambda *given, **named: None  # type: ignore[assignment]
    server._tell_when_ready = lambda *given: None
    call_command("serve", port=port, workers=workers)


def unbind() -> None:
    """Take away the uniqueness of entries and of operations: what a mutant without `ON CONFLICT` lives with."""
    for model in (Entry, SyncOperation):
        old = model._meta.get_field("uid")
        new = old.clone()
        new._unique = False
        new.set_attributes_from_name("uid")
        new.model = model
        with connection.schema_editor() as editor:
            editor.alter_field(model, old, new)


def race(rows: int, mutant: bool, seed: int) -> dict[str, Any]:
    """F18: eight writers and four readers on the change log; what each reader never saw."""
    from .race import run

    return run(rows, mutant, seed)


def reap(child: int) -> int:
    """Wait for the end of a server that was told to end; gives its status."""
    return os.waitpid(child, 0)[1]


def ended(child: int) -> bool:
    """Whether a server has ended by itself."""
    return os.waitpid(child, os.WNOHANG)[0] != 0


CALLABLE = (build, session, active, member, revoke, snapshot, integrity, epoch, head, manage, serve, reap, ended)
COMMANDS: dict[str, Callable[..., Any]] = {command.__name__: command for command in (*CALLABLE, unbind, race)}


def main() -> None:
    """Answer until the other side closes."""
    for line in sys.stdin:
        name, *given = json.loads(line)
        try:
            said = {"value": COMMANDS[name](*given)}
        except Exception as trouble:
            said = {"trouble": f"{type(trouble).__name__}: {trouble}"}
        finally:
            connections.close_all()
        sys.stdout.write(json.dumps(said, default=str) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
