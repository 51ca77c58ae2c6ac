"""The learned tagger: what can be measured of a page's blocks, and the network that weighs it."""
