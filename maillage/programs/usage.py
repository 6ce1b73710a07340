"""Whether rows of the apps above point at a term or a participation.

This floor may not know those apps. It asks Django which foreign keys point at its models: an app that adds one is
counted without declaring anything, so that no register can be forgotten. `PROTECT` stays as the net below.
"""

from functools import cache

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

OWN = "programs"


@cache
def pointing_at(model: type[Model]) -> tuple[tuple[type[Model], str], ...]:
    """`(model, foreign key)` of the apps above that point at `model`."""
    relations = model._meta.get_fields(include_hidden=True)
    found = [
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.auto_created and (relation.one_to_many or relation.one_to_one)
    ]
    return tuple(sorted((pair for pair in found if pair[0]._meta.app_label != OWN), key=str))


def is_used(row: Model) -> bool:
    """Whether anything above points at `row`."""
    return any(model._base_manager.filter(**{key: row.pk}).exists() for model, key in pointing_at(type(row)))


def with_usage(rows: QuerySet) -> QuerySet:
    """`rows` annotated with `usage`, the number of rows of the apps above that point at each."""
    total = Value(0, output_field=IntegerField())
    for model, key in pointing_at(rows.model):
        pointing = model._base_manager.filter(**{key: OuterRef("pk")}).order_by().values(key)
        counted = pointing.annotate(found=Count("pk")).values("found")
        total = total + Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return rows.annotate(usage=total)
