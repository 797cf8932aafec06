from geo.kept import Kept


def test_an_answer_is_asked_for_once_and_what_is_put_in_not_at_all() -> None:
    asked: list[str] = []

    def ask(key: str, country: str) -> str:
        asked.append(key)
        return f"{key}/{country}"

    kept = Kept(ask, most=4)
    kept.keep(("b", "UA"), "put in")

    assert [kept("a", "UA"), kept("a", "UA"), kept("b", "UA")] == ["a/UA", "a/UA", "put in"]
    assert asked == ["a"]


def test_answers_not_asked_for_again_are_forgotten() -> None:
    kept = Kept(lambda key, country: key, most=4)
    for key in "abcdef":
        kept("often")
        kept(key)

    assert ("often", "") in kept
    assert ("a", "") not in kept
    assert sum((key, "") in kept for key in "abcdef") <= 4
