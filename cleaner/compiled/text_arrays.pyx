# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Loops over the characters of a page's texts. The functions of the same names in Python define them."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport int64_t, uint16_t, uint32_t

import numpy as np

cdef enum:
    HEAD = 120
    TAIL = 40
    LAST_CODE = 0xFFFF
    SPACE = 0x20

cdef uint32_t PRIME = 0x01000193, SPREAD = 0x9E3779B1, BASE = 0x85EBCA6B
cdef uint32_t WORD = SPREAD, PAIR = SPREAD * 2, CHARACTERS = SPREAD * 3, DENSE = SPREAD * 4
cdef uint32_t FIRST = SPREAD * 5, LAST = SPREAD * 6, WHOLE = SPREAD * 7


cdef inline uint32_t mix(uint32_t value) noexcept nogil:
    value = (value ^ (value >> 15)) * <uint32_t>0x2C1B3C6D
    return value ^ (value >> 12)


cdef inline uint32_t spread(uint32_t code) noexcept nogil:
    return (code * SPREAD) ^ (code >> 3)


cdef inline Py_UCS4 clip(Py_UCS4 code) noexcept nogil:
    return code if code < LAST_CODE else LAST_CODE


cdef Py_ssize_t read_folded(str text, const uint32_t* folded, uint32_t* codes) noexcept:
    """The characters of ``text`` that are read, folded, with two blanks before and behind; returns their number."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text), at, size = 0
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef bint whole = length <= HEAD + TAIL
    codes[0] = codes[1] = SPACE
    for at in range(length if whole else HEAD):
        codes[2 + size] = folded[clip(PyUnicode_READ(kind, data, at))]
        size += 1
    if not whole:
        codes[2 + size] = SPACE
        size += 1
        for at in range(length - TAIL, length):
            codes[2 + size] = folded[clip(PyUnicode_READ(kind, data, at))]
            size += 1
    codes[2 + size] = codes[3 + size] = SPACE
    return size


cdef Py_ssize_t hash_words(const uint32_t* codes, Py_ssize_t size, const unsigned char* letters, uint32_t* words) noexcept nogil:
    """The runs of letters and digits, each as the value of a polynomial; returns their number."""
    cdef Py_ssize_t at, count = 0
    cdef uint32_t power = 1, value = 0
    cdef bint inside = False
    for at in range(2, size + 3):  # the blank behind ends the last word
        if letters[codes[at]]:
            value = value + spread(codes[at]) * power if inside else spread(codes[at])
            power = power * BASE if inside else BASE
            inside = True
        elif inside:
            words[count] = value
            count += 1
            inside = False
    return count


def roll_hashes(list texts, const uint32_t[::1] folded, const unsigned char[::1] letters, int short, uint32_t dense) -> tuple:
    """See ``cleaner.classifier.text_tokens``."""
    cdef Py_ssize_t rows = len(texts), row, at, size, count, place = 0, pair_place = 0, room = 0
    cdef uint32_t[HEAD + TAIL + 5] codes
    cdef uint32_t[HEAD + TAIL + 1] words
    cdef uint32_t value, power
    cdef str text
    for text in texts:
        room += 4 * min(PyUnicode_GET_LENGTH(text), HEAD + TAIL + 1) + 4
    hashes, starts = np.empty(room, dtype=np.uint32), np.zeros(rows + 1, dtype=np.intp)
    pairs, pair_starts = np.empty(room, dtype=np.uint32), np.zeros(rows + 1, dtype=np.intp)
    cdef uint32_t[::1] found = hashes, found_pairs = pairs
    cdef Py_ssize_t[::1] begins = starts, pair_begins = pair_starts
    for row in range(rows):
        text = texts[row]
        size = read_folded(text, &folded[0], codes)
        count = hash_words(codes, size, &letters[0], words)
        for at in range(count):
            found[place] = mix(words[at] ^ WORD)
            place += 1
        for at in range(count - 1):
            found[place] = found_pairs[pair_place] = mix((words[at] * PRIME + words[at + 1]) ^ PAIR)
            place += 1
            pair_place += 1
        if count:
            found[place], found[place + 1] = mix(words[0] ^ FIRST), mix(words[count - 1] ^ LAST)
            place += 2
        for at in range(2, size + 2):
            if codes[at] != SPACE:
                value = ((codes[at - 1] * PRIME + codes[at]) * PRIME + codes[at + 1]) * PRIME + codes[at + 2]
                found[place] = mix(value ^ CHARACTERS)
                place += 1
        for at in range(2, size + 2):
            if codes[at] >= dense and codes[at + 1] >= dense:
                found[place] = mix((codes[at] * PRIME + codes[at + 1]) ^ DENSE)
                place += 1
        if PyUnicode_GET_LENGTH(text) <= short:
            value, power = 0, 1
            for at in range(2, size + 2):
                value += spread(codes[at]) * power
                power *= BASE
            found[place] = mix(value ^ WHOLE)
            place += 1
        begins[row + 1], pair_begins[row + 1] = place, pair_place
    return hashes[:place].copy(), starts, pairs[:pair_place].copy(), pair_starts


def count_characters(list texts, const uint16_t[::1] classes, tuple counted, tuple marks, int short) -> object:
    """See ``cleaner.classifier.text_features``."""
    cdef Py_ssize_t rows = len(texts), row, at, length, began, columns = len(counted)
    cdef uint16_t[16] bits
    cdef uint16_t upper, lower, space, stop, close, kind, before, first
    cdef void* data
    cdef int width, column
    cdef str text
    upper, lower, space, stop, close = marks
    for column in range(columns):
        bits[column] = counted[column]
    counts = np.zeros((rows, columns + 4), dtype=np.float32)
    cdef float[:, ::1] out = counts
    for row in range(rows):
        text = texts[row]
        length = PyUnicode_GET_LENGTH(text)
        data, width = PyUnicode_DATA(text), PyUnicode_KIND(text)
        before, first, began = space, 0, 0
        for at in range(length + 1):
            kind = classes[clip(PyUnicode_READ(width, data, at))] if at < length else space
            if before & stop and kind & (space | close):
                out[row, columns + 3] += 1
            if kind & space:
                if not before & space:
                    out[row, columns] += 1
                    out[row, columns + 1] += (first & upper) != 0
                    out[row, columns + 2] += at - began <= short and (first & lower) != 0
            elif before & space:
                first, began = kind, at
            for column in range(columns):
                out[row, column] += (kind & bits[column]) != 0
            before = kind
    return counts


def measure_edges(list texts, const uint16_t[::1] classes, Py_ssize_t head, int most_lines) -> object:
    """See ``cleaner.classifier.text_features``."""
    cdef Py_ssize_t rows = len(texts), row, at, length
    cdef Py_UCS4 letter, last
    cdef void* data
    cdef int width, lines
    cdef bint marked
    cdef str text
    numbers = np.empty((7, rows), dtype=np.int64)
    cdef int64_t[:, ::1] out = numbers
    for row in range(rows):
        text = texts[row]
        length = PyUnicode_GET_LENGTH(text)
        data, width = PyUnicode_DATA(text), PyUnicode_KIND(text)
        lines, marked = 0, False
        for at in range(length):
            letter = PyUnicode_READ(width, data, at)
            lines += letter == u"\n"
            marked = marked or (at < head and (letter == u"." or letter == u"@" or letter == u":"))
        last = PyUnicode_READ(width, data, length - 1)
        out[0, row] = length
        out[1, row] = classes[clip(PyUnicode_READ(width, data, 0))]
        out[2, row] = classes[clip(last)]
        out[3, row] = min(lines, most_lines)
        out[4, row] = last == u"…" or (
            length > 2 and last == u"." and PyUnicode_READ(width, data, length - 2) == u"."
            and PyUnicode_READ(width, data, length - 3) == u"."
        )
        out[5, row] = last == u":"
        out[6, row] = marked
    return numbers
