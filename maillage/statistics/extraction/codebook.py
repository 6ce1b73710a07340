"""The documents of a package: what it is, what may be done with it, and what each column says."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.core.typography import NBSP
from maillage.statistics.models import Extract
from maillage.statistics.periods import words as period_words

from .fields import ALL, KNOWN
from .making import Made


def line(text: Any) -> str:
    """A text on one line, that Markdown shows as it is."""
    plain = " ".join(str(text).split())
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in plain)


def read_me(extract: Extract, made: Made, today: date) -> str:
    """LISEZ-MOI: for whom, for what, until when, how the rows were made, and what must not be done with them."""
    with override("fr"):
        outcome = made.outcome
        return "\n".join(
            [
                f"# {line(extract.program.name)}{NBSP}: extrait n° {extract.number}",
                "",
                f"- Programme{NBSP}: {line(extract.program.name)}",
                f"- Période{NBSP}: {period_words(extract.start, extract.end)}",
                f"- But déclaré{NBSP}: {line(extract.purpose)}",
                f"- Personne responsable{NBSP}: {line(extract.researcher)}",
                *([f"- Organisation{NBSP}: {line(extract.organization)}"] if extract.organization else []),
                f"- Approbation éthique ou entente{NBSP}: {line(extract.agreement)}",
                f"- Produit le {today:%Y-%m-%d}, **à détruire au plus tard le {extract.expires_on:%Y-%m-%d}**",
                "",
                "## Ce que vous pouvez en faire",
                "Usage limité au but déclaré, par la personne responsable et son équipe. Il est interdit de chercher à "
                "reconnaître quelqu'un, de joindre ce fichier à un autre qui le permettrait, et de le remettre à un tiers.",
                "Un tableau tiré de cet extrait ne se publie pas tel quel : ses petits nombres peuvent défaire la "
                "protection d'une publication. Demandez à la coordination du programme une publication protégée.",
                "",
                "## Comment les lignes ont été faites",
                "Une ligne est une intervention inscrite au journal, sans identité, sans milieu, sans jour et sans note. "
                "L'ordre des lignes ne dit rien. Une même personne peut être derrière plusieurs lignes.",
                *_crowd(outcome),
                "",
                "## Fichiers",
                f"- `interventions.csv`{NBSP}: les lignes (UTF-8, virgules)",
                f"- `codes.csv`{NBSP}: le sens de chaque code, en français et en anglais",
                f"- `dictionnaire.md`{NBSP}: ce que dit chaque colonne",
                f"- `datapackage.json`{NBSP}: la description pour les logiciels (Frictionless)",
                "",
            ]
        )


def _crowd(outcome: dict[str, Any]) -> list[str]:
    lines = [
        f"Chaque combinaison des traits connus se trouve au moins {outcome['k']} fois (la plus rare : "
        f"{outcome['smallest']}), dans au moins trois milieux, avec au moins {outcome['diversity']} valeurs de chaque "
        "champ sensible.",
        f"Interventions de la période{NBSP}: {outcome['entries']}. Lignes remises{NBSP}: {outcome['rows']}. "
        f"Retenues parce que trop rares{NBSP}: {outcome['withheld']}. Laissées de côté à cause d'un extrait déjà "
        f"remis{NBSP}: {outcome['left_out']}.",
    ]
    gone = [str(KNOWN[code].title) for code, level in outcome["levels"].items() if level == "withheld"]
    if gone:
        lines.append(f"Champs demandés et retirés du fichier{NBSP}: {', '.join(gone)}.")
    return lines


def dictionary(extract: Extract, made: Made) -> str:
    """What each column says, and how coarsely."""
    with override("fr"):
        lines = [f"# Dictionnaire{NBSP}: extrait n° {extract.number}", ""]
        seen: set[str] = set()
        for column in made.columns:
            if column.field not in seen:
                seen.add(column.field)
                lines += ["", f"## {ALL[column.field].title}", str(ALL[column.field].says)]
                if column.level in ALL[column.field].levels:
                    lines.append(_("Précision : %(level)s.") % {"level": ALL[column.field].levels[column.level]})
                lines += ["", "| colonne | code | sens | *meaning* |", "|---|---|---|---|"]
            for code, (french, english) in column.codes:
                shown = "1" if column.level == "flag" else code
                lines.append(f"| `{column.name}` | `{shown}` | {line(french)} | *{line(english)}* |")
        return "\n".join([*lines, "", _("Une case vide : non précisé, ou sans objet. 0 : ce code n'y est pas."), ""])
