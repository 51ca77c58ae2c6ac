import numpy as np
from numpy.typing import NDArray

def sum_token_weights(
    table: NDArray[np.int8], hashes: NDArray[np.uint32], starts: NDArray[np.intp], sums: NDArray[np.float32]
) -> None: ...
def add_leaves(
    rows: NDArray[np.float32],
    columns: NDArray[np.intp],
    borders: NDArray[np.float32],
    leaves: NDArray[np.float32],
    total: NDArray[np.float32],
) -> None: ...
def fill_neighbours(
    shares: NDArray[np.float32],
    weight: NDArray[np.float32],
    heading: NDArray[np.intp],
    paths: NDArray[np.intp],
    own: NDArray[np.intp],
    end: NDArray[np.intp],
    boxes: NDArray[np.intp],
    radius: int,
    out: NDArray[np.float32],
) -> None: ...
