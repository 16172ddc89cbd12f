"""The world's 17 goals: what each has here, and why it is there."""
