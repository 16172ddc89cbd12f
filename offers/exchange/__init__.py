"""Tables that editors take out, work on in a spreadsheet and hand in again: offers, organisations, venues.

`sheets` says which columns there are, `reading` and `writing` know the files, `plan` says what a file would
do, `applying` does it, all or nothing, `undoing` takes it back, and `runs` keeps the record.

django-import-export saves row by row and undoes nothing, so its resources are not used.
"""
