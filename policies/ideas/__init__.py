"""The ideas of all catalogues: what has become of each, and the feed that tells of it."""
