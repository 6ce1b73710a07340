from .extract import Extract, ExtractDelivery
from .policy import ProtectionPolicy
from .release import Release

__all__ = ["Extract", "ExtractDelivery", "ProtectionPolicy", "Release"]
