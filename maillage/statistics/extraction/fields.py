"""What an extract may hold. Nothing else of an entry is ever read for one, except its site, which is only counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Field:
    """A field that may be asked: its code, its title, and what it says. `levels` are the words of a known trait's
    levels, the finest first; `source` where it stands in the journal's facts."""

    code: str
    title: str | Promise
    says: str | Promise
    source: str
    levels: Mapping[str, str | Promise]


WITHHELD = ("withheld", _("retiré du fichier"))
_LAST = dict([WITHHELD])


def _known(code: str, title: Promise, says: Promise, source: str, levels: Mapping[str, Promise]) -> Field:
    return Field(code, title, says, source, {**levels, **_LAST})


# Traits that somebody outside may know of an intervention: they are generalised together.
KNOWN: dict[str, Field] = {
    field.code: field
    for field in (
        _known(
            "period",
            _("Période"),
            _("Quand l'intervention a eu lieu, jamais le jour."),
            "day",
            {"month": _("au mois"), "quarter": _("au trimestre"), "year": _("à l'année civile")},
        ),
        _known("mrc", _("MRC"), _("La MRC de l'intervention."), "mrc", {"code": _("par MRC")}),
        _known(
            "tenure",
            _("Mode d'occupation"),
            _("Office, OBNL, coopérative ou autre."),
            "tenure",
            {"code": _("en détail"), "group": _("office ou non")},
        ),
        _known("nature", _("Nature"), _("Individualisée ou collective."), "nature", {"code": _("en détail")}),
        _known(
            "collective_kind",
            _("Type d'action collective"),
            _("Pour les interventions collectives."),
            "collective_kind",
            {"code": _("en détail"), "root": _("par famille de codes")},
        ),
        _known(
            "contact_place",
            _("Lieu du contact"),
            _("Où la personne a été rencontrée."),
            "contact_place",
            {"code": _("en détail"), "root": _("par famille de codes")},
        ),
        _known(
            "role",
            _("Rôle de l'intervenant·e"),
            _("Le rôle seulement, jamais la personne."),
            "role",
            {"code": _("en détail")},
        ),
        _known(
            "groups",
            _("Groupes rejoints"),
            _("Les groupes de personnes, par grande famille."),
            "group",
            {"set": _("les groupes eux-mêmes"), "number": _("le nombre de groupes")},
        ),
        _known(
            "persons",
            _("Personnes rejointes"),
            _("Le nombre, par tranches."),
            "persons",
            {"band": _("en quatre tranches"), "two": _("une seule ou plusieurs")},
        ),
    )
}

# What a row tells: never generalised, but never the same for a whole class.
SENSITIVE: dict[str, Field] = {
    field.code: field
    for field in (
        Field("theme", _("Thèmes"), _("Une colonne par thème."), "theme", {}),
        Field("action", _("Actions"), _("Une colonne par action du cadre de référence."), "action", {}),
        Field(
            "destination",
            _("Destinations des références"),
            _("Une colonne par destination : au moins une référence y a mené."),
            "referral",
            {},
        ),
        Field(
            "need",
            _("Besoins des références"),
            _("Une colonne par besoin : au moins une référence y a répondu."),
            "referral",
            {},
        ),
    )
}
ALL: dict[str, Field] = {**KNOWN, **SENSITIVE}
