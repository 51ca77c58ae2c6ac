from collections.abc import Callable, Sequence
from typing import Any

from numpy.typing import NDArray

from cleaner.page.boxes import Box

def list_boxes(
    boxes: Sequence[Box], tag_bits: dict[object, int], attributes: frozenset[str], classify: Callable[[str], int]
) -> tuple[NDArray[Any], ...]: ...
