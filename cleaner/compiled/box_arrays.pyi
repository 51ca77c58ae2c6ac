from collections.abc import Callable, Sequence
from typing import Any

from numpy.typing import NDArray

from cleaner.page.dom import Box, Element

def list_boxes(
    boxes: Sequence[Box], tag_bits: dict[object, int], classify: Callable[[Element], int]
) -> tuple[NDArray[Any], ...]: ...
