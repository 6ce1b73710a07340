"""The fields of the entry form inside the page of the synchronization protocol, which is written by hand around them."""

import re
from pathlib import Path

import maillage
from maillage.journal.sync.choices import ENTRY, REFERRAL, Rule, input_name

PAGE = Path(maillage.__file__).resolve().parents[1] / "docs" / "reference" / "sync-protocol.md"
BEGIN, END = "<!-- made by make docs: fields -->\n", "<!-- end -->\n"
LINKS = {
    "worker_id": "number of a person of the team; left out, whoever sends",
    "site_id": "UUID of a site of the programme, or `aucun`",
    "mrc_id": "code of the MRC, with `site` = `aucun`",
    "tenant_body_id": "number of a tenants' body",
    "organization_id": "name or acronym of an organization of the directory, or « service (organization) », as written there",
}


def sync_protocol() -> str:
    """The page as it stands, with the fields as the rules say them now; the fields alone where the page is not."""
    fields = f"{BEGIN}{_table(ENTRY)}\n{_rows()}{END}"
    if not PAGE.exists():
        return fields
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _match: fields, PAGE.read_text("utf-8"), flags=re.S)


def _rows() -> str:
    said = "A referral is a row of fields named `ref-N-…`, N from 0:\n\n"
    return said + _table(REFERRAL, "ref-N-")


def _table(rules: tuple[Rule, ...], prefix: str = "") -> str:
    lines = [f"| `{prefix}{input_name(rule)}` | {rule.label} | {_value(rule)} | {_when(rule)} |" for rule in rules]
    return "| Field | French label | Value | |\n|---|---|---|---|\n" + "\n".join(lines) + "\n"


def _value(rule: Rule) -> str:
    if rule.choices:
        return ", ".join(f"`{code}`" for code, _label in rule.choices)
    said = {
        "date": "date, `AAAA-MM-JJ`",
        "term": f"code of the vocabulary `{rule.vocabulary}`",
        "terms": f"list of codes of the vocabulary `{rule.vocabulary}`",
        "count": f"whole number, {rule.low} to {rule.high}",
        "text": f"text, {rule.high} characters at most",
        "flag": "`1`, or nothing",
        "uid": "random UUID, made with the row; the same while the entry is corrected",
    }
    return said.get(rule.kind) or LINKS[rule.name]


def _when(rule: Rule) -> str:
    if rule.when:
        return f"only with `{rule.when[0]}` = `{rule.when[1]}`"
    return "required" if rule.required and rule.name != "worker_id" else ""
