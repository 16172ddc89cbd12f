"""The link check, against real servers on this machine."""
