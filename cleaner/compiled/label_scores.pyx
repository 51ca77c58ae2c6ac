# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Twins of functions of ``cleaner.classifier.label_trees`` and ``cleaner.classifier.linear_model``; those define them."""

from libc.stdint cimport int8_t, int32_t, uint32_t
from libc.string cimport memset


def sum_token_weights(
    const int8_t[:, ::1] table, const uint32_t[::1] hashes, const Py_ssize_t[::1] starts, float[:, ::1] sums
) -> None:
    """See ``cleaner.classifier.linear_model.sum_token_weights``."""
    cdef Py_ssize_t row, at, label, labels = table.shape[1]
    cdef uint32_t mask = <uint32_t>(table.shape[0] - 1)
    cdef const int8_t* weights
    cdef int32_t total[64]
    if labels > 64:
        raise ValueError(f"{labels} labels; at most 64 are compiled for")
    with nogil:
        for row in range(starts.shape[0] - 1):
            memset(total, 0, sizeof(total))
            for at in range(starts[row], starts[row + 1]):
                weights = &table[hashes[at] & mask, 0]
                for label in range(labels):
                    total[label] += weights[label]
            for label in range(labels):
                sums[row, label] = <float>total[label]
