"""What a dose did: printed as it goes, kept in a file when one is named, and written in docs/reference/reliability.md.

`python -m tests.chaos.results FILE` puts the tables of a file of results in the place of those of the page.
"""

import json
import os
import platform
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "reliability.md"
BEGINNING, END = "<!-- results: written by « make chaos » -->\n", "<!-- end of results -->\n"


def note(kind: str, name: str, engine: str, said: str, seconds: float) -> None:
    """One result: `kind` is run, fault or mutant."""
    sys.stdout.write(f"\n{name} on {engine}: {said} ({seconds:.0f} s)\n")
    if path := os.environ.get("CHAOS_RESULTS"):
        row = {"kind": kind, "name": name, "engine": engine, "said": said, "seconds": round(seconds)}
        with Path(path).open("a") as file:
            file.write(json.dumps(row) + "\n")


def write(rows: Iterable[dict[str, Any]]) -> None:
    """Put the tables in the page."""
    text = PAGE.read_text()
    before, rest = text.split(BEGINNING)
    PAGE.write_text(before + BEGINNING + tables(list(rows)) + END + rest.split(END)[1])


def tables(rows: list[dict[str, Any]]) -> str:
    """The tables, one a kind."""
    cores, load = os.cpu_count(), os.getloadavg()[2]
    lines = [
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {cores} cores, load {load:.0f} over the last quarter of an hour · "
        f"Python {platform.python_version()} · {platform.system()} {platform.release()}",
        "",
    ]
    for kind, title in (("run", "Runs"), ("fault", "Faults one by one"), ("mutant", "Planted bugs")):
        found = [row for row in rows if row["kind"] == kind]
        if found:
            lines += [f"### {title}", "", "| | engine | what was done and found | s |", "|---|---|---|--:|"]
            lines += [f"| {row['name']} | {row['engine']} | {row['said']} | {row['seconds']} |" for row in found]
            lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    write(json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines())
