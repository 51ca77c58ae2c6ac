# cython: language_level=3
"""The boxes of a page, of which there are hundreds. The class in Python defines them."""

cimport cython

cdef object boxes = None
"""The module of the definition, imported when it is complete."""


@cython.final
@cython.no_gc  # a box knows those around it only, so there are no cycles
@cython.freelist(256)
cdef class Box:
    """See ``cleaner.page.boxes``."""

    cdef public object element
    cdef public Box parent
    cdef public Py_ssize_t number
    cdef public Py_ssize_t end
    cdef public object role
    cdef public bint hidden
    cdef public Py_ssize_t depth
    cdef str _path

    def __init__(self, element, Box parent, Py_ssize_t number, role, *, bint hidden):
        self.element = element
        self.parent = parent
        self.number = number
        self.end = number + 1
        self.role = role
        self.hidden = hidden
        self.depth = 0 if parent is None else parent.depth + 1

    @property
    def path(self) -> str:
        """See ``cleaner.page.boxes``."""
        global boxes
        if boxes is None:
            from cleaner.page import boxes
        if self._path is None:
            step = boxes.read_step(self.element, boxes._write_step)
            self._path = step if self.parent is None else f"{self.parent.path}/{step}"
        return self._path
