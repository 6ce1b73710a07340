"""A photo of a project at the size that its place needs: `{% project_photo photo "18rem" %}`."""

from typing import Any

from django import template
from django.urls import reverse

from maillage.core.files import image_sizes
from maillage.projects.models import ProjectDocument

register = template.Library()
SMALL = "?taille=petite"


@register.inclusion_tag("projects/documents/_image.html")
def project_photo(photo: ProjectDocument, place: str, alternative: str = "", shape: str = "") -> dict[str, Any]:
    """The image; `place` is the width that it takes on the page, as the attribute `sizes` says it; `shape` its class."""
    address, sizes = reverse("projects:photo_image", args=[photo.uid]), image_sizes(photo.digest)
    srcset = ""
    if sizes is not None and sizes.small_width:
        srcset = f"{address}{SMALL} {sizes.small_width}w, {address} {sizes.width}w"
    return {
        "src": address, "srcset": srcset, "sizes": sizes, "place": place, "shape": shape,
        "alternative": photo.alternative or alternative,
    }  # fmt: skip
