"""What the team reads of a draft: why each figure is hidden, and how much of the whole is left to read."""

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.statistics.models import Release

# Why a figure is hidden, for the team alone: the public reads the same sentence for all (decision 0012).
SENTENCES: dict[str, str | Promise] = {
    "count": _("Le chiffre compte trop peu de personnes ou d'interventions."),
    "sensitive": _("Le terme est marqué sensible : son seuil est plus haut."),
    "workers": _("Moins de cinq personnes de l'équipe y ont contribué, et leur accord n'est pas inscrit."),
    "organizations": _("Moins de trois organisations y ont contribué, et leur accord n'est pas inscrit."),
    "dominance": _("Une seule organisation y compte pour plus de 80 %, et son accord n'est pas inscrit."),
    "area": _("Trop peu de personnes ont été rencontrées dans ce territoire."),
    "zero": _("Dans un si petit groupe, le chiffre dirait quelque chose de chaque personne."),
    "share": _("La part porte sur trop peu de personnes."),
    "complement": _("Le chiffre est caché pour qu'on ne puisse pas en calculer un autre par différence."),
    "earlier": _("Le chiffre a changé de trop peu depuis une publication précédente."),
}
CONTRIBUTORS = frozenset(("workers", "organizations", "dominance"))  # rules that a consent waives


@dataclass(frozen=True, slots=True)
class Utility:
    """What is left to read: figures shown and hidden, the part of each, and the part of what they add up to."""

    shown: int
    hidden: int
    weight_shown: float
    weight_hidden: float

    @property
    def figures(self) -> float:
        """The part of the figures that is shown."""
        return self.shown / (self.shown + self.hidden) if self.shown + self.hidden else 0.0

    @property
    def weight(self) -> float:
        """The part of what all figures add up to that is shown."""
        total = self.weight_shown + self.weight_hidden
        return self.weight_shown / total if total else 0.0


def utility(release: Release) -> Utility:
    """How much of the release is left to read."""
    attack, findings = release.attack, release.findings
    return Utility(
        attack.get("shown", 0),
        attack.get("hidden", 0),
        findings.get("shown_weight", 0.0),
        findings.get("hidden_weight", 0.0),
    )


def reasons(release: Release, table: str, area: str, row: str, column: str = "") -> list[str]:
    """Why a cell is hidden, in sentences; nothing for a cell that is shown."""
    codes = release.findings.get("reasons", {}).get("|".join((table, area, row, column)), ())
    return [str(SENTENCES[code]) for code in codes if code in SENTENCES]


def by_reason(release: Release) -> list[tuple[str, int]]:
    """Each sentence with how many cells it hides, the most frequent first; a cell may have several."""
    counted = Counter(code for codes in release.findings.get("reasons", {}).values() for code in codes)
    return [(str(SENTENCES[code]), count) for code, count in counted.most_common() if code in SENTENCES]


def hidden_for_want_of_consent(release: Release) -> int:
    """How many figures protect nobody but those who contributed: with their consent on record they would be shown."""
    return sum(1 for codes in release.findings.get("reasons", {}).values() if codes and CONTRIBUTORS.issuperset(codes))
