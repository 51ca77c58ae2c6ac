"""The statistics of n-grams that come with the package are those of langdetect."""

from importlib.resources import files

import numpy as np

from cleaner.language import ngram_statistics
from tools import language_profiles


def test_the_file_is_what_the_tool_writes_of_the_installed_langdetect():
    with files("cleaner.data").joinpath(ngram_statistics.FILE).open("rb") as file:
        stored = dict(np.load(file))
    written = language_profiles.read_profiles()
    assert stored.keys() == written.keys()
    for name, array in written.items():
        np.testing.assert_array_equal(stored[name], array, f"{name}: run tools/language_profiles.py")
