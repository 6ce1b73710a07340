"""The product as real processes in a home of its own: started, killed, restarted, backed up and restored."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tests.portal.installation import Installation, free_port

from .engines import Engine, wait_until

ROOT = Path(__file__).resolve().parents[2]


class World:
    """A process of `tests.chaos.world` on the database of a run; its calls come one after another."""

    def __init__(self, installation: Installation) -> None:
        environment = {**installation.environment, "DJANGO_SETTINGS_MODULE": "maillage.config.settings"}
        self.installation, self._lock = installation, threading.Lock()
        with (installation.home / "world.log").open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.world"],
                env=environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def call(self, name: str, *given: Any) -> Any:
        """Ask one thing. Raises `RuntimeError` with what the other side said."""
        with self._lock:
            assert self._process.stdin
            assert self._process.stdout
            self._process.stdin.write(json.dumps([name, *given]) + "\n")
            self._process.stdin.flush()
            said = json.loads(self._process.stdout.readline())
        if "trouble" in said:
            raise RuntimeError(said["trouble"])
        return said["value"]

    def insist(self, name: str, *given: Any) -> Any:
        """Ask until the database answers: it may be down, locked or full for a while."""
        end = time.monotonic() + 60
        while True:
            try:
                return self.call(name, *given)
            except RuntimeError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def close(self) -> None:
        """End the process: it holds nothing that is worth waiting for."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.kill()
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


class Server:
    """`maillage serve` on one home, forked by its world. `plan` names what is injected (see `injected.points`)."""

    def __init__(self, world: World, workers: int = 2, plan: dict[str, Any] | None = None) -> None:
        self.world, self.home, self.workers, self.port = world, world.installation.home, workers, free_port()
        self.plan, self.pid, self.starts, self.lock = plan or {}, 0, 0, threading.RLock()

    def start(self) -> None:
        """Start, and wait until it answers from its database."""
        with self.lock:
            self.pid = self.world.call("serve", self.port, self.workers, self.plan, str(self.home / "server.log"))
            self.starts += 1
            wait_until(self.is_up, 60, "the server did not start")

    def is_up(self) -> bool:
        """Whether it answers a request that needs its database; fails when it has ended."""
        assert not self.world.call("ended", self.pid), self.said()[-2000:]
        link = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            link.request("GET", "/readyz")
            return link.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            link.close()

    def kill(self, how: int = signal.SIGKILL) -> None:
        """SIGKILL for the server and all its processes, whatever they are doing."""
        with self.lock:
            if self.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.pid, how)
                self.world.call("reap", self.pid)
                self.pid = 0

    def processes(self) -> list[int]:
        """The processes that answer requests."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = status.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(words[1]) == self.pid:
                found.append(int(status.parent.name))
        return found

    def said(self) -> str:
        """All that it wrote on its standard error."""
        log = self.home / "server.log"
        return log.read_text(errors="replace") if log.exists() else ""


def make_world(engine: Engine, persons: int) -> dict[str, Any]:
    """The world that every run of an engine copies: migrated, with its persons and its static files."""
    world = World(Installation(*engine.empty()))
    try:
        world.call("manage", "migrate", "-v", "0")
        world.call("manage", "gather_static")
        made: dict[str, Any] = world.call("build", persons)
    finally:
        world.close()
    return made
