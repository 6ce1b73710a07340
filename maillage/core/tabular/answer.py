"""A table answered as a file that the browser saves."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import get_language

from .write import write_csv


def csv_answer(name: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """`rows` as the file `name`.csv, streamed, with numbers and days as the language of the page writes them."""
    lines = write_csv([str(column) for column in columns], rows, language=get_language() or "fr")
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
