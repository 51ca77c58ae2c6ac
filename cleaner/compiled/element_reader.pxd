"""What other extension modules use of ``element_reader``."""

from lxml.includes.tree cimport xmlAttr, xmlNode


cdef class Wanted:
    cdef const char* names[16]
    cdef int count
    cdef frozenset source


cdef Wanted find_wanted(frozenset attributes)
cdef bint is_wanted(xmlAttr* attribute, Wanted wanted) noexcept
cdef object read_value(xmlNode* node, xmlAttr* attribute)
cdef str join_names(xmlNode* node, Wanted wanted)
cdef object find_address(xmlNode* node)
cdef xmlNode* find_next(xmlNode* node, xmlNode* top) noexcept
