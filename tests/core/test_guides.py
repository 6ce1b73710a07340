"""Guides name buttons and sections as pages do: a bold word of docs/how-to that begins with a capital begins a text of the product."""

import re
from pathlib import Path

import pytest

from maillage.core import catalogues

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "how-to"
# Words that a guide stresses, or a file format: no page has them as such.
STRESSED = {
    "accorder-et-rendre-compte": {"XLSX", "PDF"},
    "chercher-du-financement": {"Un courriel avant la date."},
    "faire-le-bilan-annuel": {"PDF"},
    "porter-un-projet": {"À partir d'un besoin", "À partir du groupe", "Sans groupe"},
    "tenir-un-plan-d-action": {"Indicateur, unité, cible"},
}
OF_PROJECTS = [
    "accorder-et-rendre-compte", "chercher-du-financement", "demander-un-soutien", "faire-le-bilan-annuel",
    "inscrire-une-activite", "joindre-et-montrer", "jumeler-des-milieux", "porter-un-projet", "raconter-les-retombees",
    "tenir-un-plan-d-action", "tenir-un-systeme-de-vigilance",
]  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.fixture(scope="module")
def texts() -> set[str]:
    return {_plain(text) for _context, *both in catalogues.extract() for text in both if text}


@pytest.mark.parametrize("guide", OF_PROJECTS)
def test_what_a_guide_names_is_in_the_product(guide: str, texts: set[str]) -> None:
    bold = re.findall(r"\*\*([^*]+)\*\*", (GUIDES / f"{guide}.md").read_text(encoding="utf-8"))
    named = {_plain(part) for words in bold for part in words.split("›")} - STRESSED.get(guide, set())
    missing = [name for name in named if name[:1].isupper() and not any(text.startswith(name) for text in texts)]
    assert named
    assert sorted(missing) == []
