from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import MatchKind, TaxonomyKind

from .exchanged import Exchanged


class Taxonomy(Exchanged):
    """A list of terms by which services are found: needs, clienteles, accessibility, ways of being received."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("type"), max_length=10, choices=TaxonomyKind, default=TaxonomyKind.OTHER)
    name = models.CharField(_("nom"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    uri = models.CharField(_("adresse de référence"), max_length=300, blank=True)
    version = models.CharField(_("version"), max_length=60, blank=True)

    class Meta(Exchanged.Meta):
        verbose_name = _("taxonomie")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(Exchanged):
    """A term. `synonyms` are the words that people use for it, one a line: they find it, nobody reads them."""

    taxonomy = models.ForeignKey(Taxonomy, verbose_name=_("taxonomie"), on_delete=models.CASCADE, related_name="terms")
    code = models.CharField(_("code"), max_length=120)
    name = models.CharField(_("nom en français"), max_length=200)
    name_en = models.CharField(_("nom en anglais"), max_length=200, blank=True)
    description = models.TextField(_("définition"), blank=True)
    synonyms = models.TextField(_("mots de tous les jours"), blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("terme plus large"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    uri = models.CharField(_("adresse de référence"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_retired = models.BooleanField(_("retiré"), default=False)

    class Meta(Exchanged.Meta):
        verbose_name = _("terme d'une taxonomie")
        ordering = ["taxonomy", "position", "id"]
        constraints = [
            *Exchanged.Meta.constraints,
            models.UniqueConstraint(
                fields=["taxonomy", "code"],
                name="directory_taxonomyterm_code",
                violation_error_message=_("Un terme de cette taxonomie porte déjà ce code."),
            ),
        ]

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    def __str__(self) -> str:
        return self.name


class TermMatch(models.Model):
    """A term of ours beside one of an external taxonomy."""

    term = models.ForeignKey(TaxonomyTerm, on_delete=models.CASCADE, related_name="matches")
    scheme = models.CharField(_("taxonomie externe"), max_length=200)
    code = models.CharField(_("code externe"), max_length=200)
    kind = models.CharField(_("proximité"), max_length=6, choices=MatchKind, default=MatchKind.CLOSE)

    class Meta:
        verbose_name = _("correspondance d'un terme")
        ordering = ["scheme", "code", "id"]
        constraints = [models.UniqueConstraint(fields=["term", "scheme", "code"], name="directory_termmatch_once")]

    def __str__(self) -> str:
        return f"{self.term} ≈ {self.scheme}:{self.code}"
