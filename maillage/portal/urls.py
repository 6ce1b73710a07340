from django.urls import path

from .views import components, health, home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("menu/", home.menu, name="menu"),
    path("composants/", components.components, name="components"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
