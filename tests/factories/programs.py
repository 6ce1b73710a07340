from datetime import date
from typing import Any

from maillage.programs.models import CodingFrame, Program, Term
from maillage.programs.shipped_frame import FRAME_NAME, TERMS

from .counter import following
from .regions import make_division, make_site


def make_frame(**fields: Any) -> CodingFrame:
    """A coding frame with the shipped vocabularies."""
    frame = CodingFrame.objects.create(**{"name": FRAME_NAME, **fields})
    made: dict[tuple[str, str], Term] = {}
    for vocabulary, lines in TERMS.items():
        for position, (code, french, english, parent, sensitive) in enumerate(lines):
            made[vocabulary, code] = Term(
                frame=frame,
                vocabulary=vocabulary,
                code=code,
                label_fr=french,
                label_en=english,
                parent=made.get((vocabulary, parent)),
                is_sensitive=sensitive,
                position=position,
            )
    above = [term for term in made.values() if term.parent is None]
    Term.objects.bulk_create(above)
    Term.objects.bulk_create([term for term in made.values() if term.parent is not None])
    return frame


def make_program(**fields: Any) -> Program:
    """An agreement from 2013 with no end, in a region of two MRC, with one served site."""
    number = following()
    if "territory" not in fields:
        region = make_division("region", name=f"Région {number}")
        make_division("mrc", parent=region)
        make_division("mrc", parent=region)
        fields["territory"] = region
    if "frame" not in fields:
        fields["frame"] = make_frame()
    values = {"slug": f"entente-{number}", "name": f"Entente {number}", "start": date(2013, 1, 1), **fields}
    program = Program.objects.create(**values)
    make_site(program)
    return program


def term(program: Program, vocabulary: str, code: str) -> Term:
    """The term of a programme's frame that bears this code."""
    return program.frame.terms.get(vocabulary=vocabulary, code=code)
