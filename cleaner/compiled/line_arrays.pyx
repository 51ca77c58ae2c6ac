# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Arrays of a dump: what its network carries from line to line, and what its n-grams say.

The functions of the same names in Python define them; sums of the first differ in their last bits.
"""

from libc.math cimport exp, tanh
from libc.stdint cimport uint8_t

import numpy as np

cdef enum:
    MAX_SIZE = 128  # numbers that a unit carries
    MAX_LANGUAGES = 256  # numbers of languages are bytes


cdef inline double squash(double number) noexcept nogil:
    return 1 / (1 + exp(-number))


def run_unit(const double[:, :] given, const double[:, ::1] table, const double[::1] bias):
    """See ``cleaner.classifier.line_network``."""
    cdef Py_ssize_t size = table.shape[0], lines = given.shape[0], line, at, to
    cdef double[3 * MAX_SIZE] carried
    cdef double[MAX_SIZE] state
    cdef double own, new
    cdef const double* row
    if size > MAX_SIZE:
        raise ValueError(f"{size} numbers carried; the extension module is for at most {MAX_SIZE}")
    cdef double[:, ::1] states = np.empty((lines, size))
    with nogil:
        for at in range(size):
            state[at] = 0
        for line in range(lines):
            for to in range(3 * size):
                carried[to] = bias[to]
            for at in range(size):
                own = state[at]
                row = &table[at, 0]
                for to in range(3 * size):
                    carried[to] += own * row[to]
            for at in range(size):
                new = tanh(given[line, 2 * size + at] + squash(given[line, at] + carried[at]) * carried[2 * size + at])
                state[at] = new + squash(given[line, size + at] + carried[size + at]) * (state[at] - new)
                states[line, at] = state[at]
    return np.asarray(states)


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
