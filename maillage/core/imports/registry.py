"""Importers of all apps, by name: the kernel knows none of them."""

from .importer import Importer

_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Add an importer; called from `AppConfig.ready`."""
    _importers[importer.name] = importer


def find(name: str) -> Importer | None:
    """The importer of this name, or None."""
    return _importers.get(name)


def names() -> list[str]:
    """Names of the importers, in the order of the floors."""
    return list(_importers)


def in_section(section: str) -> list[Importer]:
    """Importers that a section of the product offers."""
    return [importer for importer in _importers.values() if importer.section == section]
