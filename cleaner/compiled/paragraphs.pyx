# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The pieces of text between elements, joined to paragraphs. The function in Python defines what they are."""

from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_New, PyUnicode_READ,
)

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object text) noexcept
    int Py_UNICODE_ISSPACE(Py_UCS4 character) noexcept

cdef enum:
    LAST_ASCII = 127


cdef Py_ssize_t measure_stripped(object text) noexcept:
    """Characters of a text without white space at its ends; 0 for None."""
    if text is None:
        return 0
    cdef Py_ssize_t end = PyUnicode_GET_LENGTH(text), start = 0
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    while start < end and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, start)):
        start += 1
    while start < end and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, end - 1)):
        end -= 1
    return end - start


cdef str tidy(str text, object definition):
    """``definition(text)``, which is only asked where there is more to do than to make one space of several."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, kept = 0
    cdef unsigned char letter
    cdef unsigned char* data
    cdef unsigned char* out
    cdef bint gap = False, changed = False
    if not PyUnicode_IS_ASCII(text):
        return <str>definition(text)
    data = <unsigned char*>PyUnicode_DATA(text)
    for at in range(size):
        letter = data[at]
        if letter > c" ":
            if letter == LAST_ASCII:
                return <str>definition(text)
            if gap and kept:
                kept += 1
            gap = False
            kept += 1
        elif Py_UNICODE_ISSPACE(letter):
            changed = changed or gap or kept == 0 or letter != c" "
            gap = True
        else:
            return <str>definition(text)
    if not changed and not gap:
        return text
    if not kept:
        return ""
    found = PyUnicode_New(kept, LAST_ASCII)
    out, kept, gap = <unsigned char*>PyUnicode_DATA(found), 0, False
    for at in range(size):
        letter = data[at]
        if letter > c" ":
            if gap and kept:
                out[kept] = c" "
                kept += 1
            gap = False
            out[kept] = letter
            kept += 1
        else:
            gap = True
    return <str>found


cdef str join_pieces(list texts, Py_ssize_t start, Py_ssize_t end, bint keep_lines, object definition):
    cdef Py_ssize_t at, begin
    cdef bint broken = False
    cdef list lines
    for at in range(start, end):
        if texts[at] is None:
            broken = True
    if keep_lines:
        return "".join(["\n" if text is None else text for text in texts[start:end]]).strip("\n").rstrip()
    if not broken:
        return tidy(<str>texts[start] if end == start + 1 else "".join(texts[start:end]), definition)
    lines, begin = [], start
    for at in range(start, end + 1):
        if at == end or texts[at] is None:
            line = tidy("".join(texts[begin:at]), definition)
            if line:
                lines.append(line)
            begin = at + 1
    return "\n".join(lines)


cdef double measure_links(list texts, list links, Py_ssize_t start, Py_ssize_t end) except -1:
    cdef Py_ssize_t at, size, linked = 0, total = 0
    cdef bint some = False, every = True
    for link in links:
        if link:
            some = True
        else:
            every = False
    if not some:
        return 0.0
    for at in range(start, end):
        size = measure_stripped(texts[at])
        total += size
        linked += size if links[at] else 0
    if every:
        return 1.0 if total else 0.0
    return <double>linked / <double>total if total else 0.0


def join_paragraphs(list texts not None, list links not None, normalize, *, bint keep_lines) -> list:
    """See ``cleaner.page.paragraphs``."""
    cdef Py_ssize_t position, start = 0, end = 0, breaks = 0
    cdef list cuts = [], found = []
    if None not in texts:
        cuts.append((0, len(texts)))
    else:
        for position in range(len(texts)):
            text = texts[position]
            if text is None:
                breaks += 1
            elif not breaks or measure_stripped(text):
                if breaks > 1:
                    cuts.append((start, end))
                    start = position
                breaks, end = 0, position + 1
        cuts.append((start, end))
    for start, end in cuts:
        found.append((
            join_pieces(texts, start, end, keep_lines, normalize), measure_links(texts, links, start, end)
        ))
    return found
