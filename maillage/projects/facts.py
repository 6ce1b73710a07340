"""What activities offer to statistics: what was held for a programme, participations by category, participants by category."""

from maillage.tables.engine import FactSource

SOURCES: tuple[FactSource, ...] = ()
