"""A mapping kept in a file: which column holds which field, and the options of the import."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.errors import Refused


@dataclass(frozen=True, slots=True)
class MappingFile:
    """`columns` maps a field to a title ("" leaves it out), None when the file says nothing of columns."""

    columns: dict[str, str] | None = None
    options: dict[str, Any] = field(default_factory=dict)
    layer: str = ""


def read(path: Path) -> MappingFile:
    """Read `{"columns": {field: title}, "options": {…}, "layer": "…"}`, or `{field: title}` alone."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as absent:
        raise Refused(_("Le fichier de correspondance « {path} » n'existe pas.").format(path=path)) from absent
    except (OSError, ValueError) as trouble:
        raise Refused(
            _("Le fichier de correspondance « {path} » n'est pas du JSON lisible.").format(path=path)
        ) from trouble
    if not isinstance(document, dict):
        raise Refused(_("Le fichier de correspondance doit être un objet JSON : {example}.").format(example=_EXAMPLE))
    parts = document if {"columns", "options", "layer"} & set(document) else {"columns": document}
    columns, options = parts.get("columns"), parts.get("options", {})
    texts = columns is None or (
        isinstance(columns, dict) and all(isinstance(v, str) or v is None for v in columns.values())
    )
    if not texts or not isinstance(options, dict):
        raise Refused(_("Le fichier de correspondance doit être un objet JSON : {example}.").format(example=_EXAMPLE))
    plain = {str(name): title or "" for name, title in columns.items()} if columns is not None else None
    return MappingFile(plain, options, str(parts.get("layer") or ""))


_EXAMPLE = '{"columns": {"name": "Nom de la division"}, "options": {}}'
