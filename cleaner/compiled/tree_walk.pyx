# cython: language_level=3
"""The walk over the tree of an HTML page, on libxml2's nodes: a Python object is made only of elements that need one.

What an element is, and how it is read, is decided by the same tables and functions that the definition in Python uses.
"""

from libc.string cimport strchr, strcmp
from lxml.includes.etreepublic cimport (
    _Document, _Element, attributeValue, elementFactory, import_lxml__etree, tailOf, textOf,
)
from lxml.includes.tree cimport (
    XML_CDATA_SECTION_NODE, XML_COMMENT_NODE, XML_ELEMENT_NODE, XML_ENTITY_REF_NODE, XML_PI_NODE, XML_TEXT_NODE, xmlAttr,
    xmlNode,
)

import_lxml__etree()

cdef enum:
    BLOCK, FALLBACK, SKIPPED, BREAK, INLINE

cdef enum:
    # What the attributes of an element may change.
    STYLE = 1
    HIDDEN = 2
    ARIA_HIDDEN = 4
    ROLE = 8

cdef object page = None
"""The module of the definition, imported when it is complete."""
cdef object unseen = None
cdef object classify_names = None
cdef object cut_new_window_note = None
cdef object read_drop_cap = None
cdef object is_hidden = None
cdef object is_new_window_note = None
cdef object ends_like_sentence = None
cdef object Box = None
cdef object Block = None
cdef object Picture = None
cdef object join_paragraphs = None
cdef object normalize_line = None
cdef object is_markup = None
cdef object marked_roles = None
cdef object DROP_CAP = None
cdef object PARAGRAPH_ROLE = None
cdef object CODE_ROLE = None
cdef long UNSEEN = 0
cdef long CODE = 0
cdef dict tags = {}
"""The tags that the walk knows, by their names as bytes."""


cdef class Tag:
    """What the walk needs to know of a tag."""

    cdef str name
    cdef int kind
    cdef object role
    cdef bint is_link, is_span, is_math, is_picture, is_script, is_item, is_row, is_code, is_dialog, is_h1, is_script_text
    cdef bint resets, is_void


def _load():
    global page, unseen, classify_names, cut_new_window_note, read_drop_cap, is_hidden, Box
    global is_new_window_note, ends_like_sentence, Block, Picture, join_paragraphs, normalize_line, is_markup, marked_roles
    global DROP_CAP, PARAGRAPH_ROLE, CODE_ROLE, UNSEEN, CODE
    from cleaner.language import sentences
    from cleaner.model import Role
    from cleaner.page import block_writer, blocks_html, class_names, drop_caps, element_kinds, link_notes, twins, unseen_text

    cdef Tag tag
    for name in {*element_kinds.KINDS, *unseen_text._INLINE_TAGS}:
        tag = Tag()
        tag.name = name
        tag.kind = element_kinds.KINDS.get(name, INLINE)
        tag.role = element_kinds.ROLES.get(name)
        tag.is_link, tag.is_span, tag.is_math = name == "a", name == "span", name == "math"
        tag.is_picture, tag.is_script = name in blocks_html._PICTURE_TAGS, name in blocks_html._SCRIPT_TAGS
        tag.is_item, tag.is_row, tag.is_code = name == "li", name == "tr", name == "pre"
        tag.is_dialog, tag.is_h1, tag.is_script_text = name == "dialog", name == "h1", name == "script"
        tag.is_void = name in unseen_text._VOID_TAGS
        tag.resets = name in blocks_html._RESETTING_TAGS
        tags[name.encode()] = tag
    unseen, classify_names = unseen_text, class_names.classify_names
    cut_new_window_note, read_drop_cap = link_notes.cut_new_window_note, drop_caps.read_drop_cap
    is_new_window_note, ends_like_sentence = link_notes.is_new_window_note, sentences.ends_like_sentence
    is_hidden, is_markup, marked_roles = twins.is_hidden, block_writer._is_markup, block_writer._MARKED_ROLES
    Box, Block, Picture = block_writer.Box, block_writer.Block, blocks_html.Picture
    join_paragraphs, normalize_line = block_writer.join_paragraphs, block_writer.normalize_line
    DROP_CAP, PARAGRAPH_ROLE, CODE_ROLE = unseen_text.Reading.DROP_CAP, Role.PARAGRAPH, Role.CODE
    UNSEEN, CODE = class_names.UNSEEN, class_names.CODE
    page = blocks_html


cdef inline Tag find_tag(xmlNode* node):
    """What is known of the tag of ``node``; None for one that is unknown, in a namespace, or no element."""
    if node.type != XML_ELEMENT_NODE or node.ns != NULL:
        return None
    return tags.get(<bytes>(<const char*>node.name))


cdef inline bint is_text(xmlNode* node) noexcept:
    return node != NULL and (node.type == XML_TEXT_NODE or node.type == XML_CDATA_SECTION_NODE)


cdef inline bint starts_text(xmlNode* node) noexcept:
    """Whether ``node`` is text that is not empty."""
    return is_text(node) and node.content != NULL and node.content[0] != 0


cdef inline bint is_child(xmlNode* node) noexcept:
    """Whether ``node`` is one of those that lxml has an object for."""
    return (
        node.type == XML_ELEMENT_NODE
        or node.type == XML_COMMENT_NODE
        or node.type == XML_PI_NODE
        or node.type == XML_ENTITY_REF_NODE
    )


cdef xmlAttr* find_attribute(xmlNode* node, const char* name) noexcept:
    cdef xmlAttr* attribute = node.properties
    while attribute != NULL:
        if attribute.ns == NULL and strcmp(<const char*>attribute.name, name) == 0:
            return attribute
        attribute = attribute.next
    return NULL


cdef int find_signs(xmlNode* node) noexcept:
    """Which attributes ``node`` has that may change how it is read, apart from its classes."""
    cdef int found = 0
    cdef const char* name
    cdef xmlAttr* attribute = node.properties
    while attribute != NULL:
        name = <const char*>attribute.name
        if name[0] == b"s" and strcmp(name, "style") == 0:
            found |= STYLE
        elif name[0] == b"h" and strcmp(name, "hidden") == 0:
            found |= HIDDEN
        elif name[0] == b"a" and strcmp(name, "aria-hidden") == 0:
            found |= ARIA_HIDDEN
        elif name[0] == b"r" and strcmp(name, "role") == 0:
            found |= ROLE
        attribute = attribute.next
    return found


cdef long read_classes(xmlNode* node) except -1:
    """What the classes of ``node`` say of it, as ``classify_element`` does."""
    cdef xmlAttr* attribute = find_attribute(node, "class")
    if attribute == NULL:
        return 0
    value = attributeValue(node, attribute)
    return <long>classify_names(value) if value else 0


cdef bint has_block(xmlNode* node) except -1:
    """Whether a descendant of ``node`` is a block-level element."""
    cdef xmlNode* child = node.children
    cdef Tag tag
    while child != NULL:
        if child.type == XML_ELEMENT_NODE:
            tag = find_tag(child)
            if (tag is not None and tag.kind == BLOCK) or has_block(child):
                return True
        child = child.next
    return False


cdef object read_end(xmlNode* node):
    """The text at the end of an element, behind the last element in it; None if there is none."""
    cdef xmlNode* last = node.last
    while last != NULL and not is_child(last):
        last = last.prev
    return textOf(node) if last == NULL else tailOf(last)


cdef bint is_read_as_itself(xmlNode* node, Tag tag, bint linked) except -1:
    """Whether an inline element is certainly read as a part of the text around it, with no question to the definition."""
    cdef int signs
    cdef xmlAttr* attribute
    if tag.is_math or tag.is_picture or tag.is_script:
        return False
    signs = find_signs(node)
    if signs & (STYLE | HIDDEN | ARIA_HIDDEN):
        return False
    if tag.is_link:
        attribute = find_attribute(node, "href")
        while attribute != NULL and attribute.children != NULL:
            if attribute.children.next != NULL or not is_text(attribute.children):
                return False
            if attribute.children.content != NULL and strchr(<const char*>attribute.children.content, b"#") != NULL:
                return False
            break
    if tag.is_span:
        if signs & ROLE:
            return False
        if linked:
            if is_text(node.children) and is_new_window_note(textOf(node) or ""):
                return False
        elif not starts_text(node.next) and node.children != NULL and ends_like_sentence(read_end(node) or ""):
            return False
    return read_classes(node) == 0


cdef bint is_plain_picture(xmlNode* node, Tag tag) except -1:
    """Whether an element is certainly a picture that is shown."""
    return tag.is_picture and find_signs(node) & ~(STYLE if tag.is_void else 0) & ~ROLE == 0 and read_classes(node) == 0


cdef bint is_in_ordered_list(xmlNode* node) noexcept:
    """Whether the element around ``node`` may be an ``ol``, whose items have numbers."""
    cdef xmlNode* around = node.parent
    return around == NULL or around.name == NULL or strcmp(<const char*>around.name, b"ul") != 0


cdef bint ends_with_break(list texts) except -1:
    """The definition's ``ends_with_break``."""
    cdef Py_ssize_t at
    for at in range(len(texts) - 1, -1, -1):
        if texts[at] is None:
            return True
        if not (<str>texts[at]).isspace():
            return False
    return False


cdef int emit(object walker, list texts, list links, object box) except -1:
    """The definition's ``emit``."""
    cdef object role = box.role, marker
    cdef bint hidden = box.hidden
    cdef list blocks = walker.blocks
    for text, share in join_paragraphs(texts, links, normalize_line, keep_lines=role is CODE_ROLE):
        if not text or (hidden and is_markup(text)):
            continue
        marker = None
        if walker.marker and role in marked_roles and not hidden:
            marker, walker.marker = walker.marker, None
        walker.boxes.append(box)
        blocks.append(Block(
            index=len(blocks), text=text, role=role, marker=marker, path=box.path, depth=box.depth, link_share=share, hidden=hidden,
        ))
    return 0


cdef int flush(object walker, object box) except -1:
    """The definition's ``flush``."""
    cdef list texts = walker.texts, links = walker.links
    if walker.aside:
        walker.flush(box)
    elif texts:
        emit(walker, texts, links, box)
        texts.clear()
        links.clear()
    return 0


cdef int read_node(object walker, xmlNode* node, _Document doc, object box, bint linked) except -1:
    """The definition's ``read``, for a node."""
    cdef list texts = walker.texts
    cdef list links = walker.links
    cdef xmlNode* child
    cdef Tag tag
    cdef int kind
    cdef long names
    cdef object text = textOf(node), instead, element
    if text and (texts or not (<str>text).isspace()):
        if walker.drop_cap and not (<str>text).isspace():
            walker.take_drop_cap()
        texts.append(cut_new_window_note(text) if linked else text)
        links.append(linked)
    child = node.children
    while child != NULL:
        if not is_child(child):
            child = child.next
            continue
        tag = find_tag(child)
        instead = None
        kind = INLINE if tag is None else tag.kind
        if kind == INLINE:
            if tag is not None and is_read_as_itself(child, tag, linked):
                if texts and ends_with_break(texts) and has_block(child):
                    flush(walker, box)
                read_node(walker, child, doc, box, linked or tag.is_link)
            elif tag is not None and is_plain_picture(child, tag):
                walker.pictures.append(Picture(elementFactory(doc, child), box, len(walker.blocks) - (not texts)))
            else:
                element = elementFactory(doc, child)
                instead = unseen.find_inline_reading(element, str(element.tag), linked=linked)
                if instead is None:
                    walker.read_inline(element, box, linked=linked)
                else:
                    walker.read_instead(element, box, instead, linked=linked)
        elif kind == BLOCK:
            names = read_classes(child)
            element = elementFactory(doc, child)
            if names or tag.is_code or box.role is CODE_ROLE:
                instead = walker.read_special(element, box, names, linked=linked)
            if instead is None:
                if texts or walker.aside:
                    flush(walker, box)
                enter_node(walker, child, doc, element, tag, box, linked, names)
        elif kind == FALLBACK:
            walker.read_fallback(elementFactory(doc, child), box, linked=linked)
        elif kind == BREAK:
            texts.append(None)
            links.append(False)
        elif tag.is_script_text and find_attribute(child, "type") != NULL:
            text = unseen.read_script_formula(elementFactory(doc, child))
            if text:
                texts.append(text)
                links.append(linked)
        text = tailOf(child)
        if instead is DROP_CAP:
            text = read_drop_cap(elementFactory(doc, child), text)[1]
        if text and (texts or not (<str>text).isspace()):
            texts.append(text)
            links.append(linked)
        child = child.next
    return 0


cdef int enter_node(
    object walker, xmlNode* node, _Document doc, object element, Tag tag, object around, bint linked, long names
) except -1:
    """The definition's ``enter``, for a node."""
    cdef int signs = find_signs(node)
    cdef object number = walker.entered, role = tag.role, box
    cdef bint hidden = around.hidden
    if not hidden:
        if signs & STYLE or tag.is_dialog:
            hidden = is_hidden(element, tag.name, names)
        else:
            hidden = (signs & HIDDEN) != 0 or ((names & UNSEEN) != 0 and not tag.is_h1)
    walker.entered = number + 1
    if role is None:
        role = around.role if not tag.resets and around.role in page._INHERITED_ROLES else PARAGRAPH_ROLE
    box = Box(element, around, number, role, hidden=hidden)
    if names & CODE:
        box.role = CODE_ROLE
    if tag.is_item:
        walker.marker = walker.next_marker(box) if is_in_ordered_list(node) else None
    if tag.is_row:
        walker.read_row(element, box)
    else:
        read_node(walker, node, doc, box, linked)
    if walker.texts or walker.aside:
        flush(walker, box)
    if tag.is_item:
        walker.marker = None
    box.end = walker.entered
    return 0


def read_element(walker, _Element element, box, *, bint linked) -> None:
    """See ``cleaner.page.blocks_html``."""
    if page is None:
        _load()
    read_node(walker, element._c_node, element._doc, box, linked)
