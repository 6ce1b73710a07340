"""Pages of what goes wrong, in the product's words, with what the person had typed."""

import sys
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from maillage.core.middleware import is_storage_trouble, storage_trouble, typed_in


@requires_csrf_token
def broken(request: HttpRequest) -> HttpResponse:
    """An error that nobody foresaw; a storage trouble outside of a view (session, account) has its own page."""
    if is_storage_trouble(sys.exc_info()[1]):
        return storage_trouble(request)
    return render(request, "500.html", {"typed": typed_in(request)}, status=500)


@login_not_required
@requires_csrf_token
def forged(request: HttpRequest, **reasons: Any) -> HttpResponse:
    """A form whose token is missing or old: it is not taken, and what was typed is shown to be copied."""
    return render(request, "403_csrf.html", {"typed": typed_in(request)}, status=403)
