"""The shapes of the synchronization protocol, as the OpenAPI document tells them.

They describe and are not run: operations are read by `journal.sync.reading`, one by one, so that one that cannot be read
never sinks its neighbours. Tests hold real requests and answers to them.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from maillage.journal.sync.protocol import HIGHEST, HIGHEST_BASE, MAX_OPERATIONS
from maillage.journal.sync.reading import LONGEST

Identifier = Annotated[
    UUID,
    Field(description="UUID in lower case with its hyphens.", examples=["0191e3a4-6f0b-7c3e-9d55-0b6b1f6a2c11"]),
]
Base64Url = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", description="Base64url without padding.")]
KeyId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", examples=["9f2c51d0a77be413"])]


class DeviceIn(Schema):
    """A device to enrol for the person of the session."""

    device: Identifier
    public_key: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z0-9_-]{87}$",
            description="ECDSA P-256 public key: the uncompressed point (65 bytes), base64url.",
        ),
    ]
    label: Annotated[str, Field(default="", max_length=LONGEST["label"], description="How the person calls it.")]


class SealingOut(Schema):
    """The organization's key, for which devices seal."""

    key: Annotated[KeyId, Field(description="Identifier of the key, to be written in `seal`.")]
    public: Annotated[str, Field(description="The uncompressed point (65 bytes), base64url.")]


class LimitsOut(Schema):
    """What a batch may hold, and how long a device keeps what was acknowledged."""

    operations: int
    bytes: int
    keep_days: int


Run = Annotated[list[int], Field(min_length=2, max_length=2, description="First and last number of the run.")]
Missing = Annotated[list[Run], Field(description="Runs of numbers of this device that never came.")]
Highest = Annotated[int, Field(ge=0, description="The highest number received from this device.")]
Contiguous = Annotated[int, Field(ge=0, description="The number up to which none is missing.")]
Epoch = Annotated[str, Field(description="Identifier of this life of the server's database.")]


class DeviceOut(Schema):
    """The device as the server knows it."""

    device: Identifier
    epoch: Epoch
    schemas: Annotated[list[int], Field(description="Forms of content that the server reads.")]
    server_time: datetime
    sealing: SealingOut
    limits: LimitsOut
    contiguous: Contiguous
    missing: Missing
    highest: Highest


class OperationIn(Schema):
    """One thing asked of one entry, signed by the device."""

    op: Annotated[Identifier, Field(description="Random UUIDv4: the key that makes the operation repeatable.")]
    seq: Annotated[int, Field(ge=1, le=HIGHEST, description="Its number on the device: 1, 2, 3…")]
    entry: Annotated[Identifier, Field(description="UUIDv7 made when the form is opened.")]
    kind: Literal["create", "update", "delete"]
    base: Annotated[
        int,
        Field(ge=0, le=HIGHEST_BASE, description="Revision on which it rests; 0 for `create`, 1 or more otherwise."),
    ]
    program: Annotated[str, Field(max_length=LONGEST["program"], pattern=r"^[-a-zA-Z0-9_]+$")]
    schema_: Annotated[int, Field(alias="schema", ge=1, description="Form of the content; 1 now.")]
    made: Annotated[
        str,
        Field(
            max_length=40,
            description="The device's clock when it was made, ISO 8601 with its offset. Any clock is accepted.",
            examples=["2026-11-21T09:12:03.120-05:00"],
        ),
    ]
    seal: Annotated[
        str,
        Field(
            pattern=r"^([0-9a-f]{16})?$",
            description="Identifier of the key for which `body` is sealed; empty when `body` is open.",
        ),
    ]
    body: Annotated[
        Base64Url,
        Field(
            description="**Sealed**: ephemeral point (65 bytes) ‖ nonce (12) ‖ AES-256-GCM ciphertext with its tag, "
            "bound to device, op, entry and kind. **Open** (`seal` empty): the JSON of `Content` in UTF-8."
        ),
    ]
    signature: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z0-9_-]{86}$",
            description="ECDSA P-256 with SHA-256, r ‖ s (64 bytes), over the lines of the operation (protocol, § 2).",
        ),
    ]
    age: Annotated[
        float | None,
        Field(default=None, ge=0, description="Milliseconds since `made` by a monotonic clock. Not signed."),
    ]


class Content(Schema):
    """What `body` holds, once open: `fields` and `acknowledged` for `create` and `update`, `reason` for `delete`."""

    fields: Annotated[
        dict[str, str | list[str]] | None,
        Field(default=None, description="Names and values of the entry form (protocol, § 8)."),
    ]
    acknowledged: Annotated[
        bool | None,
        Field(
            default=None, description="The person read the warning on identities in the note and saves nevertheless."
        ),
    ]
    reason: Annotated[str | None, Field(default=None, description="Why an entry is deleted; may be empty.")]


class ReportIn(Schema):
    """What the device says of itself. Nothing depends on it but what the coordination is told."""

    clock: Annotated[str | None, Field(default=None, description="The device's clock now, ISO 8601.")]
    waiting: Annotated[int | None, Field(default=None, ge=0, description="Operations that wait.")]
    oldest: Annotated[int | None, Field(default=None, ge=0, description="Age in minutes of the oldest of them.")]
    persisted: Annotated[bool | None, Field(default=None, description="Whether its storage is persistent.")]
    app: Annotated[
        str | None, Field(default=None, max_length=LONGEST["app"], description="Version of the application.")
    ]


class BatchIn(Schema):
    """Operations of one device, in any order."""

    protocol: Annotated[str, Field(default="maillage/1", description="Another value is answered 426.")]
    device: Identifier
    epoch: Annotated[str, Field(max_length=LONGEST["epoch"], description="The one the device knows.")]
    report: ReportIn | None = None
    ops: Annotated[list[OperationIn], Field(max_length=MAX_OPERATIONS)]


class ServerVersion(Schema):
    """What the entry says now."""

    revision: int
    deleted: bool
    fields: Annotated[dict[str, Any], Field(description="Names and values of the entry form.")]


class ResultOut(Schema):
    """What became of one operation. Fields without value are left out."""

    op: Annotated[UUID | None, Field(description="Null when the key could not be read.")]
    status: Annotated[
        Literal["applied", "duplicate", "conflict", "held", "retry", "rejected", "op_reuse", "upgrade"],
        Field(description="See the table of the protocol, § 3."),
    ]
    revision: Annotated[int | None, Field(default=None, description="What the entry became.")]
    sentence: Annotated[str | None, Field(default=None, description="For the person, in French.")]
    problems: Annotated[
        list[Annotated[list[str], Field(min_length=2, max_length=2)]] | None,
        Field(default=None, description="`[field, sentence]` for each rule that refuses it."),
    ]
    server: Annotated[ServerVersion | None, Field(default=None, description="With `conflict`: the entry as it is.")]


class BatchOut(Schema):
    """What became of each operation. Results come in any order: `op` says whose each is."""

    epoch: Epoch
    server_time: datetime
    sealing: SealingOut
    results: list[ResultOut]
    contiguous: Contiguous
    missing: Missing
    highest: Highest


class MailboxResultOut(Schema):
    """What became of one operation, without a word of what it says."""

    op: UUID | None
    status: Literal["applied", "duplicate", "conflict", "held", "retry", "rejected", "op_reuse", "upgrade"]
    revision: int | None = None


class MailboxOut(Schema):
    """What became of each operation, for whoever has no session: nothing can be read in it."""

    epoch: Epoch
    server_time: datetime
    sealing: SealingOut
    results: list[MailboxResultOut]
    contiguous: Contiguous
    missing: Missing
    highest: Highest


class EntryOut(Schema):
    """One entry, without its content."""

    entry: UUID
    revision: int
    deleted: bool
    program: str
    date: date
    title: Annotated[str, Field(description="Empty for a deleted entry.")]


class AttentionOut(Schema):
    """What waits for this person."""

    siblings: Annotated[int, Field(description="Versions to reconcile.")]
    operations: Annotated[int, Field(description="Operations to correct or to validate.")]


class EntriesOut(Schema):
    """A page of what changed."""

    epoch: Epoch
    cursor: Annotated[str, Field(description="Opaque: to be sent with the next reading.")]
    reset: Annotated[bool, Field(description="Forget what was pulled (never the outbox); take these as a beginning.")]
    more: Annotated[bool, Field(description="Another page follows: read again at once with this cursor.")]
    entries: list[EntryOut]
    attention: AttentionOut


class ProblemOut(Schema):
    """An answer in error."""

    error: Annotated[str, Field(description="A code that does not change.")]
    sentence: Annotated[str, Field(description="For the person, in French.")]
    epoch: Annotated[str | None, Field(default=None, description="With the code `epoch`: the one to take.")]
    bytes: Annotated[int | None, Field(default=None, description="With `too_large`: the most that is taken.")]
    operations: Annotated[int | None, Field(default=None, description="With `too_many`: the most that is taken.")]
    protocols: Annotated[list[str] | None, Field(default=None, description="With `upgrade`: those that are spoken.")]


class OptionOut(Schema):
    """A value that a field takes."""

    value: str
    label: str
    town: Annotated[str | None, Field(default=None, description="Of a site.")]
    part_of: Annotated[str | None, Field(default=None, description="Of a code: the wider one.")]


class FieldOut(Schema):
    """A field of the entry form, by the name under which it is sent."""

    name: str
    label: str
    kind: Literal["date", "one", "many", "term", "terms", "count", "text", "link", "flag", "uid"]
    required: bool
    low: int | None = None
    high: Annotated[int | None, Field(default=None, description="Highest number, or most characters of a text.")]
    when: Annotated[
        list[str] | None, Field(default=None, description="The field and the value without which it has no meaning.")
    ]
    options: list[OptionOut] | None = None


class FormOut(Schema):
    """The form of one programme. A referral is a row of fields `ref-N-…`, N from 0."""

    program: Annotated[str, Field(description="What an operation names in `program`.")]
    name: str
    start: date
    end: date | None
    fields: list[FieldOut]
    referral: list[FieldOut]


class FormsOut(Schema):
    """The forms of the programmes in whose journal the person writes."""

    programs: list[FormOut]
