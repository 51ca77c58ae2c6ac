
import numpy as np
from numpy.typing import NDArray

def sum_token_weights(
    table: NDArray[np.int8], hashes: NDArray[np.uint32], starts: NDArray[np.intp], sums: NDArray[np.float32]
) -> None: ...
