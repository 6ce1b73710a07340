from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with this e-mail, in lower case; without a password until they choose one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this e-mail, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from their memberships in programs, and from `is_administrator`."""

    email = models.EmailField(_("courriel"), unique=True, error_messages={"unique": _("Ce courriel a déjà un compte.")})
    full_name = models.CharField(_("nom"), max_length=150)
    language = models.CharField(
        _("langue"), max_length=5, choices=[("fr-ca", "Français"), ("en", "English")], default="fr-ca"
    )
    is_active = models.BooleanField(_("compte actif"), default=True)
    is_administrator = models.BooleanField(
        _("administre l'installation"),
        default=False,
        help_text=_("Voit tous les programmes et gère les comptes."),
    )
    date_joined = models.DateTimeField(_("compte ouvert le"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        ordering = ["full_name", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email",
                violation_error_message=_("Ce courriel a déjà un compte."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.email
