"""What the charts are given to draw: authors' characters as they are, estimates of nothing, and how many learners."""

from datetime import UTC, date, datetime, timedelta

from training.core.mean import Mean
from training.services.overseeing import GroupDomain, Week
from training.ui.charts import cohorts, domains, scores
from training.ui.look import STYLE
from training.ui.views.cohort_scores import weeks_in_words
from training.ui.views.review_result import DomainBar
from training.ui.views.see_progress import ScorePoint

TITLE = "Practice: <b>*risk*</b> & %{x}"
SHOWN = "Practice: &lt;b&gt;*risk*&lt;/b&gt; &amp; %{x}"


def texts(value: object) -> list[str]:
    """All the text anywhere in a figure."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


def test_a_quiz_is_named_in_the_legend_as_its_author_wrote_it():
    at = datetime(2026, 3, 2, tzinfo=UTC)
    points = tuple(ScorePoint(name, name, at, "2 March 2026", 70, "70 %", "passed") for name in (TITLE, "Other"))

    drawn = scores._figure(points).to_dict()

    assert [trace["name"] for trace in drawn["data"]] == [SHOWN, "Other"]
    assert all("\\" not in text and "%{x}" not in trace["hovertemplate"]
               for trace in drawn["data"] for text in texts(trace))  # fmt: skip


def test_scores_of_one_day_name_that_day_once():
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    point = ScorePoint("one", TITLE, at, "2 March 2026", 70, "70 %", "passed")

    axis = scores._figure((point,)).to_dict()["layout"]["xaxis"]

    assert axis["dtick"] == timedelta(days=1) / timedelta(milliseconds=1)
    assert axis["range"] == [at - timedelta(days=1), at + timedelta(days=1)]


def test_a_domain_of_nothing_right_has_a_mark_and_its_title_as_it_is():
    drawn = domains._figure((DomainBar(TITLE, 0, 0, 28, 10),)).to_dict()
    bar, dot = drawn["data"]

    assert (dot["mode"], list(dot["x"]), list(dot["y"])) == ("markers", [0], [0])
    assert bar["customdata"][0][0] == SHOWN
    assert SHOWN in drawn["layout"]["annotations"][0]["text"].replace("<br>", " ")


def test_a_groups_domain_of_nothing_right_has_a_mark_too():
    domain = GroupDomain("1", TITLE, 30, 6, Mean(6, 0, 0, 12))

    bar, dot = cohorts._domains([domain]).to_dict()["data"]

    assert (dot["mode"], list(dot["x"])) == ("markers", [0])
    assert bar["customdata"][0][0] == SHOWN


def test_every_week_says_how_many_learners_it_rests_on():
    weeks = tuple(Week(date(2026, 3, 2) + timedelta(weeks=n), 5 + n, Mean(5, 70, 50, 90)) for n in range(12))

    line, numbers = cohorts._weeks(weeks).to_dict()["data"]

    assert dict(zip(numbers["x"], numbers["text"], strict=True)) == {week.monday: str(week.learners) for week in weeks}
    assert "n = %{customdata[1]} learners" in line["hovertemplate"]
    assert "2 Mar 2026 70 percent of 5 learners" in weeks_in_words(weeks)


def test_the_numbers_of_many_weeks_do_not_run_into_each_other():
    weeks = tuple(Week(date(2026, 3, 2) + timedelta(weeks=n), 5, Mean(5, 70, 50, 90)) for n in range(52))

    numbers = cohorts._weeks(weeks).to_dict()["data"][1]

    assert len(numbers["x"]) <= cohorts.MOST_COUNTS
    assert weeks[-1].monday in numbers["x"]


def test_the_words_of_a_chart_follow_the_page_when_its_theme_is_switched():
    """What a figure says of its colours is settled when it is drawn; the style of the page is not."""
    rule = STYLE.partition(".js-plotly-plot :is(")[2].partition("}")[0]

    assert all(part in rule for part in (".xtick", ".ytick", ".annotation", ".g-xtitle", ".g-ytitle", ".legend"))
    assert "fill: currentColor !important" in rule
