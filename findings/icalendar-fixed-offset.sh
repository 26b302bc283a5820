#!/usr/bin/env bash
# An event was given a start in a zone that is a plain offset (datetime.timezone of +08:00). RFC 5545 3.2.19 wants a
# VTIMEZONE in the calendar for every TZID that is named; one would expect UTC time, or such a component. icalendar
# writes TZID="UTC+08:00" and no VTIMEZONE, so a client does not know when the event is.
# Seen on 2026-11-27 with icalendar 7.3.2.
# kfly meets it where deadlines become a calendar: they are all-day events, which name no zone.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2
"$work/venv/bin/python" - <<'PY'
import sys
from datetime import datetime, timedelta, timezone

from icalendar import Calendar, Event

calendar, event = Calendar(), Event()
event.add("dtstart", datetime(2022, 11, 30, 8, tzinfo=timezone(timedelta(hours=8))))
calendar.add_component(event)
text = calendar.to_ical().decode()
(start,) = [line for line in text.split("\r\n") if line.startswith("DTSTART")]
print(f"{start}; a VTIMEZONE in the calendar: {'BEGIN:VTIMEZONE' in text}")
sys.exit(not ("TZID" in start and "BEGIN:VTIMEZONE" not in text))
PY
