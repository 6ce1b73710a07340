"""Short addresses of services, as they are dictated and printed."""

from django.urls import path

from .views import services

app_name = "short"
urlpatterns = [path("<slug:code>/", services.short, name="service"), path("<slug:code>", services.short)]
