"""The library: its page, and the feed by which one follows it."""
