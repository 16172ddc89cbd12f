"""How the site is, told without watching anybody: log lines, measurements, reports of faults, a page."""
