"""The two databases of the product, as a run needs them: new, copied from a world that is ready, and its own to harm."""

import os
import shutil
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from tests.portal.installation import free_port


class Engine(ABC):
    """Where a run keeps its data. `fresh` gives a home and the address of its database."""

    name: str

    def __init__(self, folder: Path) -> None:
        self.folder, self.world = folder, folder / "world"

    @abstractmethod
    def empty(self) -> tuple[Path, str]:
        """A home without data, for the world that is copied afterwards."""

    @abstractmethod
    def fresh(self, name: str, disk: Path | None = None) -> tuple[Path, str]:
        """A home that holds a copy of the world; its database is on `disk` when one is given."""

    @abstractmethod
    def leave(self, disk: Path) -> None:
        """Take away what stands on a disk."""

    def stop(self) -> None:  # noqa: B027
        """Leave nothing running."""


class Sqlite(Engine):
    """A file beside the data: write-ahead log, `synchronous=FULL`."""

    name = "sqlite"

    def empty(self) -> tuple[Path, str]:
        self.world.mkdir(parents=True)
        return self.world, ""

    def fresh(self, name: str, disk: Path | None = None) -> tuple[Path, str]:
        home = (disk or self.folder) / name
        shutil.copytree(self.world, home)
        return home, ""

    def leave(self, disk: Path) -> None:
        shutil.rmtree(disk, ignore_errors=True)


class Postgresql(Engine):
    """Databases of a server. Without an address the server is a private cluster, which faults may stop at once."""

    name = "postgresql"

    def __init__(self, folder: Path, address: str = "") -> None:
        super().__init__(folder)
        self.cluster = None if address else Cluster()
        self.address = address or self.cluster.address
        self.made: list[str] = []

    def empty(self) -> tuple[Path, str]:
        self.world.mkdir(parents=True, exist_ok=True)
        return self.world, self._create("template1")

    def fresh(self, name: str, disk: Path | None = None) -> tuple[Path, str]:
        home = self.folder / name
        shutil.copytree(self.world, home)
        url = self._create(self.made[0])
        if disk:
            shutil.chown(disk, "postgres")
            with psycopg.connect(self.address, autocommit=True) as link:
                link.execute(f"CREATE TABLESPACE chaos LOCATION '{disk}'")
                link.execute(f'ALTER DATABASE "{self.made[-1]}" SET TABLESPACE chaos')
        return home, url

    def leave(self, disk: Path) -> None:
        with psycopg.connect(self.address, autocommit=True) as link:
            link.execute(f'DROP DATABASE "{self.made.pop()}" WITH (FORCE)')
            link.execute("DROP TABLESPACE chaos")

    def _create(self, template: str) -> str:
        name = f"chaos_{uuid4().hex[:12]}"
        with psycopg.connect(self.address, autocommit=True) as link:
            link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.made.append(name)
        return urlunsplit(urlsplit(self.address)._replace(path=f"/{name}"))

    def stop(self) -> None:
        if self.cluster:
            self.cluster.remove()
            return
        with psycopg.connect(self.address, autocommit=True) as link:
            for name in self.made:
                link.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class Cluster:
    """A PostgreSQL of our own, with the settings that it has when it is installed."""

    def __init__(self) -> None:
        found = binaries()
        assert found, "PostgreSQL's programs are not installed"
        # Not below the folder of the tests: its own account could not go through there.
        self.bin, self.port, self.folder = found, free_port(), Path(tempfile.mkdtemp(prefix="chaos-cluster-"))
        self.data = self.folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run(
            "initdb", "-D", str(self.data), "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "--no-instructions"
        )
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"port = {self.port}\nlisten_addresses = '127.0.0.1'\n")
            settings.write(f"unix_socket_directories = '{self.data}'\nmax_connections = 80\n")
        self.address = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self.start()

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self.data / "log"), "-w", "-t", "60", "start")

    def crash(self) -> None:
        """Stop as a power cut does: nothing is written that was not, and the start replays its log."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def remove(self) -> None:
        """Stop for good."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def postmaster(self) -> int:
        """The number of its first process."""
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def _run(self, program: str, *words: str, check: bool = True) -> None:
        command = [str(self.bin / program), *words]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        if check and done.returncode:
            raise AssertionError(f"{program}: {done.stdout}{done.stderr}")


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, the newest; None where they are not installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return (
        max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=Path("/none/initdb")).parent
        if (Path("/usr/lib/postgresql").is_dir())
        else None
    )


def wait_until(holds: object, seconds: float, what: str) -> None:
    """Ask until it holds; fail with `what` when the time is over."""
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.05)
