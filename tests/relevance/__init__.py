"""Judged queries: how good the search is, in figures."""
