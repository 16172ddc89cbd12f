"""The people behind the site: their roles, and how they log in."""
