# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Passes over all characters of a page, before it is parsed. The functions of the same names in Python define them."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH, PyUnicode_KIND
from libc.stdint cimport uint16_t, uint32_t
from libc.stdlib cimport free, malloc

cdef enum:
    ASCII = 128
    LISTED = 32  # a list is of characters below
    LATIN = 1  # bytes of a character
    BASIC = 2
    FIRST_SURROGATE = 0xD800
    SURROGATES = 0x800
    COMMON = 0x2600  # bits of the tab and the line ends
    STRETCH = 64  # characters that are looked at together


cdef inline bint is_surrogate(uint32_t letter) noexcept nogil:
    return letter - FIRST_SURROGATE < SURROGATES


def has_surrogates(str text not None) -> bool:
    """See ``cleaner.page.decode``."""
    cdef Py_ssize_t at, length = PyUnicode_GET_LENGTH(text), found = 0
    cdef const uint16_t* basic
    cdef const uint32_t* letters
    cdef int kind = PyUnicode_KIND(text)
    if kind == BASIC:
        basic = <const uint16_t*>PyUnicode_DATA(text)
        for at in range(length):
            found += is_surrogate(basic[at])
    elif kind != LATIN:
        letters = <const uint32_t*>PyUnicode_DATA(text)
        for at in range(length):
            found += is_surrogate(letters[at])
    return found > 0


ctypedef fused Letter:
    unsigned char
    uint16_t

ctypedef fused AnyLetter:
    unsigned char
    uint16_t
    uint32_t


cdef bint has_rare_controls(const Letter* text, Py_ssize_t length) noexcept nogil:
    """Whether there are others than tabs and line ends, in a loop in which processors compare many characters at once."""
    cdef Py_ssize_t at
    cdef Letter found = 0
    for at in range(length):
        found |= (text[at] < LISTED) & (text[at] != c"\t") & (text[at] != c"\n") & (text[at] != c"\r")
    return found != 0


def count_controls(str text not None, bytes listed not None) -> int:
    """See ``cleaner.page.encoding``."""
    cdef Py_ssize_t at, length = PyUnicode_GET_LENGTH(text), found = 0
    cdef uint32_t bits = 0
    cdef const unsigned char* latin
    cdef const uint16_t* basic
    cdef const uint32_t* letters
    cdef int kind = PyUnicode_KIND(text), code
    for code in listed:
        if code >= LISTED:
            raise ValueError(f"{code}: the extension module counts characters below {LISTED}")
        bits |= <uint32_t>1 << code
    if kind == LATIN:
        latin = <const unsigned char*>PyUnicode_DATA(text)
        if not bits & COMMON and not has_rare_controls(latin, length):
            return 0
        for at in range(length):
            found += (latin[at] < LISTED) & (bits >> (latin[at] & 31))
    elif kind == BASIC:
        basic = <const uint16_t*>PyUnicode_DATA(text)
        if not bits & COMMON and not has_rare_controls(basic, length):
            return 0
        for at in range(length):
            found += (basic[at] < LISTED) & (bits >> (basic[at] & 31))
    else:
        letters = <const uint32_t*>PyUnicode_DATA(text)
        for at in range(length):
            found += (letters[at] < LISTED) & (bits >> (letters[at] & 31))
    return found


cdef Py_ssize_t pick_beyond(const AnyLetter* text, Py_ssize_t length, Py_UCS4* kept) noexcept nogil:
    """Copy the characters beyond ASCII to ``kept``, if it is not NULL, and count them; most stretches have none."""
    cdef Py_ssize_t start = 0, at, size = 0
    cdef AnyLetter seen
    while start < length:
        seen = 0
        if start + STRETCH <= length:
            for at in range(STRETCH):
                seen |= text[start + at]
        if seen >= ASCII or start + STRETCH > length:
            for at in range(start, min(start + STRETCH, length)):
                if text[at] >= ASCII:
                    if kept != NULL:
                        kept[size] = text[at]
                    size += 1
        start += STRETCH
    return size


cdef Py_ssize_t pick_of_kind(int kind, const void* data, Py_ssize_t length, Py_UCS4* kept) noexcept nogil:
    if kind == LATIN:
        return pick_beyond(<const unsigned char*>data, length, kept)
    if kind == BASIC:
        return pick_beyond(<const uint16_t*>data, length, kept)
    return pick_beyond(<const uint32_t*>data, length, kept)


def drop_ascii(str text not None) -> str:
    """See ``cleaner.page.mending``."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    cdef const void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t size = pick_of_kind(kind, data, length, NULL)
    cdef Py_UCS4* kept = <Py_UCS4*>malloc((size + 1) * sizeof(Py_UCS4))
    if kept == NULL:
        raise MemoryError
    pick_of_kind(kind, data, length, kept)
    try:
        return PyUnicode_FromKindAndData(sizeof(Py_UCS4), kept, size)
    finally:
        free(kept)
