"""Why a release is refused, in sentences that say what to do."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.statistics.definitions import TABLES

from .names import Figure
from .state import State

FEW = 3  # tables or areas named; more, and the sentence says how many others


def nothing() -> str:
    """No entry in the period."""
    return _("Aucune intervention n'a été inscrite dans cette période : il n'y a rien à publier.")


def all_hidden() -> str:
    """Every figure would be hidden."""
    return _(
        "Tous les chiffres seraient cachés : choisissez une période plus longue ou un territoire plus grand, ou "
        "inscrivez l'accord des personnes dont l'activité serait publiée."
    )


def unprotectable(figures: Sequence[Figure], state: State) -> str:
    """Something cannot be protected beside what was published before: which tables and areas to leave out."""
    tables = dict.fromkeys(_table(figure) for figure in figures)
    areas = dict.fromkeys(state.areas.names.get(figure.area, "") for figure in figures if figure.area)
    named = _listed([f"« {table} »" for table in tables])
    places = [area for area in areas if area]
    if places:
        return _(
            "Cette publication ne peut pas être protégée avec ce qui est déjà publié : retirez %(tables)s, "
            "ou publiez sans le détail de %(areas)s."
        ) % {"tables": named, "areas": _listed(places)}
    return _(
        "Cette publication ne peut pas être protégée avec ce qui est déjà publié : retirez %(tables)s, "
        "ou choisissez une autre période."
    ) % {"tables": named}


def too_large(figures: int) -> str:
    """The system is beyond what is tried."""
    return _(
        "Cette publication lie %(count)s chiffres entre eux, plus que ce qui peut être protégé d'un coup : "
        "publiez moins de tableaux, ou un niveau de territoire de moins."
    ) % {"count": figures}


def contradiction() -> str:
    """What is published does not add up: it was changed by hand, or comes from elsewhere."""
    return _(
        "Des chiffres déjà publiés se contredisent : ils ont été modifiés hors du produit. Restaurez une sauvegarde avant "
        "de publier autre chose."
    )


def exposed(count: int) -> str:
    """The audit found figures that could be deduced."""
    return ngettext(
        "La vérification a trouvé %(count)s chiffre que l'on pourrait déduire : préparez la publication de nouveau.",
        "La vérification a trouvé %(count)s chiffres que l'on pourrait déduire : préparez la publication de nouveau.",
        count,
    ) % {"count": count}


def _table(figure: Figure) -> str:
    table = figure.stat.partition("/")[0].replace("axes_only", "axes")
    if table in TABLES:
        return str(TABLES[table].title)
    return _("le total des interventions") if table == "entries" else _("Personnes référées")


def _listed(words: Sequence[str]) -> str:
    shown = ", ".join(words[:FEW])
    if len(words) > FEW:
        shown += _(" et %(count)s autres") % {"count": len(words) - FEW}
    return shown
