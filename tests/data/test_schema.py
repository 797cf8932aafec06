"""The schema files: every entry is complete and points to something that exists."""

import pytest

from data import schema

FIELDS = [field for table in schema.tables() for field in schema.fields(table).values()]
CODES = [code for name in schema.code_lists() for code in schema.codes(name).values()]


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f"{f.table}.{f.name}")
def test_every_field_is_described_and_refers_to_what_exists(field: schema.Field) -> None:
    assert field.label
    assert field.description.endswith(".")
    assert field.type in ("text", "int", "float", "bool", "date", "datetime", "json")
    assert field.origin in ("source", "place", "derived", "system")
    assert field.codes is None or field.codes in schema.code_lists()
    if field.references:
        table, _, name = field.references.partition(".")
        assert name in schema.fields(table)


@pytest.mark.parametrize("code", CODES, ids=lambda c: f"{c.list}.{c.code}")
def test_every_code_has_a_label_and_one_sentence_of_definition(code: schema.Code) -> None:
    assert code.label
    assert code.definition.endswith(".")
    assert schema.code_of(code.list, code.code) == code.code
    assert schema.code_of(code.list, code.label.upper()) == code.code


def test_no_word_stands_for_two_types() -> None:
    words = [
        word
        for name in ("event_type", "event_subtype")
        for code in schema.codes(name).values()
        for word in {*map(schema.plain, (code.code, code.label, *code.more.get("also", ())))}
    ]
    assert sorted(words) == sorted(set(words))


def test_every_code_list_is_used_by_a_field() -> None:
    assert {field.codes for field in FIELDS} - {None} == set(schema.code_lists())


def test_the_event_types_and_subtypes_are_those_of_the_method() -> None:
    assert list(schema.codes("event_type")) == [
        "battle", "explosion_remote", "violence_civilians", "detention_capture", "protest", "riot",
        "strategic_development", "infrastructure_damage", "other",
    ]  # fmt: skip
    subtypes = schema.codes("event_subtype").values()
    assert sum("acled" in code.more for code in subtypes) == 25
    ours = [code.code for code in subtypes if "acled" not in code.more]
    assert ours == ["combatant_captured", "surrender", "prisoner_exchange"]
    assert {code.more["event_type"] for code in subtypes} <= set(schema.codes("event_type"))


def test_the_precisions_carry_the_crosswalks_of_the_method() -> None:
    codes = schema.codes("geo_precision").values()
    assert {code.code: (code.more.get("acled"), code.more.get("ucdp")) for code in codes} == {
        "exact": (1, 1), "settlement": (1, 1), "near": (2, 2), "feature": (2, 5), "adm2": (3, 3), "adm1": (3, 4),
        "country": (None, 6), "unlocated": (None, None),
    }  # fmt: skip


@pytest.mark.parametrize("walk", schema.crosswalks().values(), ids=lambda w: w.name)
def test_a_crosswalk_says_truthfully_whether_it_can_be_reversed(walk: schema.Crosswalk) -> None:
    there_and_back = {ours: walk.inverse.get(str(theirs)) for ours, theirs in walk.forward.items()}
    complete = set(walk.forward) == set(schema.codes(walk.list))
    assert walk.reversible == (complete and all(ours == back for ours, back in there_and_back.items()))
    assert walk.reversible or walk.why.endswith(".")
    assert set(walk.inverse.values()) <= set(schema.codes(walk.list))


def test_every_importable_column_is_a_field_and_every_name_leads_to_one() -> None:
    extra = {"source_title", "source_credibility"}
    for table, names in schema.importable().items():
        assert set(names) - extra <= set(schema.fields(table))
    assert all("." in target for target in schema.column_names().values())


def test_no_field_holds_a_private_persons_name() -> None:
    names = {field.name for field in FIELDS}
    assert not {name for name in names if "person" in name or "victim" in name} - {"protected_persons"}
    assert "name" not in schema.column_names()
