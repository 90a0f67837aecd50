"""`pointsbank fonts`: says which scripts the fonts draw, and tries a font file of the village's own."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pointsbank import roster, sheets
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.new_files import NewFile
from pointsbank.durable import writing_whole
from pointsbank.lazy import LazyModule
from pointsbank.text import Replaceable

if TYPE_CHECKING:
    from pointsbank import printing
else:
    printing = LazyModule("pointsbank.printing", seldom=True)


@click.group("fonts")
def fonts_group() -> None:
    """字体：画得出哪些文字，试用村里自己的字体。"""


@fonts_group.command("list")
@pass_context()
def list_(context: CliContext) -> None:
    """列出画得出的文字，以及村里名字中画不出的（打印时用户号代替）。"""
    fonts = sheets.fonts_of(context.settings)
    scripts = printing.scripts_of(fonts.files)
    undrawn = printing.undrawn(_names(context), fonts.lacking)
    lines = ["画得出的文字：" + "、".join(_counted(scripts)) + "。"]
    lines += [refusal.detail for refusal in fonts.unusable]
    lines += [f"{one}。" for one in undrawn] or ["村里的名字都画得出。"]
    officially = fonts.lacking_officially(str(name) for name in _names(context))
    lines += [_officially(file, names) for file, names in officially.items()]
    facts = {
        "scripts": scripts,
        "official": {str(file): list(names) for file, names in officially.items()},
        "undrawn": [asdict(one) for one in undrawn],
        "unusable": [refusal.detail for refusal in fonts.unusable],
    }
    echo_result(context.as_json, facts, "\n".join(lines))


def _officially(file: Path, names: Mapping[str, str]) -> str:
    """Return which names a face of official documents does not draw whole."""
    if not names:
        return f"公文字体 {file.name} 画得出村里全部名字。"
    return printing.drawn_otherwise(file.name, names)


@fonts_group.command("try")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=NewFile(), required=True, help="样张写到哪个 PDF 文件。")
@pass_context()
def try_(context: CliContext, file: Path, out: Path) -> None:
    """试字体 FILE：能不能打印、画得出哪些文字、村里多出哪些名字，并画一张样张。"""
    own = printing.scripts_of([file])
    unjoined = printing.scripts_not_joined(file)
    before = sheets.fonts_of(context.settings)
    after = printing.Fonts(context.settings.data_dir / "fonts", (*context.settings.fonts, file.resolve()))
    names = _names(context)
    lacked = [name for name in names if before.lacking(name)]
    added = [name for name in lacked if not after.lacking(name)]
    samples = printing.samples_of(file)
    only = printing.Fonts(context.settings.data_dir / "fonts", (file.resolve(),), further_first=True)
    texts = [*printing.HEADINGS, file.name, "、", "…", *(text for line in samples for text in line), *added]
    with only.opened(texts) as case, writing_whole(out) as page:
        printing.draw_sample(page, case, name=file.name, samples=samples, names=added)
    characters = sorted({one for name in added for one in before.lacking(name)})
    lines = [f"{file.name} 画得出：" + ("、".join(_counted(own)) or "没有文字") + "。"]
    if unjoined:
        words = "、".join(map(printing.script_in_words, unjoined[:6]))
        lines.append(f"里面还有{words}：要连写或叠写，本程序画不对，不用它画。")
    if added:
        lines.append(f"村里新画得出{len(added)}个名字，新画得出的字：{'、'.join(characters)}。")
    else:
        lines.append("村里没有因它新画得出的名字。")
    lines.append(f'样张已写到 {out}，请看过再用：在 pointsbank.toml 里写 fonts = ["{file.resolve()}"]。')
    lines.append("字体的使用许可由村里自己负责。")
    facts = {
        "scripts": own,
        "not_joined": unjoined,
        "names": added,
        "characters": characters,
        "still_undrawn": [name for name in lacked if name not in added],
        "file": str(out),
    }
    echo_result(context.as_json, facts, "\n".join(lines))


def _names(context: CliContext) -> list[Replaceable]:
    with context.database.reading() as session:
        return roster.printed_names(session, village=context.village(session))


def _counted(scripts: dict[str, int]) -> list[str]:
    """Return each script with how many characters of it are drawn."""
    return [f"{printing.script_in_words(script)}{number}字" for script, number in scripts.items()]
