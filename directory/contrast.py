"""Whether a colour can be read: the contrast of WCAG 2.2, and what follows from one colour.

Pure functions. Colours are text, “#rrggbb”; a ratio is from 1 (the same) to 21 (black on white).
"""

import re

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# What text must have against what lies behind it: WCAG 2.2, 1.4.3, level AA.
ENOUGH = 4.5
WHITE, BLACK = "#ffffff", "#000000"
# What links stand on, by its name in static/vejviser.css; a test compares the two.
LIGHT = {
    "page": "#ffffff",
    "surface": "#ffffff",
    "soft": "#f0f4f4",
    "acute-soft": "#fdf0f0",
    "warning-soft": "#fff4d9",
    "mark": "#ffe9a8",
}
DARK = {
    "page": "#12181a",
    "surface": "#1a2224",
    "soft": "#202a2c",
    "acute-soft": "#3a1f1f",
    "warning-soft": "#40320f",
    "mark": "#5c4a12",
}
STEPS = 200


def channels(colour: str) -> tuple[int, ...]:
    """Return red, green and blue, each 0–255."""
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def luminance(colour: str) -> float:
    """Return the relative luminance, 0–1, as WCAG 2.2 defines it."""
    shares = (value / 255 for value in channels(colour))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with a share (0–1) of another in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def in_the_light(colour: str) -> float:
    """Return the poorest contrast of a colour that is a link on the light page, and lies under white."""
    return min(ratio(colour, behind) for behind in LIGHT.values())


def darker_that_passes(colour: str) -> str:
    """Return the colour itself when it can be read in the light, else the nearest darker one that can."""
    steps = (mixed(colour, BLACK, step / STEPS) for step in range(STEPS + 1))
    return next(one for one in steps if in_the_light(one) >= ENOUGH)


def link_in_the_dark(colour: str) -> str:
    """Return the nearest lighter colour that can be read on everything of the dark page."""
    steps = (mixed(colour, WHITE, step / STEPS) for step in range(STEPS + 1))
    return next(one for one in steps if all(ratio(one, behind) >= ENOUGH for behind in DARK.values()))


def button_in_the_dark(colour: str) -> str:
    """Return the lightest shade of a colour on which white text can be read, so that it stands out."""
    steps = (mixed(colour, WHITE, step / STEPS) for step in range(STEPS, -1, -1))
    return next((one for one in steps if ratio(one, WHITE) >= ENOUGH), colour)


def fault(colour: str) -> str:
    """Return what is wrong with a municipality's colour, as the rest of a Danish sentence, or nothing."""
    if not COLOUR.fullmatch(colour):
        return "skriv farven som # og seks tegn, fx #0b5d6b."
    found = in_the_light(colour)
    if found >= ENOUGH:
        return ""
    number = f"{int(found * 10) / 10:.1f}".replace(".", ",")
    return (
        f"den er for lys til links og knapper. Kontrasten er {number}, og den skal være mindst 4,5. "
        f"Prøv {darker_that_passes(colour)}, der er mørkere."
    )
