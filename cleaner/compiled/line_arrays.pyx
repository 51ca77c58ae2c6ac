# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Arrays of a dump: the tree of its lines, and what its n-grams say. The functions of the same names in Python define them."""

from libc.stdint cimport uint8_t

import numpy as np

cdef enum:
    MAX_LEVELS = 8
    MAX_LANGUAGES = 256  # numbers of languages are bytes


def number_nodes(const unsigned char[:, ::1] starts) -> tuple:
    """See ``cleaner.classifier.line_tree``."""
    cdef Py_ssize_t rows = starts.shape[0], levels = starts.shape[1], row, level, inner, count = 1
    cdef Py_ssize_t[MAX_LEVELS] last
    if levels > MAX_LEVELS:
        raise ValueError(f"{levels} levels; the extension module is for at most {MAX_LEVELS}")
    for row in range(rows):
        for level in range(levels):
            count += starts[row, level] != 0
    parents, ends, leaves = np.zeros(count, dtype=np.intp), np.full(count, count, dtype=np.intp), np.zeros(rows, dtype=np.intp)
    cdef Py_ssize_t[::1] parent = parents, end = ends, leaf = leaves
    parent[0] = count
    for level in range(levels):
        last[level] = 0
    count = 0
    for row in range(rows):
        for level in range(levels):
            if starts[row, level]:
                count += 1
                for inner in range(level, levels):
                    # Ended already, or there was none: then the root has no other end.
                    if last[inner] and end[last[inner]] == end.shape[0]:
                        end[last[inner]] = count
                last[level] = count
                parent[count] = last[level - 1] if level else 0
        leaf[row] = last[levels - 1]
    return parents, ends, leaves


def add_logs(
    const Py_ssize_t[::1] rows, const Py_ssize_t[::1] starts, const uint8_t[::1] columns, const double[::1] logs,
    Py_ssize_t languages, double unseen,
) -> object:
    """See ``cleaner.language.ngram_statistics``."""
    cdef Py_ssize_t place, row, at, language
    cdef double[MAX_LANGUAGES] values
    if languages > MAX_LANGUAGES:
        raise ValueError(f"{languages} languages; the extension module is for at most {MAX_LANGUAGES}")
    sums = np.zeros(languages)
    cdef double[::1] total = sums
    for place in range(rows.shape[0]):
        row = rows[place]
        for language in range(languages):
            values[language] = unseen
        for at in range(starts[row], starts[row + 1]):
            values[columns[at]] = logs[at]
        for language in range(languages):
            total[language] += values[language]
    return sums
