"""What does not hold together in policies is refused in Danish, and nothing is half done."""

from datetime import date, time

import pytest
from django.urls import reverse

from policies.models import Goal, Initiative, Meeting, Policy
from tests.test_coverage import initiative, make_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy():
    """Return a policy with three goals and an idea."""
    return make_committee().policies.get()


def change(editor, row, **values):
    """Post the form of one row with some `values` changed; return the answer."""
    address = reverse(f"admin:policies_{row._meta.model_name}_change", args=[row.pk])
    page = editor.get(address)
    assert page.status_code == 200
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.initial_forms]
    data = {field.html_name: field.value() for form in forms for field in form if field.value() is not None}
    return editor.post(address, data | {"_version": page.context["version_token"]} | values)


def test_the_unchanged_form_is_saved(editor, policy):
    assert change(editor, policy, title="Nyt navn").status_code == 302
    policy.refresh_from_db()
    assert policy.title == "Nyt navn"


def test_a_policy_is_not_part_of_itself(editor, policy):
    answer = change(editor, policy, parent=policy.pk)
    assert "Politikkerne kan ikke være dele af hinanden i ring." in answer.content.decode()
    policy.refresh_from_db()
    assert policy.parent is None


def test_policies_are_not_parts_of_each_other_in_a_ring(editor, policy):
    upper = Policy.objects.get(slug="roedovre-udsattepolitik")
    Policy.objects.filter(pk=upper.pk).update(parent=policy)
    answer = change(editor, policy, parent=upper.pk, title="Bliver husket")
    html = answer.content.decode()
    assert "Politikkerne kan ikke være dele af hinanden i ring." in html
    assert "Bliver husket" in html
    policy.refresh_from_db()
    assert (policy.parent, policy.title) == (None, "Prøvepolitik")


def test_goals_in_a_ring_behind_our_back_still_stand_on_the_page(visitor, policy):
    top, part = policy.goals.get(slug="top"), policy.goals.get(slug="del")
    Goal.objects.filter(pk=top.pk).update(parent=part)
    html = visitor.get(policy.get_absolute_url()).content.decode()
    assert html.count('id="top"') == html.count('id="del"') == html.count('id="ene"') == 1


def test_an_initiative_does_not_end_before_it_begins(editor, policy):
    initiative(policy.committee, "indsats", "ene")
    row = Initiative.objects.get(slug="indsats")
    answer = change(editor, row, starts_on="02.05.2026", ends_on="01.05.2026")
    assert "Indsatsen skal slutte samme dag som eller efter den begynder." in answer.content.decode()
    row.refresh_from_db()
    assert row.ends_on is None


@pytest.mark.parametrize("written", ["02.05.2026", "2-5-2026", "2/5/2026", "2026-05-02"])
def test_a_day_may_be_written_as_people_write_it(editor, policy, written):
    initiative(policy.committee, "indsats", "ene")
    row = Initiative.objects.get(slug="indsats")
    assert change(editor, row, starts_on=written).status_code == 302
    row.refresh_from_db()
    assert row.starts_on == date(2026, 5, 2)


@pytest.mark.parametrize("written", ["16.30", "16:30"])
def test_a_time_may_be_written_with_a_full_stop(editor, policy, written):
    row = Meeting.objects.create(committee=policy.committee, held_on=date(2027, 2, 3))
    assert change(editor, row, held_on="3-2-2027", starts_at=written).status_code == 302
    row.refresh_from_db()
    assert row.starts_at == time(16, 30)


@pytest.mark.parametrize("what", ["goal", "policy"])
def test_a_goal_is_not_deleted_from_under_an_initiative_that_stays(editor, policy, what):
    other = Policy.objects.get(slug="roedovre-udsattepolitik")
    row = Initiative.objects.create(policy=other, slug="indsats", title="Indsats fra en anden plan")
    goal = policy.goals.get(slug="ene")
    row.goals.add(goal)
    doomed = {"goal": goal, "policy": policy}[what]
    address = reverse(f"admin:policies_{what}_delete", args=[doomed.pk])
    sentence = "Indsatsen “Indsats fra en anden plan” tjener målet: peg den et andet sted hen først."
    assert sentence in editor.get(address).content.decode()
    answer = editor.post(address, {"post": "yes"})
    assert sentence in answer.content.decode()
    assert type(doomed).objects.filter(pk=doomed.pk).exists()
    assert row.goals.get() == goal
    row.goals.clear()
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not type(doomed).objects.filter(pk=doomed.pk).exists()


def test_goals_that_are_served_are_not_deleted_from_the_list_either(editor, policy):
    initiative(policy.committee, "indsats", "ene")
    goal = policy.goals.get(slug="ene")
    data = {"action": "delete_selected", "_selected_action": [goal.pk], "post": "yes"}
    answer = editor.post(reverse("admin:policies_goal_changelist"), data)
    assert "peg den et andet sted hen først" in answer.content.decode()
    assert Goal.objects.filter(pk=goal.pk).exists()


def test_a_goal_with_parts_is_not_deleted(editor, policy):
    goal = policy.goals.get(slug="top")
    editor.post(reverse("admin:policies_goal_delete", args=[goal.pk]), {"post": "yes"})
    assert Goal.objects.filter(pk=goal.pk).exists()


def test_a_policy_is_deleted_with_its_own_goals_and_initiatives(editor, policy):
    initiative(policy.committee, "indsats", "ene")
    address = reverse("admin:policies_policy_delete", args=[policy.pk])
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not Initiative.objects.filter(slug="indsats").exists()
