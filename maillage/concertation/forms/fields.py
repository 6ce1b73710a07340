"""Fields that the forms of this room share: each is that of the floor it belongs to."""

from maillage.core.fields import DayField, carried_out
from maillage.directory.fields import OrganizationField
from maillage.territories.fields import DivisionField, told_division

__all__ = ["DayField", "DivisionField", "OrganizationField", "carried_out", "told_division"]
