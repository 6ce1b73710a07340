"""The one protected file service: what people give is read by its content, cleaned, kept under its digest, given back as a file.

`store` keeps a file or refuses it with a sentence; `file_answer` gives it back; `image_sizes` tells how large an image is; `names_files` says which files a room still
names, so that `tidy_files` erases the others. A room keeps digest, name, type and size in its own table, and decides who may read.
Decision 0044.
"""

from .keeping import names_files, tidy_files
from .kinds import IMAGES, TYPES
from .serving import file_answer
from .sizes import ImageSizes, image_sizes
from .storing import MOST_BYTES, Stored, Upload, clean_name, path_of, store

__all__ = [
    "IMAGES",
    "MOST_BYTES",
    "TYPES",
    "ImageSizes",
    "Stored",
    "Upload",
    "clean_name",
    "file_answer",
    "image_sizes",
    "names_files",
    "path_of",
    "store",
    "tidy_files",
]
