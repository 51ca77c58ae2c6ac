# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Numbers of each block that depend on the others. The functions of the same names in Python define them."""

from libc.stdint cimport uint32_t
from libc.stdlib cimport calloc, free

import numpy as np


def average_rows(const double[:, ::1] values, Py_ssize_t radius) -> object:
    """See ``cleaner.classifier.feature_arrays``."""
    cdef Py_ssize_t rows = values.shape[0], columns = values.shape[1], row, column, low, high
    sums = np.empty((rows + 1, columns))
    means = np.empty((rows, columns), dtype=np.float32)
    cdef double[:, ::1] running = sums
    cdef float[:, ::1] out = means
    for column in range(columns):
        running[0, column] = 0
    for row in range(rows):
        for column in range(columns):
            # As in numpy, sums begin with the first value, not with zero.
            running[row + 1, column] = running[row, column] + values[row, column] if row else values[row, column]
    for row in range(rows):
        low, high = max(0, row - radius), min(rows, row + radius + 1)
        for column in range(columns):
            out[row, column] = <float>((running[high, column] - running[low, column]) / (high - low))
    return means


def fill_distances(const unsigned char[::1] flags, Py_ssize_t limit, float[:, ::1] out) -> None:
    """See ``cleaner.classifier.feature_arrays``."""
    cdef Py_ssize_t rows = flags.shape[0], row, distance = limit
    for row in range(rows):
        distance = 0 if flags[row] else min(distance + 1, limit)
        out[row, 0] = distance
    distance = limit
    for row in range(rows - 1, -1, -1):
        distance = 0 if flags[row] else min(distance + 1, limit)
        out[row, 1] = distance


def count_copied(const uint32_t[::1] hashes, const Py_ssize_t[::1] starts) -> tuple:
    """See ``cleaner.classifier.text_tokens``."""
    cdef Py_ssize_t rows = starts.shape[0] - 1, count = hashes.shape[0], size = 2, row, at, place
    earlier, elsewhere = np.zeros(rows), np.zeros(rows)
    cdef double[::1] before = earlier, others = elsewhere
    cdef uint32_t* keys
    cdef Py_ssize_t* firsts  # 1 more than the first row with the key
    cdef Py_ssize_t* lasts
    while size < 2 * count + 2:
        size *= 2
    keys = <uint32_t*>calloc(size, sizeof(uint32_t))
    firsts = <Py_ssize_t*>calloc(size, sizeof(Py_ssize_t))
    lasts = <Py_ssize_t*>calloc(size, sizeof(Py_ssize_t))
    if keys == NULL or firsts == NULL or lasts == NULL:
        free(keys); free(firsts); free(lasts)
        raise MemoryError
    for row in range(rows):
        for at in range(starts[row], starts[row + 1]):
            place = hashes[at] & (size - 1)
            while firsts[place] and keys[place] != hashes[at]:
                place = (place + 1) & (size - 1)
            if not firsts[place]:
                keys[place], firsts[place] = hashes[at], row + 1
            before[row] += firsts[place] <= row
            lasts[place] = row + 1
    for row in range(rows):
        for at in range(starts[row], starts[row + 1]):
            place = hashes[at] & (size - 1)
            while keys[place] != hashes[at]:
                place = (place + 1) & (size - 1)
            others[row] += firsts[place] != lasts[place]
    free(keys); free(firsts); free(lasts)
    return earlier, elsewhere


def list_missing(list rows not None, dict known not None) -> list:
    """See ``cleaner.classifier.reasons``."""
    cdef dict missing = {}
    for row in rows:
        for key in row:
            if key not in known:
                missing[key] = None
    return list(missing)


def find_highest(list rows, dict places, const float[:, ::1] table, const Py_ssize_t[::1] columns, float least) -> list:
    """See ``cleaner.classifier.reasons``."""
    cdef Py_ssize_t row, at, best
    cdef float highest, value
    cdef list found = []
    for row in range(len(rows)):
        best, highest, at = -1, least, 0
        for key in rows[row]:
            value = table[<Py_ssize_t>places[key], columns[row]]
            if value > highest:
                best, highest = at, value
            at += 1
        found.append(best if best >= 0 else None)
    return found
