"""How many live a need too, and how the number is said to those who are not of the group."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from maillage.concertation.models import NamedNeed, NamedNeedQuerySet, NeedSupport
from maillage.core import typography

SMALL = 5  # below it, outside the group, no number is said


def with_support(needs: NamedNeedQuerySet) -> NamedNeedQuerySet:
    """`needs`, each with `supporters`: how many live it too."""
    counted = NeedSupport.objects.filter(need=OuterRef("pk")).order_by().values("need").annotate(n=Count("pk"))
    return needs.annotate(supporters=Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0))


def support_of(need: NamedNeed) -> int:
    """How many live `need` too."""
    return NeedSupport.objects.filter(need=need).count()


def said_outside(count: int) -> str:
    """The number of those who live a need too, as anybody may read it: « quelques personnes » under five, nothing for none."""
    if count == 0:
        return ""
    if count < SMALL:
        return _("Quelques personnes le vivent aussi.")
    return ngettext("%(n)s personne le vit aussi.", "%(n)s personnes le vivent aussi.", count) % {
        "n": typography.number(count, 0, get_language() or "fr")
    }
