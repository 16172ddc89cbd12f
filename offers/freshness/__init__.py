"""What keeps offers true: which facts are due, who confirms them, and the mails that ask."""
