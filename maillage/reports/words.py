"""What every file says of a portrait before its figures: period, place, source, what may be done with it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.typography import NBSP
from maillage.statistics.portrait import Portrait
from maillage.statistics.presentation import day_words, period_words


def period(portrait: Portrait) -> str:
    """« d'avril 2013 à mars 2016 »."""
    return period_words(portrait.start, portrait.end)


def place(portrait: Portrait) -> str:
    """The territory's name, or that it is the whole."""
    return portrait.territory_name or _("Tout le territoire du programme")


def exactness(portrait: Portrait) -> str:
    """What may be done with these figures."""
    if portrait.protected:
        return _("Chiffres protégés : les petits nombres sont arrondis ou cachés pour que personne ne soit reconnu.")
    return _("Chiffres exacts, non publiables : à l'usage de l'équipe du programme et de ses bailleurs de fonds.")


def source(portrait: Portrait) -> str:
    """Where the figures come from."""
    return _("Journal de bord du programme « %(name)s ».") % {"name": portrait.program_name}


def read_on(portrait: Portrait) -> str:
    """When the figures were counted: « 20 novembre 2026, 15 h 05 »."""
    when = timezone.localtime(portrait.generated_at)
    return f"{day_words(when.date())}, {when.hour}{NBSP}h{NBSP}{when.minute:02d}"


def notes(portrait: Portrait) -> list[str]:
    """How to read the figures: what is counted, of what the shares are, what is hidden."""
    found = [
        _("Une intervention est une ligne du journal de bord. Elle ne contient l'identité de personne."),
        _("Chaque part indique de quoi elle est la part : toutes les interventions, ou un groupe plus petit."),
        _(
            "Là où une intervention peut compter dans plusieurs lignes (groupes, actions, thèmes, axes), "
            "les parts additionnées dépassent 100 %."
        ),
        _("Les parts sont arrondies à l'unité : leur somme peut différer de 100 % d'un point."),
    ]
    if portrait.protected:
        found.append(
            _("Un chiffre « caché » est trop petit pour être montré sans risque qu'une personne se reconnaisse.")
        )
    return found
