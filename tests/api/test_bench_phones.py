"""Phones that come back at once: what each does with what it is answered, and a handful of them on a real server."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from maillage.api.bench.phones import OPERATIONS, Phone, Seen, live, share
from maillage.core.benchmark_homes import Parts, postgresql_database

FEW = 24


@pytest.fixture
def address() -> Iterator[str]:
    """A database of the engine that these tests run on, made for the occasion."""
    if connection.vendor == "postgresql":
        with postgresql_database() as made:
            yield made
    else:
        yield ""


def _answer(status: str, said: object = None, headers: str = "") -> bytes:
    return f"HTTP/1.1 {status} X\r\n{headers}\r\n{json.dumps(said)}".encode()


def _results(*statuses: str, life: str = "life") -> dict[str, object]:
    return {"epoch": life, "results": [{"status": status} for status in statuses]}


def test_a_phone_comes_back_until_each_operation_is_acknowledged() -> None:
    whole = ["applied"] * OPERATIONS
    answers = [
        _answer("429", headers="Retry-After: 0\r\n"),
        _answer("503", headers="Retry-After: 0\r\n"),
        b"HTTP/1.1 200 OK\r\nRetry-After: 0\r\n\r\n{ cut",
        _answer("200", _results(*whole, life="another"), "Retry-After: 0\r\n"),
        _answer("200", _results(*whole[1:], "retry"), "Retry-After: 0\r\n"),
        _answer("200", _results(*whole[1:], "duplicate")),
        _answer("500"),
    ]
    seen = Seen()

    async def play() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(4)
            writer.write(answers.pop(0))
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            await live(Phone(b"POST", "life", 0.0), port, asyncio.get_running_loop().time(), seen)

    asyncio.run(play())
    assert seen.statuses == {"429": 1, "503": 1, "200": 4}
    assert seen.tries == [6]
    assert len(answers) == 1


def test_a_part_of_times() -> None:
    assert share([0.1, 0.2, 0.3, 9.0], 0.5) == 0.3
    assert share([0.1, 0.2, 0.3, 9.0], 1) == 9.0
    assert share([], 0.95) == 0.0


def test_a_few_phones_and_readers_on_a_real_server(tmp_path: Path, address: str) -> None:
    told = Parts("sync", tmp_path, address, FEW)("phones")
    assert (told["done"], told["entries"]) == (FEW, FEW * OPERATIONS)
    assert {status for status in told["statuses"] if status.isdigit()} <= {"200", "429", "503"}
    assert told["pages"]["asked"] >= 1
