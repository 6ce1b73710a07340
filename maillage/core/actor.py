"""The product itself as an actor: the command line and background tasks write under its name."""

from typing import Final


class Product:
    """Stands where a user is asked: it may do everything, and signs no audit line with a person's id."""

    pk: None = None
    is_authenticated = True
    is_active = True
    is_administrator = True

    def __str__(self) -> str:
        return "Maillage"


PRODUCT: Final = Product()
