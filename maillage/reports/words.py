"""What every file says of a portrait before its figures: period, place, source, what may be done with it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.typography import NBSP
from maillage.statistics.portrait import Portrait
from maillage.statistics.presentation import day_words, hides, period_words


def period(portrait: Portrait) -> str:
    """« d'avril 2013 à mars 2016 »."""
    return period_words(portrait.start, portrait.end)


def place(portrait: Portrait) -> str:
    """The territory's name, or that it is the whole."""
    return portrait.territory_name or _("Tout le territoire du programme")


def mark(portrait: Portrait) -> str:
    """What stands on every page and every sheet: whether these figures may be published."""
    return _("Chiffres protégés") if portrait.protected else _("Chiffres exacts, non publiables")


def exactness(portrait: Portrait) -> str:
    """What may be done with these figures."""
    if portrait.protected:
        if portrait.rounded:
            return _(
                "Chiffres protégés : les nombres sont arrondis à un multiple de 5, et cachés là où ils diraient trop, "
                "pour que personne ne soit reconnu."
            )
        return _("Chiffres protégés : certains nombres sont cachés pour que personne ne soit reconnu.")
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
    if portrait.rounded:
        found.append(
            _(
                "Les nombres sont des multiples de 5, tirés un peu au-dessus ou au-dessous du vrai nombre : les lignes "
                "d'un tableau ne s'additionnent pas toujours à son total, et un 0 peut cacher quelques cas."
            )
        )
    if any(hides(table) for table in portrait.tables):
        found.append(_("Un « x » remplace un chiffre caché pour protéger les personnes. Ce n'est pas un zéro."))
    return found
