"""Requests of a phone over real sockets, with the faults that a network makes: F3, F4 and F5."""

import json
import socket
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any

CSRF = "c" * 32
SECONDS = 30.0


class NoAnswer(Exception):
    """Nothing came that can be read as an answer: the phone knows nothing of what the server did."""


@dataclass
class Answer:
    """A status, the seconds of `Retry-After` (or None), and the JSON of the body."""

    status: int
    retry_after: float | None
    data: dict[str, Any]


@dataclass
class Weather:
    """How often each fault of the network strikes a batch; `counts` says how often it did."""

    answer_lost: float = 0.0
    sent_twice: float = 0.0
    request_lost: float = 0.0
    request_cut: float = 0.0
    answer_cut: float = 0.0
    session_lost: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)

    def draw(self, random: Random) -> str:
        """The fault of this batch, or "" for none."""
        drawn = random.random()
        for name in ("answer_lost", "sent_twice", "request_lost", "request_cut", "answer_cut", "session_lost"):
            drawn -= getattr(self, name)
            if drawn < 0:
                return name
        return ""


CALM = Weather()
STORM = {
    "answer_lost": 0.12,
    "sent_twice": 0.10,
    "request_lost": 0.10,
    "request_cut": 0.05,
    "answer_cut": 0.03,
    "session_lost": 0.04,
}


class Line:
    """One phone's line to the server. A connection is kept open from one request to the next, as browsers do."""

    def __init__(self, port: int) -> None:
        self.port, self.link = port, None

    def send(self, method: str, path: str, body: bytes = b"", session: str = "") -> Answer:
        """Ask and read the whole answer. Raises `NoAnswer`."""
        try:
            status, retry_after, text = self._exchange(method, path, body, session)
        except (OSError, HTTPException) as trouble:
            self.hang_up()
            raise NoAnswer(type(trouble).__name__) from trouble
        return self.read(status, retry_after, text)

    @staticmethod
    def read(status: int, retry_after: str | None, text: bytes) -> Answer:
        """An answer out of what came. A 200 whose body cannot be read is no answer."""
        try:
            data = json.loads(text) if text else {}
        except ValueError:
            data = {}
        if status == 200 and not (isinstance(data, dict) and "epoch" in data):
            raise NoAnswer("unreadable body")
        waits = float(retry_after) if (retry_after or "").isdigit() else None
        return Answer(status, waits, data if isinstance(data, dict) else {})

    def push(self, path: str, body: bytes, session: str, fault: str, random: Random) -> Answer:
        """Send a batch through a line that has `fault`."""
        if fault == "request_lost":
            raise NoAnswer(fault)
        if fault == "request_cut":
            self._cut(path, body, session, random.randrange(1, len(body)))
            raise NoAnswer(fault)
        if fault == "sent_twice":
            return self._twice(path, body, session, random)
        if fault == "answer_lost" and random.random() < 0.5:
            self._cut(path, body, session, len(body))  # it leaves before the server has finished
            raise NoAnswer(fault)
        if fault == "answer_cut":
            status, retry_after, text = self._raw(path, body, session)
            return self.read(status, retry_after, text[: random.randrange(max(1, len(text)))])
        answer = self.send("POST", path, body, session)
        if fault == "answer_lost":
            raise NoAnswer(fault)
        return answer

    def hang_up(self) -> None:
        """Close the connection."""
        if self.link is not None:
            self.link.close()
            self.link = None

    def _raw(self, path: str, body: bytes, session: str) -> tuple[int, str | None, bytes]:
        try:
            return self._exchange("POST", path, body, session)
        except (OSError, HTTPException) as trouble:
            self.hang_up()
            raise NoAnswer(type(trouble).__name__) from trouble

    def _exchange(self, method: str, path: str, body: bytes, session: str) -> tuple[int, str | None, bytes]:
        if self.link is None:
            self.link = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        self.link.request(method, path, body or None, self.headers(session))
        answer = self.link.getresponse()
        return answer.status, answer.getheader("Retry-After"), answer.read()

    @staticmethod
    def headers(session: str) -> dict[str, str]:
        """Headers of a request; those of a session when there is one."""
        given = {"Content-Type": "application/json"}
        if session:
            given |= {"Cookie": f"sessionid={session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
        return given

    def _cut(self, path: str, body: bytes, session: str, length: int) -> None:
        """Announce the whole body, give `length` bytes of it, and leave."""
        lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers(session).items()]
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS) as link:
                link.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body[:length])
        except OSError:
            return

    def _twice(self, path: str, body: bytes, session: str, random: Random) -> Answer:
        """The same batch from two connections at once; only one of the answers is seen."""
        answers: list[Answer | NoAnswer] = []

        def send() -> None:
            line = Line(self.port)
            try:
                answers.append(line.send("POST", path, body, session))
            except NoAnswer as none:
                answers.append(none)
            finally:
                line.hang_up()

        both = [threading.Thread(target=send) for _ in range(2)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        seen = random.choice(answers)
        if isinstance(seen, NoAnswer):
            raise seen
        return seen
