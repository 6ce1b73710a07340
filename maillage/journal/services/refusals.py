"""Why a draft was not written."""

from collections.abc import Sequence

from maillage.core.errors import Refused
from maillage.journal.drafts import Problem
from maillage.journal.models import Entry
from maillage.journal.screening import Finding


class DraftRefused(Refused):
    """Rules stop the draft; `problems` says each one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = list(problems)


class DraftsRefused(Refused):
    """Rules stop some of many drafts, and none was written; `problems` gives the place of each draft from 0."""

    def __init__(self, problems: Sequence[tuple[int, Problem]]) -> None:
        super().__init__(problems[0][1].sentence)
        self.problems = list(problems)


class IdentitySuspected(Refused):
    """The note seems to say who was met, and nobody confirmed that it does not."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(str(finding.sentence) for finding in findings))
        self.findings = list(findings)


class EditedMeanwhile(Refused):
    """Somebody changed the entry after the form was opened; `entry` is what it says now."""

    def __init__(self, entry: Entry, sentence: str) -> None:
        super().__init__(sentence)
        self.entry = entry
