from .audit import audit, differences

__all__ = ["audit", "differences"]
