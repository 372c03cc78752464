"""Pictures for slides: each stands alone, says what and whose it is, and carries nothing that could act."""

import re
from dataclasses import replace
from xml.etree import ElementTree

from scorecard.publish import book, charts
from tests.golden import fake
from tests.golden.smallbook import small_rulebook

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<b>“A&B”</script><script>x</script>"


def drawn(**changes: object) -> dict[str, ElementTree.Element]:
    """Return every chart of the small district, parsed, by path."""
    inputs = replace(fake.inputs(small_rulebook(), fake.SMALL), **changes)  # type: ignore[arg-type]
    return {page.path: ElementTree.fromstring(page.text) for page in charts.files(book.read(inputs))}


def test_each_stands_alone() -> None:
    """Title, source and fonts inside; no class, style, link, image or script; nothing beyond the slide."""
    made = drawn()
    assert {"charts/distribution.svg", "charts/dimensions.svg", "charts/streets.svg"} <= set(made)
    assert "charts/indicator-AA01.svg" in made
    for path, svg in made.items():
        assert svg.find(f"{SVG}title").text, path  # type: ignore[union-attr]
        assert "示例区2025年度社区考核结果（试算，内部版）" in svg.find(f"{SVG}desc").text  # type: ignore[union-attr, operator]
        assert "Microsoft YaHei" in svg.attrib["font-family"]
        assert (svg.attrib["width"], svg.attrib["height"]) == ("960", "540")
        for element in svg.iter():
            assert element.tag.removeprefix(SVG) in {
                "svg",
                "title",
                "desc",
                "rect",
                "text",
                "tspan",
                "g",
                "path",
            }
            assert not {"class", "style", "href", "onload"} & set(element.attrib), path
        for text in svg.findall(f"{SVG}text"):
            assert 0 <= int(text.attrib["x"]) <= 960 and 0 <= int(text.attrib["y"]) <= 540, path


def test_numbers_are_those_of_the_pages() -> None:
    """The heat table has the means of the rows, the legend the counts of the grades."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL)
    made = {page.path: page.text for page in charts.files(book.read(inputs))}
    for row in inputs.tables.rows("report_street_dimension"):
        assert f">{row['mean_e2'] // 100}.{row['mean_e2'] % 100:02}<" in made["charts/streets.svg"]
    counts = re.findall(r"[●◆▲■]</tspan>\w+?(\d+)个", made["charts/distribution.svg"])
    assert sum(map(int, counts)) == 5


def test_no_name_leaves_its_text() -> None:
    """A hostile district is text in every chart; a long street name is cut with a mark."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL)
    units = dict(inputs.registry.units)
    units["990101"] = replace(units["990101"], name=HOSTILE)
    units["990101001"] = replace(units["990101001"], name="很长" * 30 + "街道")
    made = drawn(registry=replace(inputs.registry, units=units))
    for svg in made.values():
        assert HOSTILE in svg.find(f"{SVG}desc").text  # type: ignore[union-attr, operator]
    assert "很长很长很长很长很长…" in [t.text for t in made["charts/streets.svg"].iter(f"{SVG}text")]


def test_nobody_ranked_has_no_chart() -> None:
    """Without a ranked community there is nothing to draw."""
    inputs = fake.inputs(small_rulebook(), [(0, 2)])
    assert list(charts.files(book.read(inputs))) == []
