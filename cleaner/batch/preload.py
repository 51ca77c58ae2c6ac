"""Imported by the process that workers are forked from, so that what a first page loads is loaded once for all."""

from cleaner import library
from cleaner.batch import worker  # noqa: F401  loaded for the forked processes

_SENTENCE = "The ferry crosses the sound every morning, and in summer it takes the bicycles of the visitors too. "

for _page in (f"<!doctype html><title>Ferry</title><article><p>{_SENTENCE * 3}</p></article>", _SENTENCE * 3):
    library.clean(_page)
