from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "maillage.accounts"
    label = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from maillage.core import slots

        slots.fill("person", "accounts/frame/person.html")
        slots.fill("footer", "accounts/frame/footer.html")
