"""The portrait as a file to take away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.reports import files
from maillage.statistics import queries
from maillage.statistics.presentation import read


@require_safe
def portrait_file(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The file of what the page shows for the same address, exact or protected alike.

    A question that makes no sense leads to the page, which says why.
    """
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    if format not in files.FORMATS:
        raise Http404
    try:
        made = queries.portrait(**read(request.GET, program).as_arguments(), actor=request.user)
    except Refused:
        return redirect(f"{reverse('statistics:portrait', args=[slug])}?{request.GET.urlencode()}")
    content = files.write(made, format, get_language() or "fr")
    response = HttpResponse(content, content_type=files.FORMATS[format].media_type)
    response["Content-Disposition"] = f'attachment; filename="{files.file_name(made, format)}"'
    return response
