"""Ages in words, as one would say them on the phone."""


def age_in_words(youngest: int | None, oldest: int | None) -> str:
    """Return whom the age limits let in; both limits are included, None is no limit.

    >>> age_in_words(9, 12), age_in_words(18, None), age_in_words(None, 29), age_in_words(None, None)
    ('9–12 år', 'Fra 18 år', 'Til og med 29 år', 'Alle aldre')
    """
    if youngest is None and oldest is None:
        return "Alle aldre"
    if youngest is None:
        return f"Til og med {oldest} år"
    if oldest is None:
        return f"Fra {youngest} år"
    return f"{youngest} år" if youngest == oldest else f"{youngest}–{oldest} år"
