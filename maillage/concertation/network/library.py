"""The graph library, loaded when a web is first asked for: every command of the product would wait for it at its start."""

from importlib import import_module
from typing import Any


def igraph() -> Any:
    """The `igraph` module."""
    return import_module("igraph")
