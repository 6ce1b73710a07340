"""F19 and F11: what the system calls of the server say. `strace` watches, or makes the disk answer an error."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CALLS = "pwrite64,pwritev,write,writev,sendto,sendmsg,fdatasync,fsync"
LINE = re.compile(r"^(?P<pid>\d+)\s+(?P<rest>.*)$")
RESUMED = re.compile(r"^<\.\.\. (?P<call>\w+) resumed>(?P<rest>.*)$")
LOGS = ("-wal>", "/pg_wal/")


@dataclass
class Acks:
    """Answers 200 to pushes, which all write: how many followed the disk, and how many left before it had confirmed."""

    durable: int = 0
    early: int = 0


def available() -> bool:
    """Whether processes can be watched here."""
    return (
        shutil.which("strace") is not None
        and subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0
    )


@contextmanager
def watched(processes: list[int], output: Path, *options: str) -> Iterator[None]:
    """`strace` on these processes, and on those that they start."""
    words = ["strace", "-f", "-y", "-s", "48", "-o", str(output), "-e", f"trace={CALLS}", *options]
    for process in processes:
        words += ["-p", str(process)]
    tracer = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    for _ in processes:
        tracer.stderr.readline()  # it says that it has attached
    try:
        yield
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.stderr.read()
        tracer.stderr.close()
        tracer.wait(timeout=20)
        time.sleep(0.1)


def read(output: Path) -> Acks:
    """Between the last write to the log and `HTTP/1.1 200`, an `fdatasync` of the log must have returned 0."""
    acks, written, synced = Acks(), False, False
    pending: dict[str, str] = {}
    for line in output.read_text(errors="replace").splitlines():
        if not (found := LINE.match(line)):
            continue
        pid, rest = found["pid"], found["rest"]
        if rest.endswith("<unfinished ...>"):
            pending[pid] = rest
            if not _writes(rest) and "HTTP/1.1 200" not in rest:
                continue
        elif resumed := RESUMED.match(rest):
            rest = pending.pop(pid, "") + resumed["rest"]
            if "sync(" not in rest:
                continue
        if _writes(rest):
            written, synced = True, False
        elif "sync(" in rest and any(name in rest for name in LOGS) and rest.rstrip().endswith("= 0"):
            synced = True
        elif "HTTP/1.1 200" in rest:
            acks.durable += written and synced
            acks.early += not (written and synced)
            written = synced = False
    return acks


def _writes(rest: str) -> bool:
    return rest.startswith(("pwrite", "write")) and any(name in rest.split(",")[0] for name in LOGS)
