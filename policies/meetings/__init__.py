"""Meetings as they travel: the feeds one follows, and the files that editors hand in."""
