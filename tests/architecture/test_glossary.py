"""Every model stands in the glossary, under the context that owns it, and the glossary names no model that is gone."""

import re

import pytest
from django.apps import apps

from .house import PACKAGE, ROOT, floors

GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"
OURS = sorted(app for app in floors() if (PACKAGE / app / "apps.py").exists())


def sections() -> dict[str, str]:
    """The text of each section of the glossary, by its title."""
    parts = re.split(r"^## (.+)$", GLOSSARY.read_text(), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("label", OURS)
def test_each_model_is_in_the_glossary(label: str) -> None:
    names = [model.__name__ for model in apps.get_app_config(label).get_models()]
    text = sections().get(label, "")
    missing = [name for name in names if f"| `{name}` |" not in text]
    assert not missing, f"add to docs/reference/glossary.md, section « {label} »: {missing}"


def test_the_glossary_says_everything_in_three_columns() -> None:
    for title, text in sections().items():
        for line in text.splitlines():
            if line.startswith("|") and not line.startswith("|---"):
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                assert len(cells) == 3, f"{title}: {line}"
                assert all(cells), f"{title}: {line}"
