"""Dates and times as people in Denmark type them: 3.2.2027, 3-2-2027 or 3/2/2027, 16.00 or 16:00.

The first of each is also how a field shows its value, and what the desk's calendar and clock write.
"""

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"]
TIME_INPUT_FORMATS = ["%H:%M:%S", "%H:%M", "%H.%M"]
