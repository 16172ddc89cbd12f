"""Offers of other directories: what is taken, what is kept, and what is refused."""
