"""Which XPath expressions a rule may have: XPath 1.0, of bounded length and cost."""

from __future__ import annotations

import re

LIMIT = 500
"""Characters: several times what a person writes to point at an element."""
_DEEPEST = 2
"""Conditions inside one another. Each may look through an element's inside again, so the cost multiplies."""
_FARTHEST = 3
"""Steps of one path that lead to any depth or distance. On a page of 4,000 elements, 150 deep, three take seconds at
worst, and each further one many times as long."""

_FUNCTIONS = frozenset(
    "boolean ceiling concat contains count false floor id lang last local-name name namespace-uri normalize-space not "
    "number position round starts-with string string-length substring substring-after substring-before sum translate "
    "true node text comment processing-instruction and or div mod".split()
)
_LITERAL = re.compile(r"""'[^']*'|"[^"]*\"""")
_CALL = re.compile(r"([\w:.-]+)\s*\(")
_STRANGE = re.compile(r"\$|(?<!:):(?!:)")
_WHOLE_PAGE = re.compile(r"\b(?:following|preceding)\s*::")
_FAR = re.compile(r"//|\b(?:descendant|ancestor|following-sibling|preceding-sibling)\b")
# In a condition: from the root, from further up, or along two steps to any depth.
_FAR_AGAIN = re.compile(r"[\[(,=<>|+]\s*/|\s(?:and|or)\s+/|(?:[^.\s(\[]|\.\.)\s*//|\bdescendant")


def find_xpath_fault(xpath: str) -> str | None:
    """What keeps ``xpath`` out of a rule, or None. That it compiles is not looked at here."""
    if len(xpath) > LIMIT:
        return f"it has {len(xpath)} characters, over the limit of {LIMIT}"
    if not xpath.startswith(("/", "(")):
        return "it does not start with / or ("
    bare = _LITERAL.sub("''", xpath)
    if _STRANGE.search(bare):
        return "it has a variable or a namespace prefix"
    unknown = [name for name in _CALL.findall(bare) if name.rpartition("::")[2] not in _FUNCTIONS]
    if unknown:
        return f"`{unknown[0]}()` is no function of XPath 1.0"
    return _estimate_cost(bare)


def _estimate_cost(bare: str) -> str | None:
    outside, inside, deepest = _split_steps(bare)
    if deepest > _DEEPEST:
        return f"its conditions stand {deepest} deep inside one another, over the limit of {_DEEPEST}"
    if _WHOLE_PAGE.search(bare) or _FAR_AGAIN.search(inside):
        return "it looks through the whole page again for each element"
    farthest = max(len(_FAR.findall(path)) for path in outside.split("|"))
    if farthest > _FARTHEST:
        return f"{farthest} steps of a path lead to any depth or distance, over the limit of {_FARTHEST}"
    return None


def _split_steps(bare: str) -> tuple[str, str, int]:
    """The expression outside its conditions, what stands in them, and how deep they are."""
    depth = deepest = 0
    outside: list[str] = []
    inside: list[str] = []
    for character in bare:
        depth += character == "["
        deepest = max(deepest, depth)
        (inside if depth else outside).append(character)
        depth -= character == "]"
    return "".join(outside), "".join(inside), deepest
