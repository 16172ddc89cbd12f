"""Search in Danish: letters, stems and compounds; each module one step, all of them pure functions."""
