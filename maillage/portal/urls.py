from django.urls import path

from .views import administration, components, health, home, messages

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("menu/", home.menu, name="menu"),
    path("composants/", components.components, name="components"),
    path("administration/", administration.administration, name="administration"),
    path("administration/comptes/<int:pk>/", administration.account, name="account"),
    path("administration/journal/", administration.audit, name="audit"),
    path("administration/courriels/", messages.messages, name="messages"),
    path("administration/courriels/<int:pk>/renvoyer/", messages.message_again, name="message_again"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
