# cython: language_level=3
"""Attributes of elements, read from libxml2's nodes. The functions of the same names in Python define what is read."""

from libc.string cimport strcmp, strstr
from lxml.includes.etreepublic cimport _Element, attributeValue, elementFactory, import_lxml__etree, namespacedName, pyunicode
from lxml.includes.tree cimport XML_ELEMENT_NODE, XML_TEXT_NODE, xmlAttr, xmlNode

import_lxml__etree()

cdef extern from "Python.h":
    const char* PyUnicode_AsUTF8(object text) except NULL

cdef enum:
    MAX_ATTRIBUTES = 16
    BYLINE = 1
    DATE = 2


cdef class Wanted:
    """The names of attributes, as libxml2 has them; they point into the texts of ``source``."""

    def __cinit__(self, frozenset attributes):
        if len(attributes) > MAX_ATTRIBUTES:
            raise ValueError(f"{len(attributes)} attributes; the extension module is for at most {MAX_ATTRIBUTES}")
        self.source = attributes
        self.count = len(attributes)
        for place, name in enumerate(attributes):
            self.names[place] = PyUnicode_AsUTF8(name)


cdef dict known = {}
"""What was asked for before: a few sets that the package has as constants."""


cdef Wanted find_wanted(frozenset attributes):
    found = known.get(attributes)
    if found is None:
        found = known[attributes] = Wanted(attributes)
    return <Wanted>found


cdef bint is_wanted(xmlAttr* attribute, Wanted wanted) noexcept:
    cdef int place
    cdef const char* name = <const char*>attribute.name
    if attribute.ns != NULL:
        return False
    for place in range(wanted.count):
        if wanted.names[place][0] == name[0] and strcmp(wanted.names[place], name) == 0:
            return True
    return False


cdef object read_value(xmlNode* node, xmlAttr* attribute):
    cdef xmlNode* text = attribute.children
    if text == NULL:
        return ""
    if text.next == NULL and text.type == XML_TEXT_NODE and text.content != NULL:
        return pyunicode(text.content)
    return attributeValue(node, attribute)


cdef str join_names(xmlNode* node, Wanted wanted):
    cdef xmlAttr* attribute = node.properties
    cdef str names = None
    cdef list more = None
    while attribute != NULL:
        if is_wanted(attribute, wanted):
            value = read_value(node, attribute)
            if names is None:
                names = value
            elif more is None:
                more = [names, value]
            else:
                more.append(value)
        attribute = attribute.next
    if more is not None:
        return " ".join(more)
    return "" if names is None else names


cdef object find_address(xmlNode* node):
    cdef xmlAttr* attribute = node.properties
    while attribute != NULL:
        if attribute.ns == NULL and strcmp(<const char*>attribute.name, b"href") == 0:
            return read_value(node, attribute)
        attribute = attribute.next
    return None


cdef xmlNode* find_element(xmlNode* node) noexcept:
    """The first element from ``node`` on among those beside it."""
    while node != NULL and node.type != XML_ELEMENT_NODE:
        node = node.next
    return node


cdef xmlNode* find_next(xmlNode* node, xmlNode* top) noexcept:
    """The element after ``node`` in the order of the page, inside ``top``; NULL after the last."""
    cdef xmlNode* found = find_element(node.children)
    while found == NULL and node != top:
        found = find_element(node.next)
        node = node.parent
    return found


def read_names(_Element element not None, frozenset attributes not None) -> str:
    """See ``cleaner.page.element_names``."""
    return join_names(element._c_node, find_wanted(attributes))


def read_inline_elements(
    _Element element not None, frozenset attributes not None, frozenset skipped not None, Py_ssize_t limit
) -> list:
    """See ``cleaner.page.element_names``."""
    cdef xmlNode* top = element._c_node
    cdef xmlNode* node = find_next(top, top)
    cdef Wanted wanted = find_wanted(attributes)
    cdef Py_ssize_t count = 0
    cdef list found = []
    while node != NULL and count < limit:
        count += 1
        tag = namespacedName(node)
        if tag not in skipped:
            address = find_address(node) if tag == "a" else None
            found.append((tag, join_names(node, wanted), address))
        node = find_next(node, top)
    return found


cdef bint holds(xmlNode* node, xmlAttr* attribute, const char* part) except -1:
    """Whether the value of ``attribute`` contains ``part``, which is ASCII."""
    cdef xmlNode* text = attribute.children
    if text == NULL:
        return False
    if text.next == NULL and text.type == XML_TEXT_NODE and text.content != NULL:
        return strstr(<const char*>text.content, part) != NULL
    return (<bytes>part).decode() in read_value(node, attribute)


cdef int read_signs(xmlNode* node, object classify) except -1:
    """What the attributes of an element, and its tag, say of it."""
    cdef bint is_plain = node.ns == NULL
    cdef const char* tag = <const char*>node.name
    cdef bint is_link = is_plain and strcmp(tag, b"a") == 0, is_abbreviation = is_plain and strcmp(tag, b"abbr") == 0
    cdef int signs = DATE if is_plain and strcmp(tag, b"time") == 0 else 0
    cdef const char* name
    cdef xmlAttr* attribute = node.properties
    while attribute != NULL:
        name = <const char*>attribute.name
        if attribute.ns != NULL:
            pass
        elif strcmp(name, b"class") == 0:
            value = read_value(node, attribute)
            if value:
                signs |= <int>classify(value)
        elif strcmp(name, b"itemprop") == 0:
            if holds(node, attribute, b"date"):
                signs |= DATE
            if holds(node, attribute, b"author") and read_value(node, attribute) == "author":
                signs |= BYLINE
        elif strcmp(name, b"property") == 0:
            if holds(node, attribute, b":date"):
                signs |= DATE
        elif is_link and strcmp(name, b"rel") == 0:
            if holds(node, attribute, b"author"):
                signs |= BYLINE
        elif is_link and strcmp(name, b"href") == 0:
            if holds(node, attribute, b"/author/"):
                signs |= BYLINE
        elif is_abbreviation and strcmp(name, b"title") == 0:
            if read_value(node, attribute):
                signs |= DATE
        attribute = attribute.next
    return signs


def find_marked(_Element root not None, classify) -> list:
    """See ``cleaner.front_matter.marked_elements``."""
    cdef xmlNode* top = root._c_node
    cdef xmlNode* node = top
    cdef list found = []
    cdef int signs
    while node != NULL:
        signs = read_signs(node, classify)
        if signs:
            found.append((elementFactory(root._doc, node), signs))
        node = find_next(node, top)
    return found


def read_step(_Element element not None, write) -> str:
    """See ``cleaner.page.boxes``."""
    cdef xmlNode* node = element._c_node
    cdef xmlAttr* attribute = node.properties
    cdef const char* name
    cdef object identity = None, classes = None
    while attribute != NULL:
        name = <const char*>attribute.name
        if attribute.ns != NULL:
            pass
        elif strcmp(name, b"id") == 0:
            identity = read_value(node, attribute)
        elif strcmp(name, b"class") == 0:
            classes = read_value(node, attribute)
        elif strcmp(name, b"Origin") == 0 and strcmp(<const char*>node.name, b"article") == 0:
            origin = read_value(node, attribute)
            if origin:
                return origin
        attribute = attribute.next
    return write(namespacedName(node), identity, classes)


cdef bint has_class(xmlNode* node, xmlAttr* attribute, const char* name, size_t size) except -1:
    """Whether ``name``, which is ASCII and of ``size`` bytes, is one of the classes in the value of ``attribute``."""
    cdef xmlNode* text = attribute.children
    cdef const char* at
    cdef const char* start
    cdef bytes value
    if text == NULL:
        return False
    if text.next == NULL and text.type == XML_TEXT_NODE and text.content != NULL:
        start = <const char*>text.content
    else:
        value = (<str>read_value(node, attribute)).encode("utf-8", "replace")
        start = value
    at = strstr(start, name)
    while at != NULL:
        if (at == start or at[-1] in b" \t\r\n") and (at[size] == 0 or at[size] in b" \t\r\n"):
            return True
        at = strstr(at + 1, name)
    return False


def list_attributes(_Element root not None) -> set:
    """See ``cleaner.page.dom``."""
    cdef xmlNode* top = root._c_node
    cdef xmlNode* node = top
    cdef xmlAttr* attribute
    cdef set found = set()
    while node != NULL:
        attribute = node.properties
        while attribute != NULL:
            if attribute.ns == NULL and (
                strcmp(<const char*>attribute.name, b"class") == 0 or strcmp(<const char*>attribute.name, b"id") == 0
            ):
                found.add(read_value(node, attribute))
            attribute = attribute.next
        node = find_next(node, top)
    return found


def select_named(_Element root not None, str attribute not None, str name not None) -> list:
    """See ``cleaner.page.dom``."""
    cdef xmlNode* top = root._c_node
    cdef xmlNode* node = top
    cdef bytes wanted = attribute.encode(), encoded = name.encode()
    cdef const char* key = wanted
    cdef const char* text = encoded
    cdef size_t size = len(encoded)
    cdef bint is_class = attribute == "class"
    cdef xmlAttr* found
    cdef list elements = []
    while node != NULL:
        found = node.properties
        while found != NULL:
            if found.ns == NULL and strcmp(<const char*>found.name, key) == 0:
                if has_class(node, found, text, size) if is_class else read_value(node, found) == name:
                    elements.append(elementFactory(root._doc, node))
                break
            found = found.next
        node = find_next(node, top)
    return elements
