"""Write ``cleaner/data/language_profiles.npz``: the statistics of n-grams in languages, which langdetect carries.

    pip install langdetect==1.0.9 && python tools/language_profiles.py

The file is not compressed, as it is read at each start; a wheel compresses it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from langdetect import detector_factory
from numpy.typing import NDArray

from cleaner.language.ngram_statistics import FILE, pack_ngrams

PATH = Path(__file__).parent.parent / "cleaner" / "data" / FILE


Arrays = dict[str, NDArray[np.generic]]


def read_profiles() -> Arrays:
    """The arrays of the file, of the profiles of the langdetect that is installed."""
    files = sorted(Path(detector_factory.PROFILES_DIRECTORY).iterdir())
    profiles = [json.loads(file.read_text("utf-8")) for file in files]
    counts = [profile["freq"] for profile in profiles]
    joined = np.array([pack_ngrams(gram, [0])[len(gram) - 1] for listed in counts for gram in listed])
    order = np.argsort(joined, kind="stable")
    grams, entries = np.unique(joined, return_counts=True)
    return {
        "languages": np.array([profile["name"] for profile in profiles]),
        "totals": np.array([profile["n_words"] for profile in profiles], dtype=np.uint32),
        "grams": grams,
        "entries": entries.astype(np.uint8),
        "columns": np.repeat(np.arange(len(profiles), dtype=np.uint8), list(map(len, counts)))[order],
        "counts": np.array([count for listed in counts for count in listed.values()], dtype=np.uint32)[order],
    }


if __name__ == "__main__":
    np.savez(PATH, allow_pickle=False, **read_profiles())
