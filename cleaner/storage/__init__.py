"""Reading local and remote files, writing files atomically, and the files of a run."""
