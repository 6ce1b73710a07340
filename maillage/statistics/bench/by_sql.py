"""The contract's tables by SQL over the normalized tables, as one would write them: indexed, aggregated, parallel.

Codes of several vocabularies are counted in one pass over the codes of entries, which is kinder than one query a table.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from maillage.programs.models import Program, Term
from maillage.territories.models import Division

Answers = dict[str, dict[str, int]]


class Reference:
    """Asks the database directly; answers map a table's id to the figure of each code."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.terms = {t.pk: t for t in Term.objects.filter(frame_id=program.frame_id)}
        self.divisions = dict(Division.objects.order_by("pk").values_list("pk", "code"))

    def portrait(self, start: date, end: date, mrc: str = "") -> Answers:
        """All tables that are counted from the journal, for a period and perhaps one MRC."""
        where = "e.program_id = %s AND e.deleted_at IS NULL AND e.date BETWEEN %s AND %s"
        given: list[Any] = [self.program.pk, start, end]
        if mrc:
            where += " AND e.mrc_id = %s"
            given.append(next(pk for pk, code in self.divisions.items() if code == mrc))
        answers: Answers = {}
        for id, column in (("tenure", "e.tenure"), ("territory", "e.mrc_id"), ("contact_place", "e.contact_place_id")):
            answers[id] = self._counts(
                f"SELECT {column}, count(*) FROM journal_entry e WHERE {where} GROUP BY 1", given
            )
        month = "to_char(e.date, 'YYYY-MM')" if connection.vendor == "postgresql" else "substr(e.date, 1, 7)"
        answers["monthly"] = self._counts(
            f"SELECT {month}, count(*) FROM journal_entry e WHERE {where} GROUP BY 1", given
        )
        collective = f"{where} AND e.nature = 'collective'"
        answers["collective_kind"] = self._counts(
            f"SELECT e.collective_kind_id, count(*) FROM journal_entry e WHERE {collective} GROUP BY 1", given
        )
        answers["territory"] = {self.divisions[int(k)]: n for k, n in answers["territory"].items()}
        for id in ("contact_place", "collective_kind"):
            answers[id] = {self.terms[int(k)].code: n for k, n in answers[id].items()}
        return answers | self._natures(where, given) | self._codes(where, given) | self._referrals(where, given)

    def _rows(self, sql: str, given: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()

    def _counts(self, sql: str, given: list[Any]) -> dict[str, int]:
        return {str(code): int(count) for code, count in self._rows(sql, given) if code is not None}

    def _natures(self, where: str, given: list[Any]) -> Answers:
        rows = self._rows(
            "SELECT e.nature, count(*), sum(e.persons), sum(e.persons_referred) FROM journal_entry e "
            f"WHERE {where} GROUP BY 1",
            given,
        )
        persons = next(((int(p), int(r)) for nature, _n, p, r in rows if nature == "individual"), (0, 0))
        return {
            "nature": {nature: int(count) for nature, count, _p, _r in rows},
            "persons_referred": {"referred": persons[1], "not_referred": persons[0] - persons[1]},
        }

    def _codes(self, where: str, given: list[Any]) -> Answers:
        """Tables of several codes, the union of a group with its parts, and the crossing of axes."""
        joined = "journal_entry e JOIN journal_entryterm a ON a.entry_id = e.id"
        answers: Answers = defaultdict(dict)
        ids = {"action": "action", "group": "groups_reached", "theme": "themes", "axis": "axes"}
        for pk, count in self._rows(f"SELECT a.term_id, count(*) FROM {joined} WHERE {where} GROUP BY 1", given):
            if self.terms[pk].vocabulary in ids:
                answers[ids[self.terms[pk].vocabulary]][self.terms[pk].code] = int(count)
        family = self._listed("group", ("youth_family", "youth", "family"))
        union = f"SELECT count(DISTINCT e.id) FROM {joined} WHERE {where} AND a.term_id IN ({family})"
        answers["groups_reached"]["youth_family"] = int(self._rows(union, given)[0][0])
        axes = self._listed("axis", None)
        crossing = (
            f"SELECT a.term_id, b.term_id, count(*) FROM {joined} JOIN journal_entryterm b ON b.entry_id = e.id "
            f"WHERE {where} AND a.term_id IN ({axes}) AND b.term_id IN ({axes}) GROUP BY 1, 2"
        )
        for one, other, count in self._rows(crossing, given):
            answers["axes_crossing"][f"{self.terms[one].code}×{self.terms[other].code}"] = int(count)
        return dict(answers)

    def _listed(self, vocabulary: str, codes: tuple[str, ...] | None) -> str:
        found = [t.pk for t in self.terms.values() if t.vocabulary == vocabulary and (not codes or t.code in codes)]
        return ", ".join(map(str, found))

    def _referrals(self, where: str, given: list[Any]) -> Answers:
        rows = self._rows(
            "SELECT r.destination_id, r.need_id, count(*) FROM journal_entry e "
            f"JOIN journal_referral r ON r.entry_id = e.id WHERE {where} GROUP BY 1, 2",
            given,
        )
        told = [(self.terms[destination].code, self.terms[need].code, count) for destination, need, count in rows]
        return referral_answers(told, roots_of(self.program))


def roots_of(program: Program) -> dict[str, str]:
    """For each destination, the code of what it is part of, or its own."""
    terms = {t.pk: t for t in Term.objects.filter(frame_id=program.frame_id, vocabulary="destination")}
    return {t.code: terms[t.parent_id].code if t.parent_id else t.code for t in terms.values()}


def referral_answers(rows: Iterable[tuple[Any, ...]], roots: dict[str, str]) -> Answers:
    """The tables of referrals, from counts by destination and need."""
    answers: Answers = defaultdict(lambda: defaultdict(int))
    for destination, need, count in rows:
        for code in {destination, roots[destination]}:
            answers["referral_destination"][code] += int(count)
        if roots[destination] in ("health", "community"):
            answers[f"referral_need_{roots[destination]}"][need] += int(count)
    return {id: dict(counts) for id, counts in answers.items()}
