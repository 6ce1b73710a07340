"""The vocabularies with which a coding frame starts."""

from maillage.programs.enums import VocabularyKind
from maillage.programs.shipped_frame import FRAME_SOURCE, TERMS


def shipped_vocabularies() -> str:
    """A table for each vocabulary: code, French and English labels, parent."""
    parts = [
        "# Shipped vocabularies\n\n"
        f"Made by `make docs` from the frame that a new programme starts with ({FRAME_SOURCE}). Actions are those of that\n"
        "framework; the other vocabularies are the project's own and are edited in the product. Codes never change meaning.\n"
    ]
    for kind, lines in TERMS.items():
        rows = [
            f"| `{code}` | {french} | {english} | {f'`{parent}`' if parent else ''} | {'yes' if sensitive else ''} |"
            for code, french, english, parent, sensitive in lines
        ]
        heading = f"## {VocabularyKind(kind).value}\n\n| Code | Français | English | Part of | Sensitive |\n|---|---|---|---|---|\n"
        parts.append(heading + "\n".join(rows) + "\n")
    return "\n".join(parts)
