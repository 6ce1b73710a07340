"""Which files are still named by somebody, and erasing the others."""

from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.db.models import Model
from django.utils import timezone

from .storing import SMALL_END, kept_files

FORGET = timedelta(days=1)  # a file that nobody names is erased after that
AT_ONCE = 200
_NAMERS: list[type[Model]] = []


def names_files(model: type[Model]) -> None:
    """Declare (in `apps.ready`) a table whose rows name files, each by its `digest`."""
    if model not in _NAMERS:
        _NAMERS.append(model)


def tidy_files() -> int:
    """Erase the files that nobody names since a day; how many."""
    before, erased = (timezone.now() - FORGET).timestamp(), 0
    old = (path for path in kept_files() if path.stat().st_mtime < before)
    while some := list(islice(old, AT_ONCE)):
        named = _named({_digest(path) for path in some})
        for path in some:
            if _digest(path) not in named:
                path.unlink(missing_ok=True)
                erased += 1
    return erased


def _digest(path: Path) -> str:
    """The digest that a kept file is named by; a small image bears that of the whole one."""
    return path.name.removesuffix(SMALL_END)


def _named(digests: set[str]) -> set[str]:
    return {
        digest
        for model in _NAMERS
        for digest in model._default_manager.filter(digest__in=digests).values_list("digest", flat=True).order_by()
    }
