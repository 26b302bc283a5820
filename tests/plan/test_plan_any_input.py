"""Whatever stands in a plan file, it loads or is refused in plain lines: never a traceback."""

import copy
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.errors import KflyError
from kfly.plan.files.loading import LoadedPlan
from kfly.plan.files.marked_yaml import read_yaml
from kfly.plan.model import Deliverable, Measure, Target, Task
from tests.support.other_city import KINDS, TARGETS, TASKS_2025, TASKS_2026, OtherCity

pytestmark = pytest.mark.slow

FILES = {"targets.yaml": TARGETS, "tasks_2025.yaml": TASKS_2025, "tasks_2026.yaml": TASKS_2026}
TREES = {name: yaml.safe_load(text) for name, text in FILES.items()}
LINE = re.compile(r"(targets|tasks_202[56])\.yaml:[1-9]\d*: \S.*")
FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# The words of the plan itself, so that what is put in a wrong place is often right in another.
plain_words = set(re.findall(r"[\w.]+", TARGETS + TASKS_2025 + TASKS_2026 + KINDS))
odd_words = {
    ">= 5",
    "!=",
    "int",
    "str",
    "list",
    "a[0]",
    "2025年底",
    "2025-02-30",
    "MembersShape",
    "2026/9",
    "-",
}
words = st.sampled_from(sorted(plain_words | odd_words))
scalars = st.one_of(
    words,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=8),
    st.just(10**400),
)
structures = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def outcome(files: dict[str, str]) -> LoadedPlan | None:
    """The plan of these files; None when they are refused, each fault on a line of its own."""
    with tempfile.TemporaryDirectory() as folder:
        kinds = Path(folder) / "kinds.yaml"
        kinds.write_text(KINDS, encoding="utf-8")
        city = OtherCity(Path(folder), kinds)
        for name, text in files.items():
            city.write(name, text.encode("utf-8", "surrogatepass"))
        try:
            return city.load()
        except KflyError as error:
            lines = error.lines
    assert lines
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    return None


def holds_together(loaded: LoadedPlan) -> bool:
    """Whether everything that the plan names is in it."""
    plan = loaded.plan
    people = {organisation.name for organisation in plan.organisations}
    measures = {measure.number for measure in plan.measures} | {None}
    targets = {target.key for target in plan.targets} | {None}
    kinds = {kind.name: kind for kind in loaded.kinds}
    metrics = [target.metric for target in plan.targets] + [n.metric for t in plan.tasks for n in t.needs]
    owners: list[Measure | Task] = [*plan.measures, *plan.tasks]
    parts: list[Target | Task | Deliverable] = [*plan.targets, *plan.tasks, *plan.deliverables]
    return (
        all(people.issuperset((*owner.lead, *owner.responsible)) for owner in owners)
        and all(people.issuperset(organisation.members) for organisation in plan.organisations)
        and all(part.measure in measures for part in parts)
        and all(need.target in targets for task in plan.tasks for need in task.needs)
        and all(kinds[m.kind].field(c.field) is not None for m in metrics for c in m.where)
        and all(m.field is None or kinds[m.kind].field(m.field) is not None for m in metrics)
        and all(f.to is None or f.to in kinds for kind in loaded.kinds for f in kind.fields)
    )


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every part of a tree, as the dict or list that holds it and its key there."""
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from places(tree[key])


@st.composite
def changed_files(draw: st.DrawFn) -> dict[str, str]:
    """The city's files with a few parts taken out, put elsewhere or replaced by anything."""
    trees = copy.deepcopy(TREES)
    for _ in range(draw(st.integers(1, 3))):
        held, key = draw(st.sampled_from(list(places(trees))))
        change = draw(st.sampled_from(["replace", "word", "remove", "rename", "double"]))
        if change == "replace":
            held[key] = draw(structures)
        elif change == "word":
            held[key] = draw(words)
        elif held is trees:
            continue
        elif change == "remove":
            del held[key]
        elif isinstance(held, dict):
            held[draw(words)] = held.pop(key) if change == "rename" else copy.deepcopy(held[key])
        else:
            held.insert(key, copy.deepcopy(held[key]))
    return {name: yaml.safe_dump(tree, allow_unicode=True, sort_keys=False) for name, tree in trees.items()}


@st.composite
def scratched_texts(draw: st.DrawFn) -> tuple[str, str]:
    """One of the files with a stretch of it overwritten by some characters."""
    name = draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(start + 30, len(text))))
    scratch = draw(
        st.text(max_size=6) | st.text(alphabet="[]{}:,-#&*!|>'\"%@` \n\t?é甲\\0\x00\ud800", max_size=6)
    )
    return name, text[:start] + scratch + text[end:]


@settings(FEW, max_examples=50)
@given(files=changed_files())
def test_a_plan_whose_parts_were_changed_loads_whole_or_is_refused(files: dict[str, str]) -> None:
    loaded = outcome(files)
    assert loaded is None or holds_together(loaded)


@settings(FEW, max_examples=50)
@given(scratched=scratched_texts())
def test_a_plan_whose_text_was_scratched_loads_whole_or_is_refused(scratched: tuple[str, str]) -> None:
    loaded = outcome(dict([scratched]))
    assert loaded is None or holds_together(loaded)


@FEW
@given(tree=structures, name=st.sampled_from(sorted(FILES)))
def test_any_yaml_in_place_of_a_file_is_refused(tree: Any, name: str) -> None:
    assert outcome({name: yaml.safe_dump(tree, allow_unicode=True)}) is None


@settings(FEW, max_examples=100)
@given(
    content=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_found_faulty(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.yaml"
        path.write_bytes(content)
        document = read_yaml(path)
    assert document.data is not None or document.faults
    for fault in document.faults:
        assert re.fullmatch(r"any\.yaml:[1-9]\d*: \S.*", str(fault))


@FEW
@given(tree=st.dictionaries(st.text(max_size=5), structures, max_size=4))
def test_every_key_that_was_read_has_its_line(tree: dict[str, Any]) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        document = read_yaml(path)
    for key in document.data:
        assert 1 <= document.lines[key,] <= len(re.findall("[\n\x85\u2028\u2029]", text)) + 1
