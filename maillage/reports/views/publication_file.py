"""A published version as a file to take away."""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from maillage.reports import publication_files
from maillage.reports.publication_files import PublicationFormat
from maillage.statistics import publication
from maillage.statistics.enums import ReleaseState

DAY = 24 * 3600


@login_not_required
@require_safe
def publication_file(request: HttpRequest, slug: str, number: int, version: int, format: str) -> HttpResponse:
    """The release in a format, for anybody."""
    if format not in publication_files.FORMATS:
        raise Http404
    return _file(request, slug, number, version, publication_files.FORMATS[format])


@login_not_required
@require_safe
def attack_file(request: HttpRequest, slug: str, number: int, version: int) -> HttpResponse:
    """The attack report as CSV."""
    return _file(request, slug, number, version, publication_files.ATTACK)


def _file(request: HttpRequest, slug: str, number: int, version: int, kind: PublicationFormat) -> HttpResponse:
    release = publication.find(slug, number, version)
    opened = publication.Publication(release)
    address = reverse("statistics:publication_version", args=[slug, number, version])
    if release.state == ReleaseState.WITHDRAWN:
        return render(request, "reports/withdrawn.html", {"release": release, "address": address}, status=410)
    content = publication_files.written(opened, kind, request.build_absolute_uri(address))
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response: HttpResponse = get_conditional_response(request, etag=etag) or HttpResponse(
        content, content_type=kind.media_type
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    if response.status_code == 200:
        name = publication_files.file_name(opened, kind)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
