"""The forms of the desk, filled in as they stand but for some fields with something cunning: no fault."""

import os

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.desks import WRITTEN, address, browser_form, each, make_rows
from tests.security.hostile import text

# So many for each of the desks (`FUZZ_REQUESTS` in all, as in `test_hostile`).
COUNT = int(os.environ.get("FUZZ_REQUESTS", "60")) // len(WRITTEN) + 1
manner = settings(
    max_examples=COUNT,
    derandomize="FUZZ_REQUESTS" not in os.environ,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@each(WRITTEN)
def test_a_form_with_cunning_fields_is_answered_without_a_fault(editor, desk):
    editor.raise_request_exception = False
    row = desk.model.objects.order_by("pk").first() or make_rows(desk, 1)[0]
    url = address(desk, "change", row.pk)
    filled = browser_form(editor, url)
    cunning = st.dictionaries(st.sampled_from(sorted(filled)), text, min_size=1, max_size=4)

    @manner
    @given(cunning, st.sampled_from(["_save", "_continue", "_addanother", "_saveasnew"]))
    def no_fault(changed, button):
        with transaction.atomic():
            answer = editor.post(url, {**filled, **changed, button: "1"})
            transaction.set_rollback(True)
        assert answer.status_code < 500, (url, changed, getattr(answer, "exc_info", None))

    no_fault()
