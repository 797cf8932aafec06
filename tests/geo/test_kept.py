from geo.kept import Kept


def test_an_answer_is_asked_for_once_and_what_is_put_in_not_at_all() -> None:
    asked: list[str] = []

    def ask(key: str, country: str) -> str:
        asked.append(key)
        return f"{key}/{country}"

    kept = Kept(ask, most=40)
    kept.keep(("b", "UA"), "put in")

    assert [kept("a", "UA"), kept("a", "UA"), kept("b", "UA")] == ["a/UA", "a/UA", "put in"]
    assert asked == ["a"]


def test_answers_not_asked_for_again_are_forgotten() -> None:
    kept = Kept(lambda key, country: [key], most=8)
    for key in "abcdef":
        kept("often")
        kept(key)

    assert ("often", "") in kept
    assert ("a", "") not in kept
    assert sum((key, "") in kept for key in "abcdef") <= 4


def test_an_answer_that_holds_much_takes_the_room_of_many_that_hold_nothing() -> None:
    kept: Kept[list[str]] = Kept(lambda key, country: [], most=40)
    for key in "abcdefgh":
        kept(key)
    assert all((key, "") in kept for key in "abcdefgh")

    kept.keep(("long", ""), ["place"] * 40)
    kept.keep(("longer", ""), ["place"] * 40)
    kept("i")
    assert not any((key, "") in kept for key in "abcdefgh")
