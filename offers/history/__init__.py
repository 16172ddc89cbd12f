"""Versions of things: what they were, who changed them, what differs, and how one gets them back."""
