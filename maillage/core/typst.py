"""Documents to hand over: a Typst source and what it says, as a tagged PDF (PDF/UA-1)."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from .glyphs import FONTS, drawable
from .typography import typographic


def render_pdf(
    source: Path, data: Mapping[str, Any], *, when: datetime, files: Mapping[str, bytes] | None = None
) -> bytes:
    """The bytes of the document that `source` sets, dated `when`: the same at each writing.

    `source` reads `data` as `data.json` (texts are data: none can be markup) and `files` by their names.
    """
    import typst  # heavy: loaded by the first document of a process only

    given = {
        **(files or {}),
        "main": source.read_bytes(),
        "data.json": json.dumps(_set(data), ensure_ascii=False).encode(),
    }
    compiled: bytes = typst.compile(
        given,  # type: ignore[call-overload]  # the stub does not know that several files can be given
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(when.timestamp()),
    )
    return compiled


def _set(value: Any) -> Any:
    """`value` with its texts as French sets them, in letters that the documents' fonts draw."""
    if isinstance(value, Mapping):
        return {key: _set(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_set(item) for item in value]
    return drawable(typographic(value)) if isinstance(value, str) else value
