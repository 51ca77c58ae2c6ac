# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The words of texts. The functions of the same names in Python define what a word is."""

from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring,
)
from libc.stdint cimport int64_t, uint64_t
from libc.stdlib cimport calloc, free, malloc

cdef extern from "Python.h":
    int Py_UNICODE_ISALNUM(Py_UCS4 character) noexcept
    int Py_UNICODE_ISALPHA(Py_UCS4 character) noexcept
    int Py_UNICODE_ISDECIMAL(Py_UCS4 character) noexcept
    int Py_UNICODE_ISLOWER(Py_UCS4 character) noexcept
    int Py_UNICODE_ISSPACE(Py_UCS4 character) noexcept
    int Py_UNICODE_ISUPPER(Py_UCS4 character) noexcept
    bint PyUnicode_IS_ASCII(object text) noexcept

cdef enum:
    UCS4 = 4
    START = 3  # letters of the start of a word
    RIGHT = 0xA9  # ©
    ASCII = 128
    MAX_RANGES = 8

cdef unsigned char[ASCII] plain
"""Whether each ASCII character is of a word."""
cdef unsigned char[ASCII] lower
cdef int code
for code in range(ASCII):
    plain[code] = chr(code).isalnum() or code == b"_"
    lower[code] = ord(chr(code).lower())


cdef inline bint is_letter(Py_UCS4 code) noexcept:
    """Whether a character is what regular expressions take for one of a word."""
    return plain[code] if code < ASCII else Py_UNICODE_ISALNUM(code) != 0


cdef class Starts:
    """The starts of words, in a table with open addresses."""

    cdef uint64_t* table
    cdef uint64_t mask
    cdef object source

    def __cinit__(self, frozenset starts):
        cdef uint64_t size = 1, key, at
        while size < 4 * <uint64_t>len(starts) + 4:
            size *= 2
        self.table = <uint64_t*>calloc(size, sizeof(uint64_t))
        if self.table == NULL:
            raise MemoryError
        self.mask, self.source = size - 1, starts
        for start in starts:
            if not 0 < len(start) <= START:
                raise ValueError(f"{start!r}: a start has up to {START} letters")
            key = 0
            for letter in start:
                key = key << 21 | <uint64_t>ord(letter)
            at = self.place(key)
            self.table[at] = key

    def __dealloc__(self):
        free(self.table)

    cdef inline uint64_t place(self, uint64_t key) noexcept:
        """Where ``key`` is, or would be."""
        cdef uint64_t at = (key * <uint64_t>0x9E3779B97F4A7C15) >> 40 & self.mask
        while self.table[at] != 0 and self.table[at] != key:
            at = (at + 1) & self.mask
        return at

    cdef inline bint contains(self, uint64_t key) noexcept:
        return self.table[self.place(key)] == key


cdef dict known = {}
"""What was asked for before: a few sets that the package has as constants."""


def pick_words(list texts, frozenset starts not None) -> list:
    """See ``cleaner.classifier.keyword_index``."""
    cdef Starts wanted = known.get(starts)
    cdef Py_ssize_t room = 0, length, at, size, count, began
    cdef Py_UCS4* padded
    cdef Py_UCS4 letter
    cdef uint64_t key
    cdef int kind
    cdef void* data
    cdef bint ascii
    cdef str text
    cdef list found = [], words
    if wanted is None:
        wanted = known[starts] = Starts(starts)
    for text in texts:
        room = max(room, PyUnicode_GET_LENGTH(text))
    padded = <Py_UCS4*>malloc((3 * room + 2) * sizeof(Py_UCS4))  # no character becomes more than three
    if padded == NULL:
        raise MemoryError
    try:
        for text in texts:
            ascii = PyUnicode_IS_ASCII(text)
            if not ascii:
                text = text.casefold()
            length, kind, data = PyUnicode_GET_LENGTH(text), PyUnicode_KIND(text), PyUnicode_DATA(text)
            padded[0] = u" "
            size, count, key, began, words = 1, 0, 0, 1, []
            for at in range(length + 1):
                letter = PyUnicode_READ(kind, data, at) if at < length else u" "
                if letter < ASCII and plain[letter] or letter >= ASCII and (letter == RIGHT or Py_UNICODE_ISALNUM(letter)):
                    if ascii:
                        letter = lower[letter]
                    if size - began < START:
                        key = key << 21 | <uint64_t>letter
                    padded[size] = letter
                    size += 1
                elif size > began:
                    count += 1
                    if wanted.contains(key):
                        words.append(PyUnicode_FromKindAndData(UCS4, padded + began, size - began))
                    padded[size] = u" "
                    size += 1
                    began, key = size, 0
            if size == 1:  # no words: two blanks
                padded[size] = u" "
                size += 1
            found.append((PyUnicode_FromKindAndData(UCS4, padded, size), words, count))
    finally:
        free(padded)
    return found


def find_words(str text not None, tuple single not None) -> list:
    """See ``cleaner.language.words``."""
    cdef Py_UCS4[MAX_RANGES] firsts, lasts
    cdef Py_ssize_t length, at, began = -1
    cdef int kind, number, ranges = len(single)
    cdef void* data
    cdef Py_UCS4 letter
    cdef bint alone
    cdef list words = []
    if ranges > MAX_RANGES:
        raise ValueError(f"{ranges} ranges; the extension module is for at most {MAX_RANGES}")
    for number in range(ranges):
        firsts[number], lasts[number] = single[number]
    length, kind, data = PyUnicode_GET_LENGTH(text), PyUnicode_KIND(text), PyUnicode_DATA(text)
    for at in range(length):
        letter = PyUnicode_READ(kind, data, at)
        alone = False
        if letter >= ASCII:
            for number in range(ranges):
                alone = alone or firsts[number] <= letter <= lasts[number]
        if not alone and is_letter(letter):
            if began < 0:
                began = at
            continue
        if began >= 0:
            words.append(PyUnicode_Substring(text, began, at))
            began = -1
        if alone:
            words.append(PyUnicode_Substring(text, at, at + 1))
    if began >= 0:
        words.append(PyUnicode_Substring(text, began, length))
    return words


def list_first_words(str text not None, int most) -> list:
    """See ``cleaner.classifier.reasons``."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text), at = 0, began
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_UCS4 letter
    cdef list words = []
    while at < length and len(words) < most:
        letter = PyUnicode_READ(kind, data, at)
        began = at
        at += 1
        if is_letter(letter):
            while at < length:
                letter = PyUnicode_READ(kind, data, at)
                if not (is_letter(letter) or letter == u"'" or letter == u"’" or letter == u"-"):
                    break
                at += 1
        elif letter != RIGHT:
            continue
        words.append(PyUnicode_Substring(text, began, at))
    return words


def has_digit(str text not None) -> bool:
    """See ``cleaner.language.characters``."""
    cdef Py_ssize_t at
    cdef Py_UCS4 letter
    for at in range(PyUnicode_GET_LENGTH(text)):
        letter = PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), at)
        if u"0" <= letter <= u"9" or letter >= ASCII and Py_UNICODE_ISDECIMAL(letter):
            return True
    return False


def count_cases(str text not None) -> tuple:
    """See ``cleaner.language.characters``."""
    cdef Py_ssize_t at, letters = 0, upper = 0, lower = 0
    cdef Py_UCS4 letter
    for at in range(PyUnicode_GET_LENGTH(text)):
        letter = PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), at)
        if Py_UNICODE_ISALPHA(letter):
            letters += 1
        if Py_UNICODE_ISUPPER(letter):
            upper += 1
        elif Py_UNICODE_ISLOWER(letter):
            lower += 1
    return letters, upper, lower


def contains_any(str text not None, parts) -> bool:
    """See ``cleaner.language.characters``."""
    cdef str part
    for part in parts:
        if part in text:
            return True
    return False


def count_words(list texts not None) -> list:
    """See ``cleaner.language.words``."""
    cdef Py_ssize_t length, at, count
    cdef int kind
    cdef void* data
    cdef bint inside, space
    cdef list counts = []
    for text in texts:
        length, kind, data = PyUnicode_GET_LENGTH(text), PyUnicode_KIND(text), PyUnicode_DATA(text)
        count, inside = 0, False
        for at in range(length):
            space = Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)) != 0
            count += inside == space and not space
            inside = not space
        counts.append(count)
    return counts


def count_shared(list texts not None, tuple lists not None) -> object:
    """See ``cleaner.language.words``."""
    cdef Py_ssize_t column, row
    cdef frozenset listed = frozenset().union(*lists), each
    cdef list words
    cdef set shared
    import numpy as np  # the help of the command needs this module, but not numpy

    counts = np.zeros((1 + len(lists), len(texts)), dtype=np.int64)
    cdef int64_t[:, ::1] out = counts
    for column in range(len(texts)):
        words = (<str>texts[column]).casefold().split()
        shared = set()
        for word in words:
            if word in listed:
                shared.add(word)
        if not shared:
            continue
        out[0, column] = len(set(words))
        row = 1
        for each in lists:
            for word in shared:
                out[row, column] += word in each
            row += 1
    return counts


def find_runs(list texts not None, Py_ssize_t most, set wanted not None) -> list:
    """See ``cleaner.classifier.copies``."""
    cdef set openings = {run[0] for run in wanted}
    cdef list own, found = []
    cdef Py_ssize_t at
    for own in texts:
        for at in range(len(own)):
            if own[at] in openings:
                run = tuple(own[at:at + most])
                if run in wanted:
                    found.append(run)
    return found


def find_first_ranks(list picked not None, dict known not None, look_up, Py_ssize_t most) -> list:
    """See ``cleaner.classifier.keyword_index``."""
    cdef Py_ssize_t best, rank
    cdef tuple each, stems, stem
    cdef str text, word
    cdef list ranks = []
    for each in picked:
        text, best = each[0], most
        for word in <list>each[1]:
            found = known.get(word)
            stems = look_up(word) if found is None else found
            for stem in stems:
                rank = stem[0]
                if rank < best and <str>stem[1] in text:
                    best = rank
        ranks.append(best)
    return ranks


def count_listed(list picked not None, frozenset listed not None) -> list:
    """See ``cleaner.classifier.keyword_index``."""
    cdef Py_ssize_t count
    cdef tuple each
    cdef list counts = []
    for each in picked:
        count = 0
        for word in <list>each[1]:
            count += word in listed
        counts.append(count)
    return counts
