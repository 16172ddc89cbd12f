"""The list one hands on (din liste): codes of offers and a day, in an address and nowhere else."""
