from maillage.core.imports.addresses import addresses

app_name = "territories"
urlpatterns = addresses("territories")
