"""Which facts there are. An app declares them in its `facts.py`, and joins the portraits with that one file."""

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from maillage.tables.engine import FactSource


@lru_cache(maxsize=1)
def sources() -> dict[str, FactSource]:
    """The sources of facts of all installed apps, by the name of their schema."""
    found: dict[str, FactSource] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("maillage.") and find_spec(f"{config.name}.facts"):
            for source in import_module(f"{config.name}.facts").SOURCES:
                found[source.schema.name] = source
    return found
