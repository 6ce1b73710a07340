"""What the profile adds is written down, and written nowhere else."""

import re
from pathlib import Path

from maillage.directory.exchange.hsds import profile

ROOT = Path(__file__).resolve().parents[3]
WRITERS = ROOT / "maillage/directory/exchange/hsds"


def test_every_field_of_the_profile_is_in_its_page() -> None:
    page = (ROOT / "docs/reference/directory-profile.md").read_text()
    for table, name, _choices, _said in profile.PROFILE:
        assert any(f"`{table}`" in line and f"`{name}`" in line for line in page.splitlines()), (table, name)


def test_every_field_that_is_written_is_in_the_profile() -> None:
    listed = {name for _table, name, _choices, _said in profile.PROFILE}
    for file in ("rows.py", "terms.py", "writing.py"):
        written = set(re.findall(r"\bqc_[a-z_]+", (WRITERS / file).read_text()))
        assert written - {"qc_"} <= listed, file


def test_codes_that_the_specification_has_are_not_those_of_the_profile() -> None:
    assert profile.codes_of("schedule", "qc_freq") == ["DAILY", "YEARLY"]
    assert profile.codes_of("service", "qc_fee") == ["free", "sliding", "paid"]
    assert profile.codes_of("phone", "qc_extension") == []
