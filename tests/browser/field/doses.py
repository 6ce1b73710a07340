"""How much of each fault: a short dose with every `make test`, the whole one with `CHAOS_DOSE=full` (`make chaos`)."""

import os
import random
import sys

FULL = os.environ.get("CHAOS_DOSE") == "full"
SEED = int(os.environ.get("CHAOS_SEED") or random.SystemRandom().randrange(1_000_000))


def dose(short: int, full: int) -> int:
    """The number that this run asks for."""
    return full if FULL else short


def told(name: str, **figures: object) -> None:
    """Write what was done: doses, seeds and times (shown by `pytest -s`, and with each failure)."""
    words = " ".join(f"{key}={value}" for key, value in figures.items())
    sys.stdout.write(f"\n[{name}] dose={'full' if FULL else 'short'} seed={SEED} {words}\n")
