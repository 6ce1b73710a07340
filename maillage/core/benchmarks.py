"""What `maillage bench` can measure: each app registers its own in `AppConfig.ready()`.

A benchmark is a module with `run(entries, say) -> list[Measure]`, and `PARTS` when it measures in child processes: a
name → a function of the number of entries that returns what can be put in JSON.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from statistics import median
from types import ModuleType
from typing import Any

_modules: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Measure:
    """One row: what the product takes, what the reference takes (or the bar to stay under), and their ratio."""

    name: str
    product: float
    unit: str
    reference_name: str = ""
    reference: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the product's figure goes in the reference's: above 1, the product does better."""
        return None if self.reference is None or not self.product else self.reference / self.product

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self) | {"ratio": self.ratio}


def register(name: str, module: str) -> None:
    """Offer the module of this dotted path as `maillage bench NAME`; it is imported when asked."""
    _modules[name] = module


def names() -> list[str]:
    """What can be measured."""
    return sorted(_modules)


def module(name: str) -> ModuleType:
    """The module of a benchmark; `KeyError` where there is none."""
    return import_module(_modules[name])


def milliseconds(what: Callable[[], object], *, runs: int, warm: bool = True) -> float:
    """The median time of `runs` runs, after one that is not counted unless that was done already."""
    return timed(what, runs=runs, warm=warm)[0]


def timed(what: Callable[[], object], *, runs: int, warm: bool = True) -> tuple[float, float]:
    """Median milliseconds by the clock and of processor time (of all threads), as `milliseconds` takes them."""
    if warm:
        what()
    taken, worked = [], []
    for _ in range(runs):
        start, work = time.perf_counter(), time.process_time()
        what()
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - work) * 1000)
    return median(taken), median(worked)
