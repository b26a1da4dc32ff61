"""What a line of an assessment says of itself beside its figures."""

from __future__ import annotations

from decimal import Decimal

from queueing.house import Text

VERDICT = Text("公众综合评价", "The public's verdict", "公眾綜合評價")
ONCE = Text("本项每期只计一次。", "Counts once in a period.", "本項每期只計一次。")
FIXED = Text("本项分值固定，所填分值不计。", "The points are fixed; those given don't count.",
             "本項分值固定，所填分值不計。")  # fmt: skip
MILDEST = Text("未填分值，按最轻的计。", "No points were given: the mildest count.", "未填分值，按最輕的計。")
LIMITED = Text("所填分值超出范围，按界限计。", "The points given lie outside the range: its end counts.",
               "所填分值超出範圍，按界限計。")  # fmt: skip
BLANK = Text("本项不计分。", "This carries no points.", "本項不計分。")
MISSING = Text("缺少数据，不能计分。", "A figure is missing: no score.", "缺少數據，不能計分。")


def shown(value: Decimal) -> str:
    """A figure without the zeros that computing left at its end."""
    return f"{value.normalize():f}"


def converted(times: Decimal, more: Decimal, items: tuple[str, ...]) -> Text:
    """Ten times late are half a day's absence as well."""
    many, extra, codes = shown(times), shown(more), ", ".join(items)
    return Text(
        f"第{codes}项共{many}次，另折算{extra}次。",
        f"{many} times of {codes} count as {extra} more here.",
        f"第{codes}項共{many}次，另折算{extra}次。",
    )


def rate(below: Decimal, share: Decimal) -> Text:
    told, points = shown(round(share, 2)), shown(below)
    return Text(
        f"比率为{told}%，低于目标{points}个百分点。",
        f"The rate is {told} %, {points} percentage points under the target.",
        f"比率為{told}%，低於目標{points}個百分點。",
    )


def summed(total: Decimal, over: Decimal) -> Text:
    told, limit = shown(total), shown(over)
    said = f"{told} in all; the limit is {limit}."
    return Text(f"共{told}，界限为{limit}。", said, f"共{told}，界限為{limit}。")


def measured(n: Decimal, value: Decimal) -> Text:
    """A measure is the score of its part, not something on top of it."""
    told, score = shown(n), shown(round(value, 2))
    return Text(
        f"共{told}项数据，本部分得{score}分。",
        f"From {told} figures: the part's score is {score}.",
        f"共{told}項數據，本部分得{score}分。",
    )


def month(period: str) -> Text:
    """A line of a year is a month, told as periods are named."""
    return Text(period, period, period)


def in_the_mean(months: int) -> Text:
    return Text(
        f"按{months}个月的平均分计。",
        f"One of {months} in the mean of the months.",
        f"按{months}個月的平均分計。",
    )


def instead_of(n: Decimal, value: Decimal) -> Text:
    """A figure was entered though there are ratings: both are shown."""
    told, score = shown(n), shown(round(value, 2))
    return Text(
        f"按录入的数据计；{told}个评价得{score}分，未采用。",
        f"The figure that was entered counts; the {told} ratings make {score} and don't.",
        f"按錄入的數據計；{told}個評價得{score}分，未採用。",
    )


def not_taken(value: Decimal) -> Text:
    score = shown(round(value, 2))
    return Text(
        f"已有评价，录入的{score}分不采用。",
        f"There are ratings: the figure of {score} that was entered doesn't count.",
        f"已有評價，錄入的{score}分不採用。",
    )


def too_few(n: Decimal, fewest: int) -> Text:
    told = shown(n)
    return Text(
        f"只有{told}个评价，少于{fewest}个，不作结论。",
        f"Only {told} ratings, fewer than {fewest}: no verdict.",
        f"只有{told}個評價，少於{fewest}個，不作結論。",
    )
