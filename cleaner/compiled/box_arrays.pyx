# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The boxes of a page as arrays. The function in Python defines them."""

from libc.stdint cimport int64_t
from lxml.includes.etreepublic cimport _Element, import_lxml__etree, namespacedName
from lxml.includes.tree cimport xmlNode

from cleaner.compiled.element_reader cimport Wanted, find_wanted, join_names

import numpy as np

import_lxml__etree()


def list_boxes(boxes not None, dict tag_bits not None, frozenset attributes not None, classify) -> tuple:
    """See ``cleaner.classifier.box_tree``."""
    cdef Py_ssize_t most = -1, number, count = 0, at
    cdef list ordered
    cdef xmlNode* node
    cdef Wanted wanted = find_wanted(attributes)
    cdef str called
    for box in boxes:
        most = max(most, <Py_ssize_t>box.number)
    ordered = [None] * (most + 1)  # parents have smaller numbers
    for box in boxes:
        around = box
        while around is not None:
            number = around.number
            if ordered[number] is not None:
                break
            ordered[number] = around
            count += 1
            around = around.parent
    places = np.full(most + 2, count, dtype=np.intp)
    parents, ends, owns = (np.empty(size, dtype=np.intp) for size in (count, count, len(boxes)))
    depths = np.empty(count, dtype=np.float32)
    all_tags, all_names, all_inside = (np.empty(count, dtype=np.int64) for _ in range(3))
    cdef Py_ssize_t[::1] place = places, parent = parents, end = ends, own = owns
    cdef float[::1] depth = depths
    cdef int64_t[::1] tags = all_tags, names = all_names, inside = all_inside
    at = 0
    for number in range(most + 1):
        box = ordered[number]
        place[number] = at
        if box is None:
            continue
        node = (<_Element>box.element)._c_node
        tags[at] = tag_bits.get(namespacedName(node), 0)
        called = join_names(node, wanted)
        names[at] = inside[at] = classify(called) if called else 0
        depth[at] = box.depth
        parent[at] = count if box.parent is None else place[<Py_ssize_t>box.parent.number]
        if parent[at] < count:
            tags[at] |= tags[parent[at]]
            inside[at] |= inside[parent[at]]
        at += 1
    at = 0
    for number in range(most + 1):
        box = ordered[number]
        if box is not None:
            end[at] = place[min(<Py_ssize_t>box.end, most + 1)]
            at += 1
    at = 0
    for box in boxes:
        own[at] = place[<Py_ssize_t>box.number]
        at += 1
    return parents, ends, depths, all_tags, all_names, all_inside, owns
