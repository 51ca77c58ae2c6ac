"""Files: reading them wherever they are, writing them so that none is ever half written, and the files of a run."""
