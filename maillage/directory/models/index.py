"""The search index of services: words, where they stand, and what ranking needs. The same answers on every database.

The method is in `docs/explanation/algorithms/directory-search.md`; only `services/indexing` writes these tables.
Services stand by blocks of 4,096 numbers; what is packed is read and written by `index/packed`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchWord(models.Model):
    """A folded word (`form`) with its stem and its sound, and in how many services it stands."""

    form = models.CharField(max_length=40, unique=True)
    stem = models.CharField(max_length=40, db_index=True)
    sound = models.CharField(max_length=40, db_index=True, blank=True)
    services = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("mot de l'index")
        ordering = ["form"]

    def __str__(self) -> str:
        return self.form


class SearchGram(models.Model):
    """A trigram, with the numbers of the words that hold it, for words typed wrong."""

    gram = models.CharField(max_length=4, unique=True)
    body = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("n-gramme de l'index")
        ordering = ["gram"]

    def __str__(self) -> str:
        return self.gram


class SearchPosting(models.Model):
    """The services of a block in which a stem stands, or to which a filter applies, with a weight each."""

    key = models.CharField(max_length=60)
    block = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        verbose_name = _("services d'un mot")
        ordering = ["key", "block"]
        constraints = [models.UniqueConstraint(fields=["key", "block"], name="directory_searchposting_block")]

    def __str__(self) -> str:
        return f"{self.key}@{self.block}"


class SearchShelf(models.Model):
    """The services of a block: state, freshness and quality; names, points and hours."""

    block = models.PositiveIntegerField(unique=True)
    facts = models.BinaryField(default=bytes)
    names = models.BinaryField(default=bytes)
    points = models.BinaryField(default=bytes)
    hours = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("bloc de l'index")
        ordering = ["block"]

    def __str__(self) -> str:
        return str(self.block)


class SearchSheet(models.Model):
    """What the index holds of a service, packed: what changes when its sheet does is known without searching."""

    service_number = models.BigIntegerField(unique=True)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("service dans l'index")
        ordering = ["service_number"]

    def __str__(self) -> str:
        return str(self.service_number)
