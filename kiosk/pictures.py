"""The picture beside a department's name: the one that the hall's file names, else what its words suggest."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.etree import ElementTree

DRAWINGS = Path(__file__).parent.parent / "static" / "shared" / "icons.svg"

SUGGESTED: tuple[tuple[str, str], ...] = (
    ("car", "交警 交通警察 车管 机动车"),
    ("bus", "交通 运输 公交 客运"),
    ("passport", "出入境 护照 签证"),
    ("card", "医保 医疗保障 医疗保险"),
    ("health", "卫生 健康 医院 疾控 计生"),
    ("umbrella", "社保 社会保险 养老保险"),
    ("work", "就业 人才 人力 劳动 人社 工会 创业"),
    ("medal", "退役 军人 优抚"),
    ("wheelchair", "残疾 残联"),
    ("cane", "老龄 老年 养老"),
    ("family", "民政 婚姻 救助 妇联"),
    ("hands", "民族 宗教 统战"),
    ("shield", "公安 户政 派出所 户籍"),
    ("tax", "税"),
    ("coins", "财政 公积金 金融 银行"),
    ("shop", "市场 工商 登记注册 营业执照"),
    ("boxes", "商务 烟草 供销 邮政"),
    ("gauge", "质量 技术监督 计量 食品 药品"),
    ("map", "国土 自然资源 规划 测绘"),
    ("house", "房 不动产 住宅"),
    ("tree", "林业 林权 园林 公园"),
    ("tractor", "农机 农业机械"),
    ("grain", "农业 农村 畜牧 粮食"),
    ("tap", "自来水 供水"),
    ("drop", "水利 水务"),
    ("bolt", "电网 供电 电力 能源"),
    ("flame", "燃气 天然气 消防"),
    ("phone", "通信 电信 移动 联通 网络"),
    ("leaf", "环境 环保 生态"),
    ("helmet", "安全生产 应急 安监"),
    ("broom", "城市管理 城管 综合执法 行政执法"),
    ("crane", "建设 建筑 城建"),
    ("book", "教育 学校 招生"),
    ("music", "文化 体育 旅游 广播 电视"),
    ("sun", "气象"),
    ("scales", "司法 公证 法院 调解 仲裁 检察"),
    ("newspaper", "新闻 出版 档案"),
    ("chart", "统计 审计"),
    ("flask", "科技 科学 新经济"),
    ("globe", "外事 侨务 台办"),
    ("trade", "发展和改革 发改 经济 贸易 工信"),
    ("counter", "综合 咨询 受理"),
)
"""Earlier rows win, so the special stands before the general: traffic police before transport."""

OF_EVERY_OFFICE = "columns"


def picture_of(name: str, named: str = "") -> str:
    """The drawing's name in icons.svg; a name that isn't drawn there counts as none."""
    if named in drawn():
        return named
    fitting = (drawing for drawing, words in SUGGESTED if any(word in name for word in words.split()))
    return next(fitting, OF_EVERY_OFFICE)


@cache
def drawn() -> frozenset[str]:
    """Every drawing that there is."""
    return frozenset(symbol.attrib["id"] for symbol in ElementTree.parse(DRAWINGS).getroot())
