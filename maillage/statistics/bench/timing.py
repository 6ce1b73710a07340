"""How a measure is taken and shown."""

import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


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


def milliseconds(what: Callable[[], object], *, runs: int) -> float:
    """The median time of `runs` runs, after one that is not counted."""
    what()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        what()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
