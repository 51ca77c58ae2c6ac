# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The hashed names of the elements around and inside the blocks of a page. The function in Python defines what they are."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint32_t
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memcpy
from lxml.includes.etreepublic cimport _Element, import_lxml__etree, namespacedName
from lxml.includes.tree cimport xmlAttr, xmlNode

from cleaner.compiled.element_reader cimport Wanted, find_address, find_next, find_wanted, is_wanted, read_value

import numpy as np

import_lxml__etree()

cdef extern from "Python.h":
    int Py_UNICODE_ISALNUM(Py_UCS4 character) noexcept
    int Py_UNICODE_ISDECIMAL(Py_UCS4 character) noexcept
    int Py_UNICODE_ISSPACE(Py_UCS4 character) noexcept

cdef enum:
    ASCII = 128
    TAGS = 256  # places for tags that are looked up once
    MAX_NAMES = 12
    MAX_PARTS = 6
    MAX_INLINE = 8
    MAX_ADDRESS = 200
    ADDRESS_PARTS = 4
    MAX_COUNTED = 6
    SCHEME_CHARS = 12

cdef enum:
    # Kinds of characters of names.
    OTHER, SMALL, CAPITAL, DIGIT, LETTER

cdef uint32_t[256] crc_table


cdef void fill_crc_table() noexcept:
    cdef uint32_t value
    cdef int byte, bit
    for byte in range(256):
        value = byte
        for bit in range(8):
            value = (value >> 1) ^ (<uint32_t>0xEDB88320 if value & 1 else 0)
        crc_table[byte] = value


fill_crc_table()


cdef inline uint32_t add_byte(uint32_t crc, unsigned char byte) noexcept nogil:
    """One step of CRC-32; before the first and after the last all bits are turned."""
    return crc_table[(crc ^ byte) & 0xFF] ^ (crc >> 8)


cdef uint32_t hash_bytes(const char* data, Py_ssize_t size, uint32_t before) noexcept nogil:
    cdef uint32_t crc = ~before
    cdef Py_ssize_t at
    for at in range(size):
        crc = add_byte(crc, <unsigned char>data[at])
    return ~crc


cdef uint32_t NEAR = 0x9E3779B1, MIDDLE = NEAR * 2, FAR = NEAR * 3, INSIDE = NEAR * 4
cdef uint32_t PATH = hash_bytes("a:p:", 4, 0), HOST = hash_bytes("a:host:", 7, 0), SCHEME = hash_bytes("a:scheme:", 9, 0)
cdef uint32_t[2][MAX_COUNTED + 1] count_hashes
cdef int counted
cdef bytes counted_name
for counted in range(MAX_COUNTED + 1):
    counted_name = b"a:deep:%d" % counted
    count_hashes[0][counted] = hash_bytes(counted_name, len(counted_name), 0)
    counted_name = b"a:long:%d" % counted
    count_hashes[1][counted] = hash_bytes(counted_name, len(counted_name), 0)


cdef inline int find_kind(Py_UCS4 letter) noexcept:
    if u"a" <= letter <= u"z":
        return SMALL
    if u"A" <= letter <= u"Z":
        return CAPITAL
    if u"0" <= letter <= u"9":
        return DIGIT
    if letter < ASCII:
        return OTHER
    if Py_UNICODE_ISDECIMAL(letter):
        return DIGIT
    return LETTER if Py_UNICODE_ISALNUM(letter) else OTHER


cdef class Reader:
    """A text that is read character by character."""

    cdef str text
    cdef void* data
    cdef int kind
    cdef Py_ssize_t size

    cdef void open(self, str text):
        self.text, self.data = text, PyUnicode_DATA(text)
        self.kind, self.size = PyUnicode_KIND(text), PyUnicode_GET_LENGTH(text)

    cdef inline Py_UCS4 get(self, Py_ssize_t at) noexcept:
        return PyUnicode_READ(self.kind, self.data, at)

    cdef Py_ssize_t find(self, Py_UCS4 letter, Py_ssize_t start, Py_ssize_t end) noexcept:
        """Where ``letter`` is first; ``end`` if it is not there."""
        while start < end and self.get(start) != letter:
            start += 1
        return start

    cdef Py_ssize_t end_of_part(self, Py_ssize_t start, Py_ssize_t end) noexcept:
        """The end of the part of a name that begins at ``start``; ``start`` if none does."""
        cdef int first = find_kind(self.get(start)), kind
        cdef Py_ssize_t at = start
        if first == OTHER:
            return start
        at += 1
        while at < end:
            kind = find_kind(self.get(at))
            if first == LETTER:
                if kind == OTHER or kind == DIGIT:
                    break
            elif first == DIGIT:
                if kind != DIGIT:
                    break
            elif kind != SMALL:
                break
            at += 1
        return at

    cdef uint32_t hash(self, Py_ssize_t start, Py_ssize_t end, uint32_t before, bint lower) except? 0:
        """The checksum of a part of the text, in small letters if ``lower``, that goes on from ``before``."""
        cdef uint32_t crc = ~before
        cdef Py_ssize_t at
        cdef uint32_t letter
        cdef bytes encoded
        for at in range(start, end):
            letter = <uint32_t>self.get(at)
            if letter >= ASCII:
                part = self.text[start:end]
                encoded = (part.lower() if lower else part).encode("utf-8", "replace")
                return hash_bytes(encoded, len(encoded), before)
            if lower and c"A" <= letter <= c"Z":
                letter += 32
            crc = add_byte(crc, <unsigned char>letter)
        return ~crc


cdef struct Tag:
    const char* name
    uint32_t hash
    bint is_skipped, is_link


cdef class TokenRows:
    """Rows of tokens, each once in a row, one row after the other."""

    cdef uint32_t* tokens
    cdef Py_ssize_t count, room
    cdef list starts
    cdef uint32_t* seen  # the tokens of the last row, in a table with open addresses
    cdef uint32_t* row_of_seen
    cdef uint32_t row
    cdef Py_ssize_t mask, held

    def __cinit__(self):
        self.starts = [0, 0]  # the first row is empty
        self.row = 1
        self.grow_table(1024)
        self.grow_tokens(4096)

    def __dealloc__(self):
        free(self.tokens)
        free(self.seen)
        free(self.row_of_seen)

    cdef int grow_tokens(self, Py_ssize_t room) except -1:
        cdef void* grown = realloc(self.tokens, room * sizeof(uint32_t))
        if grown == NULL:
            raise MemoryError
        self.tokens, self.room = <uint32_t*>grown, room
        return 0

    cdef int grow_table(self, Py_ssize_t size) except -1:
        """Make the table one of ``size`` places, with the tokens of the last row."""
        cdef Py_ssize_t at, begin = self.starts[len(self.starts) - 1]
        free(self.seen)
        free(self.row_of_seen)
        self.seen = <uint32_t*>calloc(size, sizeof(uint32_t))
        self.row_of_seen = <uint32_t*>calloc(size, sizeof(uint32_t))
        if self.seen == NULL or self.row_of_seen == NULL:
            raise MemoryError
        self.mask = size - 1
        for at in range(begin, self.count):
            self.place(self.tokens[at])
        return 0

    cdef inline bint place(self, uint32_t token) noexcept:
        """Whether ``token`` is new in the last row; then it is in the table."""
        cdef Py_ssize_t at = (token ^ token >> 15) & self.mask
        while self.row_of_seen[at] == self.row:
            if self.seen[at] == token:
                return False
            at = (at + 1) & self.mask
        self.seen[at], self.row_of_seen[at] = token, self.row
        return True

    cdef inline int add(self, uint32_t token) except -1:
        """Add a token to the last row."""
        if not self.place(token):
            return 0
        if self.count == self.room:
            self.grow_tokens(2 * self.room)
        self.tokens[self.count] = token
        self.count += 1
        self.held += 1
        if 2 * self.held > self.mask:
            self.grow_table(2 * (self.mask + 1))
        return 0

    cdef Py_ssize_t end_row(self) except -1:
        """End the row, and return its number."""
        self.starts.append(self.count)
        self.row += 1
        self.held = 0
        return len(self.starts) - 2

    cdef tuple as_arrays(self):
        hashes = np.empty(self.count, dtype=np.uint32)
        cdef uint32_t[::1] out = hashes
        if self.count:
            memcpy(&out[0], self.tokens, self.count * sizeof(uint32_t))
        return hashes, np.array(self.starts, dtype=np.intp)


cdef class NameHasher:
    """Adds the tokens of elements to rows."""

    cdef TokenRows rows
    cdef Reader reader
    cdef Wanted wanted
    cdef frozenset skipped
    cdef Tag[TAGS] tags

    def __cinit__(self, frozenset attributes, frozenset skipped):
        self.rows, self.reader = TokenRows(), Reader()
        self.wanted, self.skipped = find_wanted(attributes), skipped

    cdef Tag find_tag(self, xmlNode* node) except *:
        """What is known of the tag of ``node``; names are kept once by libxml2, and so the table is one of addresses."""
        cdef size_t at = ((<size_t>node.name) >> 3) % TAGS
        cdef Tag found
        cdef bytes encoded
        if node.ns == NULL and self.tags[at].name == <const char*>node.name:
            return self.tags[at]
        name = namespacedName(node)
        encoded = (<str>name).encode("utf-8", "replace")
        found.name = <const char*>node.name if node.ns == NULL else NULL
        found.hash = hash_bytes(encoded, len(encoded), hash_bytes("<", 1, 0))
        found.is_skipped, found.is_link = name in self.skipped, name == "a"
        if node.ns == NULL:
            self.tags[at] = found
        return found

    cdef int add_names(self, xmlNode* node, uint32_t tag, uint32_t salt) except -1:
        """Add the tag, the parts of the names, and their neighbouring pairs."""
        cdef xmlAttr* attribute = node.properties
        cdef Reader reader = self.reader
        cdef Py_ssize_t at, end
        cdef int names = 0
        self.rows.add(tag ^ salt)
        while attribute != NULL and names < MAX_NAMES:
            if is_wanted(attribute, self.wanted):
                reader.open(read_value(node, attribute))
                at = 0
                while at < reader.size and names < MAX_NAMES:
                    if Py_UNICODE_ISSPACE(reader.get(at)):
                        at += 1
                        continue
                    end = at + 1
                    while end < reader.size and not Py_UNICODE_ISSPACE(reader.get(end)):
                        end += 1
                    self.add_parts(at, end, salt)
                    names += 1
                    at = end
            attribute = attribute.next
        return 0

    cdef int add_parts(self, Py_ssize_t at, Py_ssize_t end, uint32_t salt) except -1:
        """Add the parts of a name, and their neighbouring pairs."""
        cdef Py_ssize_t behind
        cdef uint32_t before = 0
        cdef int parts = 0
        while at < end and parts < MAX_PARTS:
            behind = self.reader.end_of_part(at, end)
            if behind == at:
                at += 1
                continue
            if parts:
                self.rows.add(self.reader.hash(at, behind, hash_bytes("_", 1, before), lower=True) ^ salt)
            before = self.reader.hash(at, behind, 0, lower=True)
            self.rows.add(before ^ salt)
            parts += 1
            at = behind
        return 0

    cdef int add_address(self, str href) except -1:
        """Add the host, the first parts of the path, and how deep and how long-winded it is."""
        cdef Reader reader = self.reader
        cdef Py_ssize_t size, at, path, end, behind, host
        cdef int parts = 0, slashes = 0, hyphens = 0
        reader.open(href)
        size = min(reader.size, MAX_ADDRESS)
        path = host = 0
        for scheme in ("", "http:", "https:"):
            at = len(scheme)
            if href.startswith(scheme) and at + 2 <= size and reader.get(at) == u"/" and reader.get(at + 1) == u"/":
                path = host = at + 2
                while path < size and reader.get(path) not in u"/?#":
                    path += 1
        at, end = path, reader.find(u"?", path, size)
        while at < end and parts < ADDRESS_PARTS:
            behind = reader.end_of_part(at, end)
            if behind > at:
                self.rows.add(reader.hash(at, behind, PATH, lower=True))
                parts += 1
            at = max(behind, at + 1)
        for at in range(path, end):
            slashes += reader.get(at) == u"/"
            hyphens += reader.get(at) == u"-"
        if host + 4 <= path and href[host:host + 4].lower() == "www.":
            host += 4
        self.rows.add(reader.hash(host, path, HOST, lower=True))
        self.rows.add(count_hashes[0][min(slashes, MAX_COUNTED)])
        self.rows.add(count_hashes[1][min(hyphens, MAX_COUNTED)])
        at = reader.find(u":", 0, min(size, SCHEME_CHARS))
        if at < min(size, SCHEME_CHARS):
            self.rows.add(reader.hash(0, at, SCHEME, lower=False))
        elif reader.size and reader.get(0) == u"#":
            self.rows.add(hash_bytes("True", 4, SCHEME))
        else:
            self.rows.add(hash_bytes("False", 5, SCHEME))
        return 0

    cdef Py_ssize_t add_near(self, xmlNode* top) except -1:
        """Add a row of an element and the inline elements in it."""
        cdef Tag tag = self.find_tag(top)
        cdef xmlNode* node = find_next(top, top)
        cdef int count = 0
        self.add_names(top, tag.hash, NEAR)
        if tag.is_link:
            self.add_link(top)
        while node != NULL and count < MAX_INLINE:
            count += 1
            tag = self.find_tag(node)
            if not tag.is_skipped:
                self.add_names(node, tag.hash, INSIDE)
                if tag.is_link:
                    self.add_link(node)
            node = find_next(node, top)
        return self.rows.end_row()

    cdef int add_link(self, xmlNode* node) except -1:
        address = find_address(node)
        if address:
            self.add_address(address)
        return 0

    cdef Py_ssize_t add_middle(self, xmlNode* node, object around) except -1:
        """Add a row of an element and the one of the box ``around``, if there is one."""
        self.add_names(node, self.find_tag(node).hash, MIDDLE)
        if around is not None:
            node = (<_Element>around.element)._c_node
            self.add_names(node, self.find_tag(node).hash, MIDDLE)
        return self.rows.end_row()

    cdef Py_ssize_t add_far(self, xmlNode* node, Py_ssize_t around) except -1:
        """Add a row of an element and all those of the row ``around``."""
        cdef Py_ssize_t at
        self.add_names(node, self.find_tag(node).hash, FAR)
        for at in range(<Py_ssize_t>self.rows.starts[around], <Py_ssize_t>self.rows.starts[around + 1]):
            self.rows.add(self.rows.tokens[at])
        return self.rows.end_row()


def hash_name_sets(list boxes not None, frozenset attributes not None, frozenset skipped not None) -> tuple:
    """See ``cleaner.classifier.name_tokens``."""
    cdef NameHasher hasher = NameHasher(attributes, skipped)
    cdef dict near = {}, middle = {}, far = {}
    cdef list rows = []
    for box in boxes:
        known = near.get(box.number)
        if known is None:
            parent = box.parent
            beyond = None if parent is None or parent.parent is None else parent.parent.parent
            known = near[box.number] = (
                hasher.add_near((<_Element>box.element)._c_node), find_middle(hasher, middle, parent),
                find_far(hasher, far, beyond),
            )
        rows.append(known)
    hashes, starts = hasher.rows.as_arrays()
    return hashes, starts, np.array(rows, dtype=np.intp)


cdef object find_middle(NameHasher hasher, dict rows, object box):
    """The row of a box and the one around it."""
    if box is None:
        return 0
    found = rows.get(box.number)
    if found is None:
        found = rows[box.number] = hasher.add_middle((<_Element>box.element)._c_node, box.parent)
    return found


cdef object find_far(NameHasher hasher, dict rows, object box):
    """The row of a box and all around it."""
    cdef list chain = []
    found = 0
    while box is not None:
        found = rows.get(box.number)
        if found is not None:
            break
        chain.append(box)
        box = box.parent
        found = 0
    for box in reversed(chain):
        found = rows[box.number] = hasher.add_far((<_Element>box.element)._c_node, found)
    return found
