from .entries import EntryImporter

__all__ = ["EntryImporter"]
