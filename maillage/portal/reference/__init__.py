"""Reference documents that are made from the code, so that they cannot say otherwise."""

from collections.abc import Callable

from .fields import import_fields
from .protocol import sync_protocol
from .vocabularies import shipped_vocabularies

# Name of the file in docs/reference → the function that gives its text.
DOCUMENTS: dict[str, Callable[[], str]] = {
    "import-fields.md": import_fields,
    "sync-protocol.md": sync_protocol,
    "shipped-vocabularies.md": shipped_vocabularies,
}
