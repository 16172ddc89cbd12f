"""The words that are stored with each row for the search, by the field they stand in."""

from offers.search.stored import dumped


def policy_words(title: str, summary: str, vision: str, description: str) -> str:
    """Return what is stored with a policy."""
    return dumped({"title": title, "summary": summary, "body": f"{vision}\n{description}"})


def goal_words(title: str, description: str) -> str:
    """Return what is stored with a goal."""
    return dumped({"title": title, "body": description})


def initiative_words(title: str, summary: str, *sections: str) -> str:
    """Return what is stored with an initiative."""
    return dumped({"title": title, "summary": summary, "body": "\n".join(sections)})


def committee_words(name: str, responsibilities: str, summary: str, budget_area: str, note: str) -> str:
    """Return what is stored with a committee: what it answers for counts as keywords do."""
    body = f"{budget_area}\n{note}"
    return dumped({"title": name, "keywords": responsibilities, "summary": summary, "body": body})


def document_words(title: str, summary: str) -> str:
    """Return what is stored with a paper of the library."""
    return dumped({"title": title, "summary": summary})


def sdg_words(name: str) -> str:
    """Return what is stored with one of the world's goals."""
    return dumped({"title": name})
