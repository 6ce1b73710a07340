"""« Mes recherches »: searches that a person keeps under a name, for themselves alone."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.directory.forms.finder import Finder
from maillage.directory.forms.saved_searches import SavedSearchForm
from maillage.directory.models import SavedSearch
from maillage.directory.services import forget_search, keep_search


@require_http_methods(["GET", "HEAD", "POST"])
def saved_searches(request: HttpRequest) -> HttpResponse:
    """The list; the address brings the search to keep, and a name is asked for it."""
    finder = Finder(request.GET, request.user)
    form = SavedSearchForm(request.POST or None, initial={"name": _name(finder)})
    if request.method == "POST" and finder.asks and form.is_valid():
        try:
            keep_search(actor=request.user, name=form.cleaned_data["name"], query=finder.address)
            messages.success(request, _("La recherche est gardée."))
            return redirect("directory:saved_searches")
        except ValidationError as refused:
            form.add_error("name", [sentence for found in refused.message_dict.values() for sentence in found])
    context = {
        "form": form,
        "finder": finder,
        "filters": finder.in_force() if finder.asks else [],
        "searches": list(SavedSearch.objects.filter(user=request.user.pk).order_by("name", "id")),
    }
    return render(request, "directory/saved_searches.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def forget(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Forget one; it can be kept again at once."""
    found = SavedSearch.objects.filter(user=request.user.pk, uid=uid).first()
    forget_search(actor=request.user, uid=uid)
    if found is not None:
        messages.success(request, _("« {name} » est oubliée.").format(name=found.name))
    return redirect("directory:saved_searches")


def _name(finder: Finder) -> str:
    """A name that says the search, to be changed."""
    if not finder.asks:
        return ""
    said = [finder.question.words, *(line["value"] for line in finder.in_force())]
    return ", ".join(part for part in said if part)[:120]
