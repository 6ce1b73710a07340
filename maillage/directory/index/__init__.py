"""The search index of services: words, documents, their packed form, and how a question reads them.

`services/indexing` writes it, `searching` asks it. The method is in `docs/explanation/algorithms/directory-search.md`.
"""
