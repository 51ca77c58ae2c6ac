import numpy as np
from numpy.typing import NDArray

def roll_hashes(
    texts: list[str], folded: NDArray[np.uint32], letters: NDArray[np.uint8], short: int, dense: int
) -> tuple[NDArray[np.uint32], NDArray[np.intp], NDArray[np.uint32], NDArray[np.intp]]: ...
def count_characters(
    texts: list[str],
    classes: NDArray[np.uint16],
    counted: tuple[int, ...],
    marks: tuple[int, int, int, int, int],
    short: int,
) -> NDArray[np.float32]: ...
def measure_edges(texts: list[str], classes: NDArray[np.uint16], head: int, most_lines: int) -> NDArray[np.int64]: ...
