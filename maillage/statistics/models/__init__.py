from .policy import ProtectionPolicy
from .release import Release

__all__ = ["ProtectionPolicy", "Release"]
