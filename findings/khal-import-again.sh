#!/usr/bin/env bash
# One event was taken in by “khal import”, then once more with the same UID and another summary, as a newer calendar
# file does. One expects the event's file in the calendar's folder to be replaced, and nothing else to lie there. The
# event is replaced, and two files named after it with random letters behind stay in the folder for good, two more at
# each further time; other programs that read or synchronise the folder see them.
# Seen on 2026-11-28 with khal 0.14.1.
# kfly meets it where deadlines become a calendar: a newer file updates the events of the older one by their UIDs.
# docs/papers.md says that those files may be deleted.
# Known to its makers: https://github.com/pimutils/khal/pull/1440
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check khal==0.14.1
mkdir "$work/calendar"
cat >"$work/config" <<CONFIG
[calendars]
[[plan]]
path = $work/calendar
[sqlite]
path = $work/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
CONFIG
for summary in First Second; do
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example//EN BEGIN:VEVENT UID:task@example.org \
        DTSTAMP:20220101T000000Z 'DTSTART;VALUE=DATE:20220630' "SUMMARY:$summary" END:VEVENT END:VCALENDAR \
        >"$work/plan.ics"
    "$work/venv/bin/khal" -c "$work/config" import --batch "$work/plan.ics"
done
shown=$("$work/venv/bin/khal" -c "$work/config" list 2022-06-30 1d | tail -n 1 | tr -d ' ')
left=$(find "$work/calendar" -name 'task@example.org.ics?*' | wc -l)
echo "khal shows the event as “$shown”; files left beside that of the event: $left"
test "$shown" = Second && test "$left" -eq 2
