"""Addresses of the kernel: what an address receives."""

from django.urls import path

from .mailing import views

app_name = "core"
urlpatterns = [
    path("courriels/", views.my_choices, name="my_mail_choices"),
    path("courriels/<str:token>/", views.choices, name="mail_choices"),
]
