"""Lines that name a term or a territory, read back: what `terms.py` writes, and what others write."""

from uuid import UUID

from django.utils.translation import gettext as _

from maillage.directory.exchange import values
from maillage.directory.sheets import AccessLine, AreaLine, TermLine

from .lines import LineReader
from .taking import Taker


class WordReader(LineReader):
    """Reads lists of lines, those that name terms and territories too."""

    def areas(self, taker: Taker, owner: UUID) -> tuple[AreaLine, ...]:
        """Territories served: a division when its code or its name is one of ours, and the words as they came."""

        def read(row: Taker, uid: UUID) -> AreaLine | None:
            own, name = row.take("qc_division", values.line, ""), row.fitting("name", 300)
            division = self.glossary.coded(own) or (self.glossary.division(name) if name else "")
            if own and not division:
                row.left["qc_division"] = own
            if not division and not name:
                return None
            return AreaLine(uid=uid, division=division, name=name, beyond=row.beyond())

        return self.lines(taker, "service_areas", "service_area", owner, read)

    def terms(self, taker: Taker, owner: UUID) -> tuple[TermLine, ...]:
        """The terms of a service, once each; attributes without a term stay as they came."""
        seen: set[tuple[str, str]] = set()

        def read(row: Taker, uid: UUID) -> TermLine | None:
            term = self.term(row)
            if term is None:
                return None
            if term in seen:
                row.say(
                    "",
                    _("Le terme « {name} » y est deux fois : une seule est prise.").format(
                        name=self.glossary.name(term)
                    ),
                )
                return None
            seen.add(term)
            row.left = {name: value for name, value in row.left.items() if name != "link_entity"}
            return TermLine(uid=uid, taxonomy=term[0], code=term[1], beyond=row.beyond())

        return self.lines(taker, "attributes", "attribute", owner, read)

    def term(self, row: Taker) -> tuple[str, str] | None:
        """The term that an attribute names; one that the directory does not know will be written with the file."""
        said = row.one("taxonomy_term") or {}
        number = row.left.pop("taxonomy_term_id", None) or said.get("id")
        whole = said.get("taxonomy_detail") if isinstance(said.get("taxonomy_detail"), dict) else {}
        name, code = str(said.get("name") or "").strip(), str(said.get("code") or "").strip()
        called = str(whole.get("name") or said.get("taxonomy") or "").strip()
        found = self.glossary.find(number, code, name, str(whole.get("qc_code") or "") or called)
        if found is None and (name or code):
            found = self.glossary.draft(
                number,
                code,
                name,
                (whole.get("id") or said.get("taxonomy_id"), called),
                description=values.text(said.get("description") or ""),
                uri=str(said.get("term_uri") or ""),
                parent=said.get("parent_id"),
            )
        elif found is None and number:
            row.left["taxonomy_term_id"] = number
        return found

    def accessibilities(self, taker: Taker, owner: UUID) -> tuple[AccessLine, ...]:
        """What makes a place easy or hard to use; a term of the taxonomy of accessibility is its code."""
        return self.lines(taker, "accessibility", "accessibility", owner, self._access)

    def _access(self, row: Taker, uid: UUID) -> AccessLine | None:
        code, others = "", []
        for rank, raw in row.rows("attributes"):
            term = self.glossary.known(raw)
            if term is not None and term[1] in self.glossary.access and not code:
                code = term[1]
            else:
                others.append(raw)
            del rank
        row.put_back("attributes", others)
        words = row.fitting("description", 500)
        if code and words == self.glossary.access[code]:
            words = ""
        details, url = row.text("details"), row.take("url", values.web, "")
        if not code and not words and not details:
            return None
        return AccessLine(uid=uid, code=code, description=words, details=details, url=url, beyond=row.beyond())
