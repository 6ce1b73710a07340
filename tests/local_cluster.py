"""A Spark cluster of two workers on the loopback interface, with all that it writes in one folder."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from maillage.tables.engine import spark

MASTER = "local-cluster[2,1,1024]"
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData"  # quick to start rather than quick in the long run


@contextmanager
def started(folder: Path) -> Iterator[str]:
    """The master's address while the cluster runs; afterwards none of its processes is left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(_home(folder)))
        patch.setenv("SPARK_CONF_DIR", str(folder / "conf"))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_DIRS", str(folder / "scratch"))
        session = spark.connect(MASTER, log=folder / "spark.log")
        end = time.monotonic() + 60
        while spark.executors(session) < 2:
            assert time.monotonic() < end, "the second worker did not come"
            time.sleep(0.1)
        try:
            yield MASTER
        finally:
            spark.stop()
            _see_that_all_ended(folder)


def _home(folder: Path) -> Path:
    """Spark writes beside its own files: it is given links to them in a folder of ours."""
    import pyspark

    home, installed = folder / "home", Path(pyspark.__file__).parent
    home.mkdir()
    for name in ("bin", "jars"):
        (home / name).symlink_to(installed / name)
    (folder / "conf").mkdir()
    java = f"{JAVA} -Djava.io.tmpdir={folder}"
    said = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": java,
        "spark.executor.extraJavaOptions": java,
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    (folder / "conf" / "spark-defaults.conf").write_text("".join(f"{k} {v}\n" for k, v in said.items()))
    return home


def _see_that_all_ended(folder: Path) -> None:
    end = time.monotonic() + 15
    while left := processes_of(folder):
        if time.monotonic() > end:
            for process in left:
                os.kill(process, signal.SIGKILL)
            raise AssertionError(f"processes of the cluster were left: {left}")
        time.sleep(0.1)


def processes_of(folder: Path) -> list[int]:
    """Processes whose command names the folder."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in line.read_bytes():
                found.append(int(line.parent.name))
        except OSError:
            continue  # it has just ended
    return found
