"""What is done by a day: the words that say so, and those that say it is done in part, or not at the end."""

import re

_DOING = "(?:力争|争取|确保|务必|必须|及时|基本|全部|全面|初步|总体|按[期时]|按要求|如期|圆满|高质量)*"
_DEEDS = """
    完成 完工 建成 竣工 办结 落实 到位 出台 印发 制[定订] 编制 形成 提交 提出 报送 上报 投入 投用
    启用 投产 交付 通过 验收 上线 见效 见成效 取得 达标 达到 实现 结束 收官 组建 成立 挂牌 签约 落地
    入驻 引进 兑现 摸[底排] 开业 开园 运[营行] 正式运行 通车 贯通 推开 铺开 全?覆盖 整治 清理 办理
    送审 报审 报批 报(?=[省市县区州][委政人府]) 设[立置] 建[立好] 健全 召开 举[办行] 发布 公[布示]
    开通 获批 立项 签订 [选确]定 配[齐备] 解决 清零 整改 销号 拨付 划拨 移交 搬[迁离] 腾[空退] 拆除
    申报 认定 评审 备案 修订 拿出
"""
_A_PART = "一半|大半|过半|部分|[首一二三四]期|第?[首一二三四]阶段|[一二三四五六七八九]成"
# More comes later, or only a part is done: 完成招标年底竣工, 完成首批.
_IN_PART = (
    "年[底末内前初]|[上下]半年|[次明]年|季[度末]|月[底末]|随后|之后|后[续再]?|再|持续|长期|常态|每|逐步|陆续|分[批期步]|首批"
    "|第?[一二三四]批|部分|多数|[过近一]半|分之|前(?!期|置)|[一二三四五六七八九]成|开工|动工|启动"
)

# 完成验收, 印发实施: a deed, with whatever else is said of it.
DONE = re.compile(rf"{_DOING}(?:{'|'.join(_DEEDS.split())})(?!{_A_PART})(?:(?!{_IN_PART})[一-鿿]){{0,12}}")
# 6月底前完成摸排、整治: what follows a deed. What may name another day is none of it; 销号, 前期 name none.
MORE_DONE = re.compile(
    rf"(?:销号|编号|前期|年度(?=任务|目标|计划)|(?!{_IN_PART}|{_A_PART}|[年月日号季前底末每待视另若或原])[一-鿿])+"
)
