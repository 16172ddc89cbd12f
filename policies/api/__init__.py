"""The open API of policies, goals, initiatives, indicators, committees and meetings."""
