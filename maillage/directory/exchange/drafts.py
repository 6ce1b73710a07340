"""What a file says, on its way to the directory."""

from dataclasses import dataclass, field
from uuid import UUID

from maillage.directory.sheets import OrganizationSheet, ServiceSheet

from .values import Notes


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A term of a partner's taxonomy that the directory does not know yet. `parent` is the identifier of a term."""

    taxonomy: str
    taxonomy_name: str
    taxonomy_uid: UUID
    uid: UUID
    code: str
    name: str
    description: str = ""
    uri: str = ""
    parent: UUID | None = None


@dataclass(slots=True)
class Record:
    """A service of a file with its organization, or an organization alone. `number` is where it stands in the file.

    `problems` refuse it; `remarks` are what was set apart or understood.
    """

    number: int
    title: str = ""
    key: str = ""
    service: ServiceSheet | None = None
    organization: OrganizationSheet | None = None
    problems: Notes = field(default_factory=list)
    remarks: Notes = field(default_factory=list)

    def __str__(self) -> str:
        return self.title
