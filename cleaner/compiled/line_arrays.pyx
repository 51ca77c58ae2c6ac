# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Arrays of a dump: what its network carries from line to line, and what its n-grams say.

The functions of the same names in Python define them; sums of the first differ in their last bits.
"""

from libc.math cimport exp
from libc.stdint cimport uint8_t

import numpy as np

cdef extern from *:
    """
    #if defined(__GNUC__)
    /* Two numbers that are computed with at once, as compilers do not know that the arrays below are apart. */
    typedef double pair __attribute__((vector_size(16), aligned(8), may_alias));
    #endif

    /* Write bias + row * table, whose rows have so many columns. */
    static void multiply(
        const double* row, const double* table, const double* bias, Py_ssize_t rows, Py_ssize_t columns, double* product
    ) {
        Py_ssize_t start = 0, at;
        double sum;
    #if defined(__GNUC__)
        for (; start + 16 <= columns; start += 16) {
            const pair* eight = (const pair*)(bias + start);
            pair a = eight[0], b = eight[1], c = eight[2], d = eight[3], e = eight[4], f = eight[5], g = eight[6], h = eight[7];
            for (at = 0; at < rows; at++) {
                pair both = {row[at], row[at]};
                eight = (const pair*)(table + at * columns + start);
                a += both * eight[0]; b += both * eight[1]; c += both * eight[2]; d += both * eight[3];
                e += both * eight[4]; f += both * eight[5]; g += both * eight[6]; h += both * eight[7];
            }
            pair* found = (pair*)(product + start);
            found[0] = a; found[1] = b; found[2] = c; found[3] = d; found[4] = e; found[5] = f; found[6] = g; found[7] = h;
        }
    #endif
        for (; start < columns; start++) {
            sum = bias[start];
            for (at = 0; at < rows; at++) sum += row[at] * table[at * columns + start];
            product[start] = sum;
        }
    }
    """
    void multiply(
        const double* row, const double* table, const double* bias, Py_ssize_t rows, Py_ssize_t columns, double* product
    ) noexcept nogil

cdef enum:
    MAX_SIZE = 128  # numbers that a unit carries
    MAX_LANGUAGES = 256  # numbers of languages are bytes


cdef inline double squash(double number) noexcept nogil:
    return 1 / (1 + exp(-number))


def run_unit(const double[:, :] given, const double[:, ::1] table, const double[::1] bias, double[::1] state):
    """See ``cleaner.classifier.line_network``."""
    cdef Py_ssize_t size = table.shape[0], lines = given.shape[0], line, at
    cdef double[3 * MAX_SIZE] carried
    cdef double new
    if size > MAX_SIZE:
        raise ValueError(f"{size} numbers carried; the extension module is for at most {MAX_SIZE}")
    cdef double[:, ::1] states = np.empty((lines, size))
    with nogil:
        for line in range(lines):
            multiply(&state[0], &table[0, 0], &bias[0], size, 3 * size, carried)
            for at in range(size):
                # The hyperbolic tangent, at the cost of an exponential.
                new = 2 * squash(2 * (given[line, 2 * size + at] + squash(given[line, at] + carried[at]) * carried[2 * size + at])) - 1
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
