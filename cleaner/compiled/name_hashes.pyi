import numpy as np
from numpy.typing import NDArray

from cleaner.page.boxes import Box

def hash_name_sets(
    boxes: list[Box], attributes: frozenset[str], skipped: frozenset[str]
) -> tuple[NDArray[np.uint32], NDArray[np.intp], NDArray[np.intp]]: ...
