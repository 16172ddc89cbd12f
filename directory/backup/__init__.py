"""A copy of everything in one file, and the way back: `manage.py backup` and `manage.py restore`."""
