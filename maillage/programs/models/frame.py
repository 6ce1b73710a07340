from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from maillage.programs.enums import VocabularyKind


class CodingFrame(models.Model):
    """The vocabularies with which a programme codes its journal.

    A frame opened from another keeps its codes (`origin`), so that portraits of two editions compare by code.
    """

    name = models.CharField(_("nom"), max_length=150)
    origin = models.ForeignKey(
        "self",
        verbose_name=_("ouvert à partir de"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="editions",
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("cadre de codification")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class TermQuerySet(models.QuerySet["Term"]):
    """Terms of vocabularies."""

    def of(self, kind: str) -> "TermQuerySet":
        """Terms of one vocabulary, in their order."""
        return self.filter(vocabulary=kind).order_by("position", "id")

    def usable(self, day: date | None = None) -> "TermQuerySet":
        """Terms that may be chosen for an entry of `day` (today by default): valid, and retired only later."""
        day = day or date.today()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Term(models.Model):
    """One code of one vocabulary, with its labels. The code never changes meaning; a used one is retired, not deleted."""

    frame = models.ForeignKey(CodingFrame, on_delete=models.PROTECT, related_name="terms")
    vocabulary = models.CharField(_("vocabulaire"), max_length=20, choices=VocabularyKind)
    code = models.SlugField(_("code"), max_length=40, allow_unicode=False)
    label_fr = models.CharField(_("libellé français"), max_length=150)
    label_en = models.CharField(_("libellé anglais"), max_length=150, blank=True)
    definition = models.TextField(_("définition"), blank=True, max_length=1000)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("fait partie de"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=100)
    is_sensitive = models.BooleanField(
        _("sensible"), default=False, help_text=_("Publié avec une protection plus forte des petits nombres.")
    )
    iclsc_code = models.CharField(_("code I-CLSC correspondant"), max_length=20, blank=True)
    valid_from = models.DateField(_("valide depuis"), null=True, blank=True)
    valid_to = models.DateField(_("valide jusqu'au"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("terme")
        verbose_name_plural = _("termes")
        ordering = ["vocabulary", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "vocabulary", "code"],
                name="programs_term_code",
                violation_error_message=_("Ce vocabulaire a déjà un terme qui porte ce code."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="programs_term_dates",
                violation_error_message=_("Le terme finirait avant de commencer."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Refuse a parent that statistics could not roll up to: another vocabulary's, itself, or a child's child."""
        parent = self.parent
        if parent is None:
            return
        message = None
        if self.pk and parent.pk == self.pk:
            message = _("Un terme ne peut pas faire partie de lui-même.")
        elif (parent.frame_id, parent.vocabulary) != (self.frame_id, self.vocabulary):
            message = _("Un terme fait partie d'un terme du même vocabulaire.")
        elif parent.parent_id is not None:
            message = _("« %(parent)s » fait déjà partie d'un autre terme : il n'y a que deux niveaux.")
        elif self.pk and self.children.exists():
            message = _("Ce terme en regroupe d'autres : il ne peut pas faire partie de « %(parent)s ».")
        if message:
            raise ValidationError({"parent": ValidationError(message, params={"parent": parent.label})})

    @property
    def is_retired(self) -> bool:
        """Whether it is no longer offered today."""
        return self.valid_to is not None and self.valid_to < date.today()

    @property
    def label(self) -> str:
        """The label in the language of the page; French where there is no English one."""
        return self.label_en if self.label_en and (get_language() or "fr").startswith("en") else self.label_fr
