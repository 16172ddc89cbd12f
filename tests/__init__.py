"""The tests: each file is the specification of one page, rule or command."""
