"""The open API of offers, /api/hsds: the Human Services Data Specification (HSDS) 3.2.

`records` are its objects, `said` makes them of our rows for every outlet there is, `rows` finds the rows,
and `api` has the addresses. `files` has all offers in one, `kept` keeps those, and `downloads` gives them
out. What HSDS has no field for is in `terms` (docs/decisions/0018).
"""
