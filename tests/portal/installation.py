"""An installation of its own, driven by its command line and by HTTP, as an operator and a visitor would."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from django.urls import reverse

COMMAND = [sys.executable, "-m", "maillage"]
READY = "Maillage est prêt : http://127.0.0.1:{port}/"


@dataclass
class Installation:
    """A data folder and the environment that names it."""

    home: Path
    database_url: str = ""
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE",)}
        self.environment = {**kept, "MAILLAGE_HOME": str(self.home), "DATABASE_URL": self.database_url}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product to its end."""
        return subprocess.run(
            [*COMMAND, *words], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def do(self, *words: str) -> str:
        """Run a command that must succeed; give what it printed."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, expression: str) -> str:
        """The value of a Python expression in the product."""
        return self.do("shell", "-v", "0", "-c", f"print({expression})").strip()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """`maillage demo` or `maillage serve` in a process of its own, until it is stopped."""

    def __init__(self, installation: Installation, command: str, port: int, patience: float = 120) -> None:
        self.port, self.lines, started = port, [], time.monotonic()
        words = [*COMMAND, command, "--port", str(port), "--workers", "1"]
        self.process = subprocess.Popen(
            words, env=installation.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if self.lines[-1] == READY.format(port=port):
                break
            assert time.monotonic() - started < patience, self.lines
        else:
            raise AssertionError(f"it stopped before being ready: {self.lines}")

    def stop(self) -> int:
        """Ask it to stop, as a supervisor does; give its exit status."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.stdout
        with self.process.stdout as rest:
            self.lines += rest.read().splitlines()
        return self.process.wait(timeout=30)


class Visitor:
    """A browser without scripts: keeps cookies, signs in through the form."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        try:
            with self.opener.open(self.root + path, timeout=30) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except HTTPError as refusal:
            return refusal.code, ""

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the page of the product."""
        address = reverse("account_login")
        status, page = self.get(address)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, f"the sign-in page answered {status}"
        form = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
        with self.opener.open(self.root + address, urlencode(form).encode(), timeout=30) as answer:
            assert address not in answer.url, "the sign-in was refused"
