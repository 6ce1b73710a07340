"""What the words of a file stand for in one programme: terms, workers, sites, MRC. Read once."""

from typing import Any

from maillage.core.tabular.heading import key
from maillage.journal.context import DraftContext
from maillage.programs.enums import VocabularyKind
from maillage.territories.models import Division, HousingSite
from maillage.territories.queries import plain_code, split_name

from .cells import parts

_KINDS = {"referral_kind": VocabularyKind.REFERRAL_KIND}


class Lookups:
    """Terms by code or label, workers by name or e-mail, sites by number or name, MRC by code or name."""

    def __init__(self, context: DraftContext, actor: Any) -> None:
        self._terms: dict[tuple[str, str], str] = {}
        for (vocabulary, code), term in context.terms.items():
            for text in (code, term.label_fr, term.label_en):
                if text:
                    self._terms.setdefault((vocabulary, key(text)), code)
        self._workers: dict[str, int] = {}
        members = context.program.memberships.filter(pk__in=context.team).select_related("user").order_by("pk")
        for member in members:
            names = [member.label, *([member.user.email, member.user.full_name] if member.user else [])]
            for name in names:
                self._workers.setdefault(key(name), member.pk)
        self._own = next((member.pk for member in members if member.user_id and member.user_id == actor.pk), None)
        self._sites: dict[str, int | None] = {}
        sites = HousingSite.objects.filter(pk__in=context.sites).order_by("pk").values_list("pk", "reference", "name")
        for pk, _reference, name in sites:
            self._sites[key(name)] = None if key(name) in self._sites else pk
        for pk, reference, _name in sites:
            self._sites[key(reference)] = pk
        self._mrcs: dict[str, Division] = {}
        for division in context.mrcs.values():
            self._mrcs[key(division.name)] = division
            self._mrcs[key(division.code)] = division

    def code(self, vocabulary: str, text: str) -> str | None:
        """The code of the term that bears this code or label, in either language."""
        return self._terms.get((str(_KINDS.get(vocabulary, vocabulary)), key(text)))

    def split(self, vocabulary: str, text: str) -> list[str]:
        """The values of a cell: a comma cuts only what is not a label as it stands."""
        found: list[str] = []
        for part in parts(text):
            whole = self.code(vocabulary, part) is not None or "," not in part
            found += [part] if whole else [piece.strip() for piece in part.split(",") if piece.strip()]
        return found

    def worker(self, text: str) -> int | None:
        """The membership of this name or e-mail; without text, that of the person who imports."""
        if not text:
            return self._own
        return self._workers.get(key(text)) or self._workers.get(key(text.split("@")[0]))

    def site(self, text: str) -> int | None:
        """The site of this register number or name; None when two bear the name."""
        return self._sites.get(key(text))

    def mrc(self, text: str) -> int | None:
        """The MRC of this code or name."""
        name, between = split_name(text)
        for form in (text, name, between, plain_code("mrc", text)):
            if found := self._mrcs.get(key(form)):
                return found.pk
        return None
