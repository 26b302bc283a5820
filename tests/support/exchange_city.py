"""A plan whose kinds have what no standing kind has, and what is awkward to hand out and take in again."""

from tests.support.harbour_city import HARBOUR

CITY = (
    HARBOUR
    + """\
  ship:                        # refers to masters, which refer to ships
    name: {zh: 船舶, en: Ships}
    key: [name]
    counts_on: built_on
    counts_until: scrapped_on
    fields:
      name: {type: text, required: true, label: {zh: 船名, en: Ship}}
      master: {type: reference, to: master, label: {zh: 船长, en: Master}}
      flag: {type: choice, choices: ['红旗，大', '红旗, 小', '"方"旗', 其他], label: {zh: 旗帜, en: Flag}}
      draught: {type: number, unit: 米, decimals: 3, minimum: -0.5, maximum: 30.25,
        label: {zh: 吃水, en: Draught}}
      shade: {type: number, decimals: 10, label: {zh: 色度, en: Shade}}
      crew: {type: integer, unit: 人, minimum: 0, label: {zh: 船员, en: Crew}}
      class: {type: year, label: {zh: 入级年度, en: Class}}
      port: {type: town, only: [海东镇, 保税区], label: {zh: 船籍港, en: Port}}
      built_on: {type: date, required: true, label: {zh: 建成日期, en: Built}}
      scrapped_on: {type: date, label: {zh: 报废日期, en: Scrapped}}
  master:
    name: {zh: 船长, en: Masters}
    key: [name, ship]
    counts_on: born_on
    fields:
      name: {type: text, required: true, personal: true, label: {zh: 姓名, en: Name}}
      ship: {type: reference, to: ship, label: {zh: 所在船舶, en: Ship}}
      wage: {type: number, unit: 元, personal: true, label: {zh: 月薪, en: Wage}}
      born_on: {type: date, personal: true, label: {zh: 出生日期, en: Born}}
  licence:                     # called by a person
    name: {zh: 证书, en: Licences}
    key: [master, number]
    counts_on: issued_on
    fields:
      master: {type: reference, to: master, required: true, label: {zh: 持证人, en: Holder}}
      number: {type: text, required: true, label: {zh: 证书号, en: Number}}
      tutor: {type: reference, to: talent, label: {zh: 导师, en: Tutor}}
      before: {type: reference, to: licence, label: {zh: 前一证书, en: Before}}
      issued_on: {type: date, required: true, label: {zh: 发证日期, en: Issued}}
"""
)
OWN_KINDS = ("company", "berth", "ship", "master", "licence")

# Kinds of which each is awkward in one way; a test has one of them at a time.
CALLED = """\
  issue:                       # called as a sheet of kfly's own is
    name: {zh: ZH, en: EN}
    key: [name]
    counts_on: found_on
    fields:
      name: {type: text, required: true, label: {zh: 问题, en: Issue}}
      found_on: {type: date, required: true, label: {zh: 发现日期, en: Found}}
"""
BOUNDED = """\
  survey:                      # whose numbers are not about a hundred
    name: {zh: 问卷, en: Surveys}
    key: [name]
    counts_on: held_on
    fields:
      name: {type: text, required: true, label: {zh: 问卷名称, en: Survey}}
      held_on: {type: date, required: true, label: {zh: 调查日期, en: Held on}}
      answer: {type: FIELD, required: true, label: {zh: 答案, en: Answer}}
"""
MANY_LISTS = """\
  form:                        # more long lists than there are letters
    name: {zh: 表格, en: Forms}
    key: [name]
    counts_on: held_on
    fields:
      name: {type: text, required: true, label: {zh: 表名, en: Form}}
      held_on: {type: date, required: true, label: {zh: 日期, en: Held on}}
""" + "".join(
    f"      choice_{n}:"
    f" {{type: choice, choices: [{', '.join(f'第{n}栏的第{m}个选项' for m in range(40))}],"
    f" label: {{zh: 第{n}栏, en: Column {n}}}}}\n"
    for n in range(28)
)
