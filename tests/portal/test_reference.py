"""Documents made from the code say what the code says now."""

from pathlib import Path

import pytest
from django.core.management import call_command

from maillage.portal.reference import DOCUMENTS

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_made_documents_are_up_to_date(name: str, tmp_path: Path) -> None:
    call_command("write_reference", folder=tmp_path)
    assert (REFERENCE / name).read_text() == (tmp_path / name).read_text(), "run « make docs »"
