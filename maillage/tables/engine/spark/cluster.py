"""Reaching a cluster: one Spark session a process, or a reason why there is none."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

LEAST_JAVA = 17
PATIENCE = 30.0  # seconds left to a cluster to give its first executor
KNOCK = 5.0  # seconds left to a master to take a connection
LOG4J = Path(__file__).with_name("log4j2.properties")

_lock = threading.Lock()
_held: dict[tuple[int, str], Any] = {}


class Trouble(StrEnum):
    """Why Spark does not answer."""

    NO_PYSPARK = "no_pyspark"
    NO_JAVA = "no_java"
    OLD_JAVA = "old_java"
    UNREACHABLE = "unreachable"
    NO_EXECUTOR = "no_executor"
    NOT_STARTED = "not_started"
    NOT_HELD = "not_held"
    LOST = "lost"
    FAILED = "failed"


class SparkTrouble(Exception):
    """Spark does not answer: `trouble` says why, `detail` in its own words."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble = trouble
        self.detail = detail


def connect(master: str, *, log: Path, patience: float = PATIENCE) -> Any:
    """The session of this process on the cluster `master` (« spark://host:7077 », « yarn », « local[4] »…).

    What Java writes goes to the end of the file `log`. Options of the cluster itself (memory, authentication) are read
    by Spark where it always reads them: `spark-defaults.conf` in SPARK_CONF_DIR.
    """
    with _lock:
        key = (os.getpid(), master)  # a forked process must not speak to its parent's Java
        session = _held.get(key)
        if session is None or session.sparkContext._jsc is None or session.sparkContext._jsc.sc().isStopped():
            _check_java()
            _knock(master)
            session = _held[key] = _start(master, log)
            _await_executors(session, master, patience)
        return session


def stop() -> None:
    """Give back what this process holds of clusters, and end its Java."""
    with _lock:
        for key in [key for key in _held if key[0] == os.getpid()]:
            _held.pop(key).stop()
        context: Any = sys.modules.get("pyspark.core.context") or sys.modules.get("pyspark.context")
        gateway = context and context.SparkContext._gateway
        if gateway is not None:
            context.SparkContext._gateway = context.SparkContext._jvm = None
            gateway.shutdown()
            gateway.proc.stdin.close()  # the sign on which Java ends by itself
            gateway.proc.wait(30)


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if java is None:
        raise SparkTrouble(Trouble.NO_JAVA, home or "")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    if found and int(found[1]) < LEAST_JAVA:
        raise SparkTrouble(Trouble.OLD_JAVA, found[1])


def _knock(master: str) -> None:
    """See that one of the masters of a standalone cluster takes connections: Spark would wait a minute to say it."""
    if not master.startswith("spark://"):
        return
    reasons = []
    for address in master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=KNOCK).close()
            return
        except (OSError, ValueError) as trouble:
            reasons.append(f"{address}: {trouble}")
    raise SparkTrouble(Trouble.UNREACHABLE, "; ".join(reasons))


def _start(master: str, log: Path) -> Any:
    log.parent.mkdir(parents=True, exist_ok=True)
    with _stderr_to(log), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of optional packages that are not used here
        try:
            from pyspark.sql import SparkSession
        except ImportError as missing:
            raise SparkTrouble(Trouble.NO_PYSPARK, str(missing)) from missing
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.driver.defaultJavaOptions": f"-Dlog4j2.configurationFile={LOG4J.as_uri()}",
        }
        builder = SparkSession.builder.master(master).appName("Maillage")
        for name, value in settings.items():
            builder = builder.config(name, value)
        try:
            return builder.getOrCreate()
        except Exception as trouble:
            raise SparkTrouble(Trouble.NOT_STARTED, first_line(trouble)) from trouble


def _await_executors(session: Any, master: str, patience: float) -> None:
    if master == "local" or master.startswith("local["):
        return
    end = time.monotonic() + patience
    while executors(session) == 0:
        if time.monotonic() > end:
            session.stop()
            raise SparkTrouble(Trouble.NO_EXECUTOR, master)
        time.sleep(0.1)


def executors(session: Any) -> int:
    """Processes of the cluster that count for this session, the driver apart."""
    return int(session.sparkContext._jsc.sc().statusTracker().getExecutorInfos().__len__()) - 1


@contextmanager
def _stderr_to(log: Path) -> Iterator[None]:
    """What a process started meanwhile writes on its standard error goes to `log`."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with log.open("ab") as file:
            os.dup2(file.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def first_line(trouble: Exception) -> str:
    """What went wrong, without the trace of Java's code."""
    return next((line.strip() for line in str(trouble).splitlines() if line.strip()), type(trouble).__name__)
