import pytest

from geo import arabic


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("Ras al-Ain", "Ra’s al ‘Ayn"),
        ("Ain Issa", "‘Ayn ‘Īsá"),
        ("Khiam", "Al Khiyām"),
        ("Seiyun", "Say'ūn"),
        ("Zeitoun", "Az Zaytūn"),
        ("Khan Younis", "Khān Yūnis"),
        ("Aita al-Shaab", "Aïta ech Chaab"),
        ("Quneitra", "Al Qunayţirah"),
        ("Heglig", "Hajlīj"),
        ("Sweida", "As-Suwayda"),
        ("Nabatieh", "Nabatîyé"),
        ("Sheikh Miskin", "Ash Shaykh Miskīn"),
        ("Tell Abyad", "Tall Abyaḑ"),
        ("Boukamal", "Al Bū Kamāl"),
        ("Mazar-i-Sharif", "Mazār-e Sharīf"),
    ],
)
def test_the_romanisations_of_one_name_share_a_key_and_sound_alike(written: str, listed: str) -> None:
    assert arabic.loose(written) == arabic.loose(listed) != ""
    assert arabic.alike(written, listed) > 0.8


@pytest.mark.parametrize(("one", "other"), [("Homs", "Hama"), ("Aden", "Abyan"), ("Basra", "Basmaya")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert arabic.loose(one) != arabic.loose(other)


@pytest.mark.parametrize("text", ["", "Al", "’", "Ee", "北京" * 100, "\x00"])
def test_text_that_is_no_name_has_no_key_or_some(text: str) -> None:
    assert isinstance(arabic.loose(text), str)
    assert 0.0 <= arabic.alike(text, "Homs") <= 1.0
