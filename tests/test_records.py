"""Tests of cxux_helpers.records: data classes to JSON and back, of every kind of field."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxux_helpers.records import record_from_json, record_to_json, require_parts


@dataclass(frozen=True)
class Leaf:
    name: str
    size: int | None = None
    green: bool = True

    def __post_init__(self):
        require_parts(self, f"leaf {self.name!r}")


@dataclass(frozen=True)
class Tree:
    height: int
    words: tuple[str, ...]
    leaves: tuple[Leaf, ...] = ()

    def __post_init__(self):
        require_parts(self, "the tree")


trees = st.builds(
    Tree,
    st.integers(),
    st.lists(st.text()).map(tuple),
    st.lists(st.builds(Leaf, st.text(), st.none() | st.integers(), st.booleans())).map(tuple),
)


@given(trees)
def test_a_record_comes_back_as_it_was(tree):
    assert record_from_json(Tree, record_to_json(tree, "tree"), "tree") == tree


def test_json_is_written_for_people():
    text = record_to_json(Tree(3, ("Ä",)), "tree")
    start = '{\n  "schema": 1,\n  "kind": "tree",\n'
    assert text == start + '  "height": 3,\n  "words": [\n    "Ä"\n  ],\n  "leaves": []\n}\n'


def with_parts(**parts):
    return {"schema": 1, "kind": "tree", "height": 3, "words": [], **parts}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (with_parts(height=True), "the tree: height is True, but must be a whole number"),
        (with_parts(height=3.0), r"the tree: height is 3\.0, but must be a whole number"),
        (with_parts(height=[3]), r"the tree: height is \(3,\), but must be a whole number"),
        (with_parts(words=["a", 1]), r"the tree: words is \('a', 1\), but must be a list of texts"),
        (with_parts(words="ab"), "the tree: words is 'ab', but must be a list of texts"),
        (with_parts(leaves=[{"name": "a"}, 7]), "the tree: leaves 2 is 7, but must be an object in braces"),
        (with_parts(leaves=[{"name": "a", "green": "no"}]), "leaf 'a': green is 'no', but must be true or false"),
        (with_parts(leaves={"name": "a"}), "the tree: leaves is .*, but must be a list of Leaf records"),
        (7, "the tree is 7, but must be an object in braces"),
        (None, "the tree is None, but must be an object in braces"),
        ('"tree"', "the tree is 'tree', but must be an object in braces"),
        (json.dumps({"schema": "1", "kind": "tree"}), "the tree has schema '1', but 1 is needed"),
    ],
)
def test_what_is_no_such_record_is_refused(source, message):
    with pytest.raises(ValueError, match=message):
        record_from_json(Tree, source, "tree")
