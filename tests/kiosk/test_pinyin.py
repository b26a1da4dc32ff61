"""How a visitor types a Chinese name."""

from __future__ import annotations

import pytest

from web.pinyin import spelling


@pytest.mark.parametrize(
    ("name", "initials", "pinyin"),
    [
        ("个体工商户登记", "gtgshdj", "getigongshanghudengji"),
        ("重新登记", "cxdj", "chongxindengji"),
        ("银行开户", "yhkh", "yinhangkaihu"),
        ("女性长者证", "nxzzz", "nvxingzhangzhezheng"),
        ("C1 驾驶证", "c1jsz", "c1jiashizheng"),
        ("财政局（契税所）", "czjqss", "caizhengjuqishuisuo"),
    ],
)
def test_a_name_is_typed_by_initials_or_in_full(name: str, initials: str, pinyin: str) -> None:
    assert spelling(name) == (initials, pinyin)
