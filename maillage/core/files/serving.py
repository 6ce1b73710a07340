"""Kept files are given back as files: a browser never opens one as a page of ours."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from .kinds import IMAGES, TYPES
from .storing import path_of, small_path_of

_SHOWN = {TYPES[ending] for ending in IMAGES}


def file_answer(
    request: HttpRequest, *, digest: str, file_name: str, media_type: str, inline: bool = False, small: bool = False
) -> HttpResponseBase:
    """The file of this digest, to be kept by who asks, or shown in a page when `inline` and it is an image.

    `small` gives the small image that goes with a shown one, the whole when it has none.

    The caller has checked that the person may read it. A copy that a browser kept is asked about again each time: what is
    withdrawn is gone at once. 404 when the file itself is missing.
    """
    shown = inline and media_type in _SHOWN
    path = small_path_of(digest) if shown and small and small_path_of(digest).is_file() else path_of(digest)
    etag = f'"{path.name}"'
    if shown and (known := get_conditional_response(request, etag=etag)) is not None:
        return known
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, as_attachment=not shown, filename=file_name, content_type=media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-cache" if shown else "private, no-store"
    if shown:
        answer.headers["ETag"] = etag
    return answer
