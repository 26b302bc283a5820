"""The bundled plan with a second yearly table beside its first, and records of both years."""

from tests.support.runner import Cli

TABLE = """\
year: 2023
tasks:
  - number: 1
    title: {zh: 新增产学研合作项目100个以上, en: Start 100 or more research collaborations}
    lead: [市科技局]
    due: 2023年底
    measure: 8
    needs:
      - {target: collaborations, at_least: 100}
  - number: 2
    title: {zh: 各镇（街道）再建5000平米的“科创飞地”, en: Each town sets up another enclave of 5000 m²}
    lead: [市委组织部]
    due: 2023年11月
    measure: 4
    needs:
      - {target: enclave_area}
"""
OWING = (
    *("南闸街道", "云亭街道", "月城镇", "青阳镇", "徐霞客镇", "华士镇", "周庄镇", "新桥镇", "长泾镇"),
    *("顾山镇", "祝塘镇"),
)


def load_second_table(cli: Cli) -> None:
    """Load the table of 2023."""
    (cli.folder / "tasks_2023.yaml").write_text(TABLE, encoding="utf-8")
    cli.ok("load", "tasks_2023.yaml")


def sign_collaborations(cli: Cli, number: int, on: str) -> None:
    """Record collaborations that were signed on a day."""
    rows = [f"{on}第{n}项,甲公司,江南大学,{on}" for n in range(number)]
    sheet = cli.folder / "collaborations.csv"
    sheet.write_text("\n".join(["name,company,institute,signed_on", *rows]), encoding="utf-8")
    cli.ok("import", "collaboration", str(sheet))


def set_up_enclaves(cli: Cli, on: str, *towns: str) -> None:
    """Record an enclave of 5,000 m² for each of some towns."""
    rows = [f"{town}飞地{on},{town},高新区,5000,{on}" for town in towns]
    sheet = cli.folder / "enclaves.csv"
    sheet.write_text("\n".join(["name,town,host,floor_area,established_on", *rows]), encoding="utf-8")
    cli.ok("import", "enclave", str(sheet))
