# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Loops of the label models. The functions of the same names in Python define them; additions are in the same order."""

from libc.math cimport log1pf
from libc.stdint cimport int8_t, int32_t, uint32_t
from libc.stdlib cimport calloc, free
from libc.string cimport memset

cdef extern from *:
    """
    #include <stdint.h>
    #if defined(__GNUC__)
    /* Four numbers that are computed with at once. Compilers keep these in registers, which they do not with parts of an array. */
    typedef float lanes __attribute__((vector_size(16), aligned(4), may_alias));
    typedef int32_t masks __attribute__((vector_size(16), aligned(4), may_alias));
    #else
    #define __builtin_prefetch(address)
    #endif

    /* Write the number of the leaf of a tree that each of count blocks comes to; rows are so far apart, and levels' columns. */
    static void number_leaves(
        const float* rows, Py_ssize_t blocks, const Py_ssize_t* columns, const float* borders, Py_ssize_t trees,
        Py_ssize_t levels, Py_ssize_t count, int32_t* numbers
    ) {
        Py_ssize_t level, block;
        const float* values;
        float border;
    #if defined(__GNUC__)
        if (count == 16) {
            masks a = {0}, b = {0}, c = {0}, d = {0}, bit = {1, 1, 1, 1};
            for (level = 0; level < levels; level++) {
                const lanes* four = (const lanes*)(rows + columns[level * trees] * blocks);
                border = borders[level * trees];
                lanes limit = {border, border, border, border};
                a |= (four[0] > limit) & bit;
                b |= (four[1] > limit) & bit;
                c |= (four[2] > limit) & bit;
                d |= (four[3] > limit) & bit;
                bit += bit;
            }
            ((masks*)numbers)[0] = a; ((masks*)numbers)[1] = b; ((masks*)numbers)[2] = c; ((masks*)numbers)[3] = d;
            return;
        }
    #endif
        for (block = 0; block < count; block++) numbers[block] = 0;
        for (level = 0; level < levels; level++) {
            values = rows + columns[level * trees] * blocks;
            border = borders[level * trees];
            for (block = 0; block < count; block++) numbers[block] |= (int32_t)(values[block] > border) << level;
        }
    }

    /* Add up the leaves of trees, 24 numbers each, that a block comes to. */
    static void sum_leaves(
        const float* leaves, Py_ssize_t per_tree, const int32_t* places, Py_ssize_t trees, float* sums
    ) {
        Py_ssize_t tree;
    #if defined(__GNUC__)
        lanes a = {0}, b = {0}, c = {0}, d = {0}, e = {0}, f = {0};
        for (tree = 0; tree < trees; tree++) {
            const lanes* four = (const lanes*)(leaves + (tree * per_tree + places[tree * 16]) * 24);
            a += four[0]; b += four[1]; c += four[2]; d += four[3]; e += four[4]; f += four[5];
        }
        ((lanes*)sums)[0] = a; ((lanes*)sums)[1] = b; ((lanes*)sums)[2] = c;
        ((lanes*)sums)[3] = d; ((lanes*)sums)[4] = e; ((lanes*)sums)[5] = f;
    #else
        const float* leaf;
        int label;
        for (label = 0; label < 24; label++) sums[label] = 0;
        for (tree = 0; tree < trees; tree++) {
            leaf = leaves + (tree * per_tree + places[tree * 16]) * 24;
            for (label = 0; label < 24; label++) sums[label] += leaf[label];
        }
    #endif
    }
    """
    void __builtin_prefetch(const void* address) noexcept nogil
    void number_leaves(
        const float* rows, Py_ssize_t blocks, const Py_ssize_t* columns, const float* borders, Py_ssize_t trees,
        Py_ssize_t levels, Py_ssize_t count, int32_t* numbers
    ) noexcept nogil
    void sum_leaves(
        const float* leaves, Py_ssize_t per_tree, const int32_t* places, Py_ssize_t trees, float* sums
    ) noexcept nogil

cdef enum:
    AHEAD = 8  # tokens whose weights are on their way from memory
    MAX_LABELS = 64
    TREES_AT_ONCE = 64
    BLOCKS_AT_ONCE = 16
    WIDTH = 24  # numbers of a leaf: those of 22 labels, and zeros


cdef int refuse_labels(Py_ssize_t labels) except -1:
    if labels > MAX_LABELS:
        raise ValueError(f"{labels} labels; the extension module is for at most {MAX_LABELS}")
    return 0


def sum_token_weights(
    const int8_t[:, ::1] table, const uint32_t[::1] hashes, const Py_ssize_t[::1] starts, float[:, ::1] sums
) -> None:
    """See ``cleaner.classifier.linear_model``."""
    cdef Py_ssize_t row, at, label, labels = table.shape[1]
    cdef uint32_t mask = <uint32_t>(table.shape[0] - 1)
    cdef const int8_t* weights
    cdef int32_t total[MAX_LABELS]
    refuse_labels(labels)
    with nogil:
        for row in range(starts.shape[0] - 1):
            memset(total, 0, sizeof(total))
            for at in range(starts[row], starts[row + 1]):
                if at + AHEAD < hashes.shape[0]:
                    __builtin_prefetch(&table[hashes[at + AHEAD] & mask, 0])
                weights = &table[hashes[at] & mask, 0]
                for label in range(labels):
                    total[label] += weights[label]
            for label in range(labels):
                sums[row, label] = <float>total[label]


def add_leaves(
    const float[:, ::1] rows, const Py_ssize_t[:, ::1] columns, const float[:, ::1] borders,
    const float[:, ::1] leaves, float[:, ::1] total,
) -> None:
    """See ``cleaner.classifier.label_trees``."""
    cdef Py_ssize_t trees = columns.shape[1], levels = columns.shape[0], blocks = total.shape[0], labels = total.shape[1]
    cdef Py_ssize_t width = leaves.shape[1], per_tree = 1 << levels, start, tree, block, label, count, first, done, size
    cdef const float* leaf
    cdef float[MAX_LABELS] sums
    cdef int32_t[TREES_AT_ONCE * BLOCKS_AT_ONCE] places
    refuse_labels(labels)
    with nogil:
        start = 0
        while start < trees:
            count = min(TREES_AT_ONCE, trees - start)
            done = 0
            while done < blocks:
                # The last blocks come with some that are done, if there are enough.
                size = min(BLOCKS_AT_ONCE, blocks)
                first = min(done, blocks - size)
                for tree in range(count):
                    number_leaves(
                        &rows[0, first], rows.shape[1], &columns[0, start + tree], &borders[0, start + tree], trees, levels,
                        size, places + tree * BLOCKS_AT_ONCE,
                    )
                for block in range(done - first, size):
                    if width == WIDTH:
                        sum_leaves(&leaves[start * per_tree, 0], per_tree, places + block, count, sums)
                    else:
                        memset(sums, 0, sizeof(sums))
                        for tree in range(count):
                            leaf = &leaves[(start + tree) * per_tree + places[tree * BLOCKS_AT_ONCE + block], 0]
                            for label in range(labels):
                                sums[label] += leaf[label]
                    for label in range(labels):
                        total[first + block, label] += sums[label]
                done = first + size
            start += TREES_AT_ONCE


def fill_neighbours(
    const float[:, ::1] shares, const float[::1] weight, const Py_ssize_t[::1] heading, const Py_ssize_t[::1] paths,
    const Py_ssize_t[::1] own, const Py_ssize_t[::1] end, const Py_ssize_t[:, ::1] boxes, Py_ssize_t radius,
    float[:, ::1] out,
) -> None:
    """See ``cleaner.classifier.neighbour_labels``."""
    cdef Py_ssize_t blocks = shares.shape[0], labels = shares.shape[1], size = end.shape[0], levels = boxes.shape[0]
    cdef Py_ssize_t block, label, level, low, high, box, group, groups = 0, column
    cdef double* sums
    cdef double* alike
    cdef double* inside
    cdef double counted
    cdef float running[MAX_LABELS]
    cdef float total[MAX_LABELS]
    cdef float highest[MAX_LABELS]
    cdef float weighed
    refuse_labels(labels)
    for block in range(blocks):
        groups = max(groups, paths[block] + 1)
    sums = <double*>calloc((blocks + 1) * labels + 1, sizeof(double))
    alike = <double*>calloc(groups * (labels + 1) + 1, sizeof(double))
    inside = <double*>calloc((size + 1) * (labels + 1) + 1, sizeof(double))
    if sums == NULL or alike == NULL or inside == NULL:
        free(sums); free(alike); free(inside)
        raise MemoryError
    with nogil:
        memset(total, 0, sizeof(total))
        for block in range(blocks):
            group, box = paths[block] * (labels + 1), (own[block] + 1) * (labels + 1)
            alike[group + labels] += 1
            inside[box + labels] += 1
            for label in range(labels):
                total[label] += shares[block, label] * weight[block]
                sums[(block + 1) * labels + label] = sums[block * labels + label] + shares[block, label]
                alike[group + label] += shares[block, label]
                inside[box + label] += shares[block, label]
        for box in range(size):
            for label in range(labels + 1):
                inside[(box + 1) * (labels + 1) + label] += inside[box * (labels + 1) + label]
        memset(running, 0, sizeof(running))
        memset(highest, 0, sizeof(highest))
        for label in range(labels):
            total[label] += <float>1e-6
        for block in range(blocks):
            low, high = max(0, block - radius), min(blocks, block + radius + 1)
            group = paths[block] * (labels + 1)
            for label in range(labels):
                out[block, label] = shares[block - 1, label] if block >= 1 else 0
                out[block, labels + label] = shares[block + 1, label] if block + 1 < blocks else 0
                out[block, 2 * labels + label] = (
                    (shares[block - 2, label] if block >= 2 else <float>0) + (shares[block - 3, label] if block >= 3 else <float>0)
                ) / 2
                out[block, 3 * labels + label] = (
                    (shares[block + 2, label] if block + 2 < blocks else <float>0)
                    + (shares[block + 3, label] if block + 3 < blocks else <float>0)
                ) / 2
                out[block, 4 * labels + label] = <float>(
                    (sums[high * labels + label] - sums[low * labels + label]) / (high - low)
                )
                out[block, 5 * labels + label] = <float>(alike[group + label] / alike[group + labels])
            for level in range(levels):
                box, column = boxes[level, block], (6 + level) * labels
                if box >= size:
                    for label in range(labels):
                        out[block, column + label] = 0
                    continue
                high, low = end[box] * (labels + 1), box * (labels + 1)
                counted = max(inside[high + labels] - inside[low + labels], 1.0)
                for label in range(labels):
                    out[block, column + label] = <float>((inside[high + label] - inside[low + label]) / counted)
            column = (6 + levels) * labels
            for label in range(labels):
                weighed = shares[block, label] * weight[block]
                running[label] += weighed
                out[block, column + label] = shares[heading[block], label] if heading[block] >= 0 else 0
                out[block, column + labels + label] = (running[label] - weighed) / total[label]
                out[block, column + 2 * labels + label] = log1pf(total[label])
                out[block, column + 3 * labels + label] = highest[label]
                highest[label] = max(highest[label], shares[block, label])
    free(sums); free(alike); free(inside)
