"""The columns that each importer recognizes."""

from maillage.core.imports import registry


def import_fields() -> str:
    """A table for each importer: field, French label, titles under which its column is recognized."""
    parts = [
        "# Fields of imports\n\n"
        "Made by `make docs`. Titles are compared without case, accents or punctuation; a mapping chosen in the preview is\n"
        "kept for the next file with the same columns, and `--mapping` takes `{field: column}` as JSON.\n"
    ]
    for name in registry.names():
        importer = registry.find(name)
        if importer is None or not importer.has_columns:
            continue
        rows = [
            f"| `{field.name}`{' (required)' if field.required else ''} | {field.label} | {', '.join(field.synonyms)} |"
            for field in importer.fields
        ]
        heading = f"## {name}\n\n| Field | Label | Also recognized as |\n|---|---|---|\n"
        parts.append(heading + "\n".join(rows) + "\n")
    return "\n".join(parts)
