from django.urls import path

from .views import portrait_file

app_name = "reports"
urlpatterns = [path("<slug:slug>/portrait.<slug:format>", portrait_file.portrait_file, name="portrait_file")]
