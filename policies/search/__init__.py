"""How policies, goals, initiatives, committees and papers are found, by the index of `offers.search`."""
