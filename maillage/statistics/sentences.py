"""What a table says, in one plain sentence: the first thing read, before the chart and the table."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from maillage.core.typography import number, percent

from .hidden import HIDDEN, hides
from .portrait import Row, Table
from .sections import DENOMINATORS, DENOMINATORS_OF_UNIT

# Codes of needs whose French label reads well in the middle of a sentence once its first letter is small.
_KEEP_CAPITALS = ("OBNL", "CISSS", "ADL", "MRC", "HLM", "OMH")


def denominator(table: Table, language: str) -> str:
    """« 10 412 interventions »: the number and the name of what the shares are of."""
    if table.denominator is None:
        return ""
    name = DENOMINATORS.get(table.id) or DENOMINATORS_OF_UNIT.get(table.unit, "")
    return f"{amount(table.denominator, language)}\u00a0{name}"


def amount(value: float | None, language: str) -> str:
    """A count as it is printed: whole, or with one decimal where it has one (hours)."""
    if value is None:
        return HIDDEN
    return number(value, 0 if float(value).is_integer() else 1, language)


def in_sentence(label: str) -> str:
    """A label as it stands inside a sentence: « santé mentale », but « OBNL d'habitation »."""
    first = label.split(" ", 1)[0]
    if first.rstrip("s") in _KEEP_CAPITALS or (len(first) > 1 and first.isupper()):
        return label
    return label[:1].lower() + label[1:]


def sentence(table: Table, language: str) -> str:
    """One or two sentences that say what `table` shows, and nothing of what it hides."""
    shows, among = any(row.count or any(row.counts) for row in table.rows), table.denominator is not None
    if hides(table) and not shows:
        return _("Les chiffres de ce tableau sont cachés pour protéger les personnes.")
    if table.denominator == 0 or not (shows or table.denominator):
        return str(_NOTHING.get(table.unit, _NOTHING["entries"])())
    if not shows:
        return _("Les lignes de ce tableau sont toutes à zéro.")
    if table.id not in (_WITH_HIDDEN_LINES if hides(table) else _SENTENCES if among else _WITHOUT_DENOMINATOR):
        return _ranked(table, language)
    return _SENTENCES.get(table.id, _ranked)(table, language) or _ranked(table, language)


_NOTHING: dict[str, Callable[[], str]] = {
    "entries": lambda: _("Aucune intervention pour cette période et ce territoire."),
    "persons": lambda: _("Aucune personne rencontrée individuellement pour cette période et ce territoire."),
    "referrals": lambda: _("Aucune référence pour cette période et ce territoire."),
    "hours": lambda: _("Aucune heure de soutien n'est inscrite au programme."),
    "sites": lambda: _("Aucun milieu n'est inscrit au programme."),
    "meetings": lambda: _("Aucune rencontre tenue pour cette période et ce territoire."),
    "sessions": lambda: _("Aucune séance tenue pour cette période et ce territoire."),
    "participations": lambda: _("Aucune participation pour cette période et ce territoire."),
}


def _shares(table: Table, language: str) -> dict[str, str]:
    return {row.code: percent(row.share, 0, language) for row in table.rows if row.share is not None}


def _leading(table: Table) -> list[Row]:
    roots = [row for row in table.rows if row.depth == 0 and row.count and row.code not in ("other", "none")]
    return sorted(roots, key=lambda row: -(row.count or 0))


def _ranked(table: Table, language: str) -> str:
    lines = [
        f"{_named(table, row)} ({percent(row.share, 0, language) or amount(row.count, language)})"
        for row in _leading(table)[:3]
    ]
    if not lines:
        return _("Les chiffres de ce tableau sont cachés ou nuls.")
    among = denominator(table, language)
    values = {"among": among, "lines": listed(lines)}
    if hides(table):  # a hidden line may be the largest
        return _("Parmi les chiffres montrés, en tête : %(lines)s.") % {"lines": values["lines"]}
    if not among:
        return _("En tête : %(lines)s.") % {"lines": values["lines"]}
    if table.multiple:
        return _("Parmi les %(among)s, en tête : %(lines)s. Une même ligne du journal peut compter plusieurs fois.") % (
            values
        )
    return _("Parmi les %(among)s, en tête : %(lines)s.") % values


def _named(table: Table, row: Row) -> str:
    """A line's name inside a sentence; months and places keep theirs."""
    if table.id == "monthly":
        return month_name(row.code)
    return row.label if table.id == "territory" else in_sentence(row.label)


def listed(words: list[str]) -> str:
    """`a`, `b` and `c` as a sentence lists them."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s et %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _tenure(table: Table, language: str) -> str:
    share = _shares(table, language)
    places = {
        "omh": _("dans un office municipal d'habitation (OMH)"),
        "obnl": _("dans un OBNL d'habitation"),
        "coop": _("dans une coopérative d'habitation"),
    }
    lines = [f"{share[code]} {words}" for code, words in places.items() if code in share]
    if "omh" not in share:
        return ""
    first = _("%(share)s des %(among)s ont eu lieu %(place)s") % {
        "share": share["omh"],
        "among": denominator(table, language),
        "place": places["omh"],
    }
    return f"{listed([first, *lines[1:]])}."


def _groups(table: Table, language: str) -> str:
    share = _shares(table, language).get("youth_family")
    if not share:
        return ""
    return _(
        "%(share)s des %(among)s rejoignent des jeunes et des familles. Une intervention peut rejoindre plusieurs groupes."
    ) % {"share": share, "among": denominator(table, language)}


def _nature(table: Table, language: str) -> str:
    share = _shares(table, language)
    if not {"individual", "collective"} <= share.keys():
        return ""
    return _("%(one)s des %(among)s sont individualisées, %(many)s soutiennent une action collective.") % {
        "one": share["individual"],
        "many": share["collective"],
        "among": denominator(table, language),
    }


def _persons_referred(table: Table, language: str) -> str:
    row = table.rows[0]
    if not row.share:
        return ""
    one_in = round(1 / row.share)
    values = {
        "count": amount(row.count, language),
        "among": denominator(table, language),
        "one_in": one_in,
        "share": percent(row.share, 0, language),
    }
    if abs(1 / row.share - one_in) < 0.15 and 2 <= one_in <= 10:
        return _("Une personne sur %(one_in)s est référée : %(count)s des %(among)s (%(share)s).") % values
    return _("%(share)s des %(among)s sont référées vers une ressource.") % values


def _destination(table: Table, language: str) -> str:
    share = _shares(table, language)
    if not {"health", "community"} <= share.keys():
        return ""
    return _(
        "%(health)s des %(among)s vont vers des services du CISSS et %(community)s vers des organismes communautaires."
    ) % {"health": share["health"], "community": share["community"], "among": denominator(table, language)}


def _needs(table: Table, language: str) -> str:
    lines = [f"{in_sentence(row.label)} ({percent(row.share, 0, language)})" for row in _leading(table)[:3]]
    if not lines:
        return ""
    return _("Les %(among)s portent surtout sur : %(lines)s.") % {
        "among": denominator(table, language),
        "lines": listed(lines),
    }


def _collective(table: Table, language: str) -> str:
    share = _shares(table, language)
    if not {"group_project", "tenant_association"} <= share.keys():
        return ""
    return _(
        "%(project)s des %(among)s soutiennent des projets et démarches de groupe, %(tenants)s l'association des locataires (ADL)."
    ) % {
        "project": share["group_project"],
        "tenants": share["tenant_association"],
        "among": denominator(table, language),
    }


def _axes(table: Table, language: str) -> str:
    lines = [f"{in_sentence(row.label)} ({percent(row.share, 0, language)})" for row in _leading(table)]
    if not lines:
        return ""
    return _("Une action traverse souvent plusieurs axes. Des %(among)s : %(lines)s.") % {
        "among": denominator(table, language),
        "lines": listed(lines),
    }


def _crossing(table: Table, language: str) -> str:
    pairs = [
        (row.counts[j] or 0, row.label, table.rows[j].label)
        for i, row in enumerate(table.rows)
        for j in range(i + 1, min(len(table.columns), len(table.rows)))
    ]
    if not pairs or not max(pairs)[0]:
        return _("Aucune intervention ne porte deux axes à la fois.")
    count, one, other = max(pairs)
    return _(
        "Les deux axes qui vont le plus souvent ensemble : %(one)s et %(other)s, dans %(count)s interventions."
    ) % {
        "one": in_sentence(one),
        "other": in_sentence(other),
        "count": amount(count, language),
    }


def _coverage(table: Table, language: str) -> str:
    served = next((row for row in table.rows if row.code == "served"), None)
    if served is None or served.share is None:
        return ""
    return _("%(served)s milieux sur %(all)s sont desservis, soit %(share)s du parc visé.") % {
        "served": amount(served.count, language),
        "all": amount(table.denominator, language),
        "share": percent(served.share, 0, language),
    }


def _hours(table: Table, language: str) -> str:
    lines = [f"{in_sentence(row.label)} ({amount(row.count, language)}\u00a0h)" for row in _leading(table)]
    return _("%(total)s heures de soutien communautaire par semaine : %(lines)s.") % {
        "total": amount(table.denominator, language),
        "lines": listed(lines),
    }


def _monthly(table: Table, language: str) -> str:
    counts = [row.count for row in table.rows if row.count is not None]
    top = max(table.rows, key=lambda row: row.count or 0)
    return _("En moyenne %(mean)s interventions par mois ; le mois le plus chargé est %(month)s (%(count)s).") % {
        "mean": number(sum(counts) / len(counts), 0, language),
        "month": month_name(top.code),
        "count": amount(top.count, language),
    }


def month_name(code: str) -> str:
    """`2014-05` → « mai 2014 »."""
    names = month_names()
    year, month = code.split("-")[:2]
    return f"{names[int(month) - 1]} {year}"


def month_names() -> list[str]:
    """The twelve months."""
    return [
        *(_("janvier"), _("février"), _("mars"), _("avril"), _("mai"), _("juin")),
        *(_("juillet"), _("août"), _("septembre"), _("octobre"), _("novembre"), _("décembre")),
    ]


def short_month_names() -> list[str]:
    """The twelve months as the heads of a calendar."""
    return [
        *(_("janv."), _("févr."), _("mars"), _("avr."), _("mai"), _("juin")),
        *(_("juill."), _("août"), _("sept."), _("oct."), _("nov."), _("déc.")),
    ]


def _territory(table: Table, language: str) -> str:
    lines = [f"{row.label} ({percent(row.share, 0, language)})" for row in _leading(table)[:3] if row.share is not None]
    if not lines:
        return ""
    return _("Le plus d'interventions : %(lines)s.") % {"lines": listed(lines)}


_SENTENCES: dict[str, Callable[[Table, str], str]] = {
    "territory": _territory,
    "tenure": _tenure,
    "groups_reached": _groups,
    "nature": _nature,
    "persons_referred": _persons_referred,
    "referral_destination": _destination,
    "referral_need_health": _needs,
    "referral_need_community": _needs,
    "collective_kind": _collective,
    "axes": _axes,
    "axes_crossing": _crossing,
    "coverage": _coverage,
    "hours_by_role": _hours,
    "monthly": _monthly,
}
# Sentences that name only figures that are there and compare them with no other; those that need no denominator.
_WITH_HIDDEN_LINES = ("tenure", "groups_reached", "nature", "persons_referred", "referral_destination", "coverage")
_WITHOUT_DENOMINATOR = ("territory", "axes_crossing", "monthly")
