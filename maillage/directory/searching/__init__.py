"""The directory's search: `search_services` answers a `Question`, `suggest` helps who types."""

from .finding import search_services
from .question import Found, Question
from .suggesting import Suggestion, suggest

__all__ = ["Found", "Question", "Suggestion", "search_services", "suggest"]
