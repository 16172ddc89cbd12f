"""The table of municipalities that lie beside each other."""

from offers.search.neighbours import table
from tests.conftest import ROOT


def test_every_municipality_has_neighbours_that_have_it_too():
    fixture = (ROOT / "fixtures" / "01-municipalities.yaml").read_text()
    assert len(table()) == 98
    assert all(f'"{code}"' in fixture for code in table())
    for code, neighbours in table().items():
        assert neighbours
        assert code not in neighbours
        assert len(set(neighbours)) == len(neighbours)
        assert all(code in table()[other] for other in neighbours)


def test_neighbours_are_those_of_the_map():
    assert set(table()["0265"]) == {"0169", "0240", "0253", "0259", "0269", "0350"}
    assert table()["0563"] == ("0561",)
    assert table()["0147"] == ("0101",)
