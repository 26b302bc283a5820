#!/usr/bin/env bash
# The bytes FE59, A6D9 and A8BC of a text in GB18030 were decoded with Python. The standard has given them the signs
# U+9FB4, U+FE10 (both since GB 18030-2022) and U+1E3F (since GB 18030-2005), as the Encoding Standard's index has it:
# https://encoding.spec.whatwg.org/index-gb18030.txt. Python's codec follows the table of 2000 and gives the code points
# of private use U+E81E, U+E78D and U+E7C7, which no font need know.
# Seen on 2026-11-27 with CPython 3.11.7.
# kfly meets it in CSV files that Excel and WPS write on Chinese Windows; kfly/registry/sheets/gb18030.py puts the signs
# of today in their place, and any other sign of private use in such a file is a fault at its cell.
# Not reported yet.
set -euo pipefail
python3 - <<'PY'
import sys

codes = {"FE59": ("\u9fb4", "\ue81e"), "A6D9": ("\ufe10", "\ue78d"), "A8BC": ("\u1e3f", "\ue7c7")}
seen = {code: bytes.fromhex(code).decode("gb18030") for code in codes}
told = ", ".join(f"{code} as U+{ord(sign):04X}, expected U+{ord(codes[code][0]):04X}" for code, sign in seen.items())
print(f"Python {sys.version.split()[0]} decodes {told}")
sys.exit(any(seen[code] != old for code, (_new, old) in codes.items()))
PY
