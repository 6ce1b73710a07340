"""Phones by the thousand that come back within a minute, while people read pages: what the server answers, and when.

The model is open: each phone and each reader comes at its own instant, whatever the server does of the others. A phone
does what the protocol asks: a 429 or a 503 is the same operations again after `Retry-After` and some chance, no answer
is again after a longer and longer time. Phones are many devices of twenty persons with one key each: signatures differ,
and the server verifies them all.
"""

import asyncio
import json
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connection, connections
from django.urls import reverse

from maillage.core.changes import epoch
from maillage.core.errors import Refused
from maillage.journal.models import Device, Entry
from maillage.journal.sync.pen import Pen
from maillage.journal.sync.sealing import sealing_key
from maillage.programs.models import Program

from . import world
from .batches import MAILBOX, OPS, Typist, body, sign_in, write

FULL, WINDOW = 10_000, 60.0
OPERATIONS = 4
JOURNAL = 10_000  # entries that stand already, at the full dose
DEADLINE = 1200.0
PATIENCE = 30.0
TO_START = 300.0
DONE = ("applied", "duplicate")


@dataclass(slots=True)
class Phone:
    """What a phone sends, and when it comes."""

    request: bytes
    life: str
    at: float
    tries: int = 0


@dataclass
class Seen:
    """What happened, told in `as_json`."""

    statuses: Counter[str] = field(default_factory=Counter)
    drained: float = 0.0
    pages: dict[str, list[float]] = field(default_factory=dict)
    tries: list[int] = field(default_factory=list)


def phones(count: int) -> dict[str, Any]:
    """`count` phones on the home and database of the moment, which must be empty: a real server, real sockets."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    call_command("migrate", verbosity=0)
    program = world.make()
    before = max(100, JOURNAL * count // FULL)
    call_command("synth", "journal", program=program.slug, entries=before, seed=1, verbosity=0)
    coming = prepared(program, count)
    readers = {name: get(address, sign_in(world.team()[0])) for name, address in pages(program).items()}
    connections.close_all()
    port = free_port()
    server = serve(port)
    try:
        seen = asyncio.run(storm(port, coming, readers))
    finally:
        worked = processor_seconds(server.pid)
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    return told(seen, count, Entry.objects.count() - before, worked)


def prepared(program: Program, count: int) -> list[Phone]:
    """The phones, half of which send by the session of their person and half leave all in the mailbox."""
    rng = random.Random(count)  # noqa: S311 (when they come)
    people, life, typist = world.team(), epoch(), Typist(program, seed=count)
    pens = [Pen(recipient=sealing_key()) for _ in people]
    shown = [sign_in(person) for person in people]
    devices = [
        Device(uid=uuid4(), user=people[n % len(people)], public_key=pens[n % len(people)].public_key)
        for n in range(count)
    ]
    Device.objects.bulk_create(devices, batch_size=2000)
    found, window = [], WINDOW * count / FULL
    for n, device in enumerate(devices):
        pen = pens[n % len(people)]
        pen.device, pen.seq = device.uid, 0
        data = body(pen, write(pen, typist, program.slug, OPERATIONS), life)
        by_session = n // len(people) % 2
        request = post(OPS, data, shown[n % len(people)]) if by_session else post(MAILBOX, data, {})
        found.append(Phone(request, life, rng.random() * window))
    return found


def pages(program: Program) -> dict[str, str]:
    """Pages that people open meanwhile."""
    return {
        "Journal": reverse("journal:list"),
        "Inscrire": f"{reverse('journal:new')}?programme={program.slug}",
        "Portrait": reverse("statistics:portrait", kwargs={"slug": program.slug}),
    }


def post(address: str, data: bytes, headers: dict[str, str]) -> bytes:
    """A request as it goes over the wire."""
    lines = {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}
    return _head(f"POST {address}", lines) + data


def get(address: str, headers: dict[str, str]) -> bytes:
    """The same for a page."""
    return _head(f"GET {address}", headers)


def _head(first: str, headers: dict[str, str]) -> bytes:
    lines = {"Host": "127.0.0.1", "Connection": "close", **headers}
    return "\r\n".join([f"{first} HTTP/1.1", *(f"{k}: {v}" for k, v in lines.items()), "", ""]).encode()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(port: int) -> "subprocess.Popen[bytes]":
    """`maillage serve` as an operator starts it, once it answers."""
    command = [sys.executable, "-m", "maillage", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ)
    limit, ready = time.monotonic() + TO_START, get("/readyz", {})
    while asyncio.run(ask(port, ready))[0] != "200":
        if server.poll() is not None or time.monotonic() > limit:
            server.kill()
            raise Refused("Le serveur n'a pas démarré.")
        time.sleep(0.2)
    return server


async def storm(port: int, coming: list[Phone], readers: dict[str, bytes]) -> Seen:
    """All of them, until the last phone is done."""
    seen = Seen(pages={name: [] for name in readers})
    for request in readers.values():
        await ask(port, request)  # what a first request builds is not the storm's doing
    began = time.monotonic()
    reading = asyncio.create_task(read_pages(port, readers, seen))
    await asyncio.gather(*(live(phone, port, began, seen) for phone in coming))
    seen.drained = time.monotonic() - began
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    return seen


async def live(phone: Phone, port: int, began: float, seen: Seen) -> None:
    """One phone: it comes, and comes back until every operation is acknowledged."""
    await asyncio.sleep(phone.at)
    while time.monotonic() - began < DEADLINE:
        phone.tries += 1
        status, wait, content = await ask(port, phone.request)
        seen.statuses[status] += 1
        if status == "200" and acknowledged(content, phone.life):
            seen.tries.append(phone.tries)
            return
        if wait is None:
            wait = random.random() * min(900.0, 2.0**phone.tries)  # noqa: S311
        await asyncio.sleep(wait * (1 + random.random()))  # noqa: S311


def acknowledged(content: bytes, life: str) -> bool:
    """Whether the answer acknowledges every operation."""
    try:
        said = json.loads(content)
        return said["epoch"] == life and [r["status"] in DONE for r in said["results"]] == [True] * OPERATIONS
    except (ValueError, KeyError, TypeError):
        return False


async def read_pages(port: int, readers: dict[str, bytes], seen: Seen) -> None:
    """Somebody opens each page every second, whether or not the ones before have been answered."""
    opened: set[asyncio.Task[None]] = set()
    while True:
        for name, request in readers.items():
            task = asyncio.create_task(_open(port, name, request, seen))
            opened.add(task)
            task.add_done_callback(opened.discard)
            await asyncio.sleep(1 / len(readers))


async def _open(port: int, name: str, request: bytes, seen: Seen) -> None:
    began = time.monotonic()
    status, _wait, _content = await ask(port, request)
    seen.pages[name].append(time.monotonic() - began)
    if status != "200":
        seen.statuses[f"{name} {status}"] += 1


async def ask(port: int, request: bytes) -> tuple[str, float | None, bytes]:
    """The status of the answer (or the name of the trouble), its `Retry-After`, its content."""
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(request)
                head, _, content = (await reader.read(-1)).partition(b"\r\n\r\n")
            finally:
                writer.close()
    except (OSError, TimeoutError) as trouble:
        return type(trouble).__name__, None, b""
    first, *lines = head.decode("latin-1").split("\r\n")
    waits = [line.partition(":")[2] for line in lines if line.lower().startswith("retry-after:")]
    status = first.split(" ")[1] if " " in first else "cut"
    return status, float(waits[0]) if waits else None, content


def processor_seconds(parent: int) -> float:
    """Processor time of the server's processes until now."""
    ticks = 0
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    for pid in children.stdout.split():
        try:
            words = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()  # noqa: PTH123, SIM115
        except OSError:
            continue
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def told(seen: Seen, count: int, written: int, worked: float) -> dict[str, Any]:
    """What happened, in figures."""
    times = sorted(each for page in seen.pages.values() for each in page)
    return {
        "engine": connection.vendor,
        "phones": count,
        "done": len(seen.tries),
        "entries": written,
        "expected": count * OPERATIONS,
        "statuses": dict(seen.statuses),
        "drained": round(seen.drained, 1),
        "tries": {"median": median(seen.tries), "most": max(seen.tries)} if seen.tries else {},
        "pages": {"asked": len(times), "p50": share(times, 0.5), "p95": share(times, 0.95), "most": share(times, 1)},
        "by_page": {name: share(sorted(page), 0.95) for name, page in seen.pages.items()},
        "processor": round(worked, 1),
    }


def share(times: list[float], part: float) -> float:
    """The time under which `part` of them stay, in seconds."""
    return round(times[min(len(times) - 1, int(part * len(times)))], 3) if times else 0.0
