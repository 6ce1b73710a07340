"""Text that spreadsheets must not take for a formula."""

# What makes a spreadsheet compute instead of print, with the full-width twins that some of them fold.
_OPENING = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """`text` as a cell of a CSV file: what would be computed is preceded by an apostrophe."""
    return f"'{text}" if text.startswith(_OPENING) else text
