"""Imported by the process that others are forked from: what is loaded at a first page is then there for all of them."""

from cleaner import library
from cleaner.batch import worker  # noqa: F401  for those that are forked

_SENTENCE = "The ferry crosses the sound every morning, and in summer it takes the bicycles of the visitors too. "

for _page in (f"<!doctype html><title>Ferry</title><article><p>{_SENTENCE * 3}</p></article>", _SENTENCE * 3):
    library.clean(_page)
