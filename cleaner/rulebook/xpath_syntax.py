"""Checking the XPath expressions of rules: XPath 1.0, of bounded length and cost."""

from __future__ import annotations

import re

MAX_XPATH_CHARS = 500
"""Characters of the longest expression: several times as many as selecting an element needs."""
_MAX_NESTED_CONDITIONS = 2
"""Depth of conditions within conditions. Each may search an element's descendants again, so the cost multiplies."""
_MAX_UNBOUNDED_STEPS = 3
"""Steps of one path that search any depth or distance. On a page of 4,000 elements, 150 deep, three take seconds at
worst, and each further one takes many times as long."""

_FUNCTIONS = frozenset(
    "boolean ceiling concat contains count false floor id lang last local-name name namespace-uri normalize-space not "
    "number position round starts-with string string-length substring substring-after substring-before sum translate "
    "true node text comment processing-instruction and or div mod".split()
)
_LITERAL = re.compile(r"""'[^']*'|"[^"]*\"""")
_CALL = re.compile(r"([\w:.-]+)\s*\(")
_VARIABLE_OR_PREFIX = re.compile(r"\$|(?<!:):(?!:)")
_WHOLE_PAGE = re.compile(r"\b(?:following|preceding)\s*::")
_UNBOUNDED_STEP = re.compile(r"//|\b(?:descendant|ancestor|following-sibling|preceding-sibling)\b")
# In a condition: from the root, from further up, or along two steps to any depth.
_REPEATED_SEARCH = re.compile(r"[\[(,=<>|+]\s*/|\s(?:and|or)\s+/|(?:[^.\s(\[]|\.\.)\s*//|\bdescendant")


def find_xpath_fault(xpath: str) -> str | None:
    """Return the reason why ``xpath`` cannot be in a rule, or None. Whether it compiles is not checked here."""
    if len(xpath) > MAX_XPATH_CHARS:
        return f"it has {len(xpath)} characters, over the limit of {MAX_XPATH_CHARS}"
    if not xpath.startswith(("/", "(")):
        return "it does not start with / or ("
    bare = _LITERAL.sub("''", xpath)
    if _VARIABLE_OR_PREFIX.search(bare):
        return "it has a variable or a namespace prefix"
    unknown = [name for name in _CALL.findall(bare) if name.rpartition("::")[2] not in _FUNCTIONS]
    if unknown:
        return f"`{unknown[0]}()` is not a function of XPath 1.0"
    return _find_cost_fault(bare)


def _find_cost_fault(bare: str) -> str | None:
    outside, inside, deepest = _split_steps(bare)
    if deepest > _MAX_NESTED_CONDITIONS:
        return f"its conditions are nested {deepest} deep, over the limit of {_MAX_NESTED_CONDITIONS}"
    if _WHOLE_PAGE.search(bare) or _REPEATED_SEARCH.search(inside):
        return "it searches the whole page again for each element"
    farthest = max(len(_UNBOUNDED_STEP.findall(path)) for path in outside.split("|"))
    if farthest > _MAX_UNBOUNDED_STEPS:
        return f"{farthest} steps of a path search any depth or distance, over the limit of {_MAX_UNBOUNDED_STEPS}"
    return None


def _split_steps(bare: str) -> tuple[str, str, int]:
    """Return the expression outside its conditions, the text of the conditions, and their greatest depth."""
    depth = deepest = 0
    outside: list[str] = []
    inside: list[str] = []
    for character in bare:
        depth += character == "["
        deepest = max(deepest, depth)
        (inside if depth else outside).append(character)
        depth -= character == "]"
    return "".join(outside), "".join(inside), deepest
