"""`pointsbank ledger`: checkpoints and proofs in a file, the file that checks them, and the signing key."""

from pathlib import Path

import click

from pointsbank import proof, signing_key
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.new_files import NewFile
from pointsbank.durable import writing_whole
from pointsbank.errors import Refused
from pointsbank.proof import SealedText

NO_KEY = "这里没有签名密钥，请用 pointsbank ledger key make 做一把（以前有过、还找得到，就放回数据目录）。"
"""What an installation without a key is told, after an upgrade from before there were keys, too."""


class SigningKeyThere(Refused):
    """The installation has a signing key already."""

    code = "signing_key_there"
    sentence = (
        "已经有签名密钥，没有另做。确实要换（例如可能被别人拿走了），"
        "请加 --replace：旧的不再能签名，换了公钥会记进各村的账本。"
    )
    fixed_by = "管理员"


@click.command("checkpoint")
@click.option("--month", metavar="YYYY-MM", help="哪个已月结的月份；不写就是最近一个。")
@pass_context()
def checkpoint(context: CliContext, month: str | None) -> None:
    """给出已月结月份的检查点（C2SP 格式，签名的树根）。"""
    with context.database.reading() as session:
        village = context.village(session)
        found = proof.sealed_checkpoint(session, village=village, month=month, **_signing(context, village))
    echo_result(context.as_json, _facts(found), found.text.rstrip("\n") + _unsigned(found))


@click.command("proof")
@click.argument("index", type=click.IntRange(0))
@click.option("--month", metavar="YYYY-MM", help="证明到哪个已月结的月份；不写就是最近一个。")
@click.option("--out", "file", type=NewFile(), help="写进文件，例如 12.tlog-proof。")
@pass_context()
def entry_proof(context: CliContext, index: int, month: str | None, file: Path | None) -> None:
    """给出一条记录属于已经月结的账本的证明（C2SP 格式），用 verify.py 或别的工具核对。"""
    with context.database.reading() as session:
        village = context.village(session)
        found = proof.sealed_inclusion(
            session, village=village, index=index, month=month, **_signing(context, village)
        )
    if file is None:
        echo_result(context.as_json, _facts(found), found.text.rstrip("\n") + _unsigned(found))
        return
    with writing_whole(file) as out:
        out.write(found.text.encode())
    echo_result(context.as_json, {"file": str(file), **_facts(found)}, f"已写到 {file}。{_unsigned(found)}")


@click.command("verifier")
@click.argument("file", type=NewFile())
@pass_context()
def verifier(context: CliContext, file: Path) -> None:
    """写出 verify.py：一个文件，任何人都能用它核对公开的账本。"""
    with writing_whole(file) as out:
        out.write(proof.verifier_file().read_bytes())
    echo_result(context.as_json, {"file": str(file)}, f"已写到 {file}：python3 {file.name} 公开账本")


@click.group("key")
def key_group() -> None:
    """签名密钥：给检查点签名，公钥印在海报上。"""


@key_group.command("show")
@pass_context()
def show_key(context: CliContext) -> None:
    """说出本系统有没有签名密钥，和账本登记的公钥。"""
    with context.database.reading() as session:
        village = context.village(session)
        keys = proof.signing_keys(session, village=village)
        seed = _signing(context, village)["seed"]
        signs = proof.signer_for(session, village=village, seed=seed) is not None
    known = [{"key": one.verifier_key, "index": one.index} for one in keys]
    words = [f"第{one.index}条起：{one.verifier_key}" for one in keys] or ["账本还没有登记过公钥。"]
    if signs:
        words.append("现在能签名。")
    elif seed is None:
        words.append(f"现在不签名：{NO_KEY}")
    else:
        words.append("现在不签名：这里的密钥账本还没有登记，服务启动以后一分钟内登记。")
    echo_result(context.as_json, {"keys": known, "signs": signs}, "\n".join(words))


@key_group.command("make")
@click.option("--replace", is_flag=True, help="已有一把也另做一把，旧的不再能签名。")
@pass_context()
def make_key(context: CliContext, replace: bool) -> None:
    """做一把签名密钥，并登记进各村的账本。"""
    try:
        seed = signing_key.make(context.settings.data_dir, replace=replace)
    except FileExistsError:
        raise SigningKeyThere() from None
    public = proof.public_of(seed)
    url = context.settings.public_url
    with context.database.writing() as session:
        who = context.by(session)
        done = proof.record_signing_key(session, public=public, public_url=url, by=who, at=context.now)
    words = f"已做好签名密钥，登记进{len(done)}个村的账本。下一张海报上会印新的公钥。"
    echo_result(context.as_json, {"villages": done}, words)


def _signing(context: CliContext, village: str) -> proof.Signing:
    return proof.signing(context.settings, village)


def _facts(found: SealedText) -> dict[str, object]:
    """Return a checkpoint or a proof for machines."""
    key = found.key.verifier_key if found.key else None
    return {"month": found.anchor.month, "signed": found.signed, "key": key, "text": found.text}


def _unsigned(found: SealedText) -> str:
    return "" if found.signed else "\n（没有签名：本系统没有签名密钥，或账本还没有登记。）"
