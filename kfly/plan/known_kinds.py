"""The kinds that views of the plan are about; code names a kind nowhere else.

Each stands for a promise of the plan document: idle buildings (三.2, 三.4), enclaves by town (三.4), the
special fund (三.1), carriers and their yearly evaluation (四.3), the documents that measures promise (三);
the meetings that push the plan on, since the last of which people ask what changed.
"""

BUILDING = "building"
ENCLAVE = "enclave"
EXPENDITURE = "expenditure"
CARRIER = "carrier"
EVALUATION = "evaluation"
POLICY = "policy"
MEETING = "meeting"
