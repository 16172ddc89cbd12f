"""Offers that another directory has published by HSDS 3.x: fetched, compared and taken in.

`fetching` asks the other server, `pages`, `files` and `tabular` find the records, `spool` keeps them,
`services` and `owners` say what each is here, `merging` what it would change, and `taking` does it, all or
nothing.
What an editor has changed since is never written over unasked (docs/hsds-import.md).
"""
