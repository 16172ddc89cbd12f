"""What the tests of the APIs have in common."""

from tests.test_budgets import many_rows as many_rows
