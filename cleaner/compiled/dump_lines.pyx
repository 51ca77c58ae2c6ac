# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The lines of a dump. The function of the same name in Python defines them."""

from cpython.unicode cimport PyUnicode_1BYTE_DATA, PyUnicode_GET_LENGTH, PyUnicode_Substring

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object text) noexcept

cdef enum:
    FIRST = 0x20  # the first and the last printable character of ASCII
    LAST = 0x7E


def make_lines(list raws not None, make, type line not None) -> list:
    """See ``cleaner.page.notation.pieces``. Lines of printable ASCII, which most are, it makes itself."""
    cdef Py_ssize_t number = 0, length, at, begin, end
    cdef const unsigned char* letters
    cdef bint spaced, printable
    cdef str raw, text
    cdef list lines = []
    new = tuple.__new__
    for raw in raws:
        number += 1
        length = PyUnicode_GET_LENGTH(raw)
        printable = PyUnicode_IS_ASCII(raw)
        begin, end, spaced = length, 0, False
        if printable:
            letters = PyUnicode_1BYTE_DATA(raw)
            for at in range(length):
                if letters[at] == FIRST:
                    continue
                if not FIRST < letters[at] <= LAST:
                    printable = False
                    break
                if begin == length:
                    begin = at
                elif at > end + 1:
                    spaced = True
                end = at + 1
        if not printable:
            lines.append(make(number, raw))
        elif not end:
            lines.append(new(line, (number, raw, "", 0, 0)))
        else:
            text = raw if begin == 0 and end == length else PyUnicode_Substring(raw, begin, end)
            if spaced:
                text = " ".join(text.split())
            lines.append(new(line, (number, raw, text, begin, end)))
    return lines
