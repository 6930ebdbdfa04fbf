"""A second, blind reading of batches of the corpus (docs/text/labelling.md).

python tools/corpus/second.py share l90 l91 --to work     # work/todo: id and text, shuffled; labels are not shown
python tools/corpus/second.py differ --to work            # of work/read: what the two readers see otherwise, for rulings
python tools/corpus/second.py settle --to work            # agreement, and work/mend into the corpus

A line of ``read``: ``id sentiment code+ code- …`` and flags, as in compact.py; ``none`` for no theme. A line of ``mend``: ``id keep code``
(a theme only the author saw, and rightly), ``id drop code``, ``id add code+ exact quote``, ``id sentiment=negative``,
``id attitude code-``, ``id churn=t``, ``id urgent=f``, ``id r=n``.
Themes that one of the two saw and no ruling keeps or drops become ``perhaps``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compact import ATTITUDES, NAMES

from kapula.text import corpus, labels

HOME = Path(corpus.__file__).parent
SIGNS = {name: sign for sign, name in ATTITUDES.items()}
CODE = re.compile(r"(\w+)([-+~=])$")
ADD = re.compile(r"add (\w+)\s*([-+~=])\s*(.+)$")
RESOLVED = {"t": True, "f": False, "n": None}


@dataclass
class Read:
    """What the second reader wrote of a comment. ``flags``: those that hold."""

    sentiment: str
    themes: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)


def called(text: str) -> str:
    """A comment's id within its batch: not its place, as authors write one kind after another."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def by_id(batch: str) -> dict[str, dict[str, Any]]:
    """A batch's lines by their ids, in order. Raises SystemExit for one there twice: the second would be lost when they are written."""
    found: dict[str, dict[str, Any]] = {}
    for line in corpus.raw(batch):
        if called(line["text"]) in found:
            raise SystemExit(f"{batch}: there twice: {line['text']}")
        found[called(line["text"])] = line
    return found


def share(batches: list[str], to: Path) -> None:
    """Every comment of the batches, in random order, so that pairs do not explain each other."""
    lines = [f"{batch}:{name}\t{line['text']}" for batch in batches for name, line in by_id(batch).items()]
    random.Random(5).shuffle(lines)
    to.mkdir(parents=True, exist_ok=True)
    (to / "todo").write_text("\n".join(lines) + "\n", encoding="utf-8")


def seconds(file: Path) -> dict[str, Read]:
    """By id. Raises SystemExit naming the first line that cannot be read."""
    found = {}
    for line in filter(str.strip, file.read_text(encoding="utf-8").splitlines()):
        name, sentiment, *words = line.split()
        told = Read(sentiment)
        for word in words:
            theme = CODE.match(word)
            if theme and theme[1] in labels.THEMES:
                told.themes[theme[1]] = ATTITUDES[theme[2]]
            elif word in NAMES:
                told.flags.add(NAMES[word])
            elif word not in ("none", "r=t", "r=f"):
                raise SystemExit(f'{file.name}: "{word}" in: {line}')
        if sentiment not in labels.SENTIMENTS:
            raise SystemExit(f'{file.name}: "{sentiment}" in: {line}')
        found[name] = told
    return found


def lines_of(names: list[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Batch → its lines by their ids, in order, of the batches in the ids ``names``."""
    return {batch: by_id(batch) for batch in sorted({name.split(":")[0] for name in names})}


def differences(line: dict[str, Any], second: Read) -> list[str]:
    """What a reader has to rule on."""
    first = {theme["code"]: theme for theme in line["themes"]}
    found = []
    if line["sentiment"] != second.sentiment:
        found.append(f"sentiment: author {line['sentiment']}, you {second.sentiment}")
    for code, theme in first.items():
        if code not in second.themes:
            found.append(f"only the author: {code}{SIGNS[theme['sentiment']]} «{' && '.join(theme['quotes'])}»")
        elif second.themes[code] != theme["sentiment"]:
            found.append(f"{code}: author {theme['sentiment']}, you {second.themes[code]}")
    found += [f"only you: {code}{SIGNS[told]}" for code, told in second.themes.items() if code not in first]
    return found + [f"{name}: one of you" for name in NAMES.values() if bool(line.get(name)) != (name in second.flags)]


def differ(to: Path) -> None:
    read = seconds(to / "read")
    there = lines_of(list(read))
    for name, second in read.items():
        batch, _, at = name.partition(":")
        line = there[batch][at]
        if told := differences(line, second):
            print(f"{name}\t{line['text']}\n    " + "\n    ".join(told))


def ruled(line: dict[str, Any], second: Read, rulings: list[str]) -> dict[str, Any]:
    """The line after the rulings. Raises ValueError for one that cannot be read, or whose quote is not in the text."""
    themes = {theme["code"]: theme for theme in line["themes"]}
    kept, dropped = set(second.themes) & set(themes), set()
    for ruling in rulings:
        word, _, rest = ruling.partition(" ")
        key, _, value = ruling.partition("=")
        if word == "keep":
            kept |= set(rest.split())
        elif word == "drop":
            dropped |= set(rest.split())
        elif told := ADD.match(ruling):
            if told[3] not in line["text"]:
                raise ValueError(f'quote "{told[3]}" is not in: {line["text"]}')
            themes[told[1]] = {"code": told[1], "quotes": [told[3]], "sentiment": ATTITUDES[told[2]]}
            kept.add(told[1])
        elif word == "attitude" and (code := CODE.match(rest)):
            themes[code[1]]["sentiment"] = ATTITUDES[code[2]]
        elif key == "sentiment" and value in labels.SENTIMENTS:
            line["sentiment"] = value
        elif key in NAMES or key == "r":
            line["resolved" if key == "r" else NAMES[key]] = RESOLVED[value]
        else:
            raise ValueError(f'ruling "{ruling}"')
    doubtful = ({*themes, *second.themes} - kept - dropped) | set(line.get("perhaps", ()))
    line["themes"] = [theme for code, theme in themes.items() if code in kept and code not in dropped]
    line["perhaps"] = [code for code in labels.THEMES if code in doubtful - kept - dropped]
    return {
        name: value
        for name, value in line.items()
        if value is not None and value is not False and (name, value) != ("perhaps", [])
    }


def settle(to: Path) -> None:
    read, rulings = seconds(to / "read"), defaultdict(list)
    for ruling in filter(str.strip, (to / "mend").read_text(encoding="utf-8").splitlines()):
        name, _, rest = ruling.strip().partition(" ")
        rulings[name].append(rest.strip())
    there = lines_of(list(read))
    print(agreement([(there[name.split(":")[0]][name.split(":")[1]], second) for name, second in read.items()]))
    for name, second in read.items():
        batch, _, at = name.partition(":")
        there[batch][at] = ruled(there[batch][at], second, rulings[name])
    for batch, lines in there.items():
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines.values())
        (HOME / f"{batch}.jsonl").write_text(text + "\n", encoding="utf-8")


def agreement(pairs: list[tuple[dict[str, Any], Read]]) -> str:
    """Of sentiment, with Cohen's kappa, and F1 of themes, before any ruling."""
    n = len(pairs)
    same = sum(line["sentiment"] == second.sentiment for line, second in pairs) / n
    chance = sum(
        sum(line["sentiment"] == one for line, _ in pairs) * sum(second.sentiment == one for _, second in pairs) / n**2
        for one in labels.SENTIMENTS
    )
    both = sum(len({theme["code"] for theme in line["themes"]} & set(second.themes)) for line, second in pairs)
    either = sum(len(line["themes"]) + len(second.themes) for line, second in pairs)
    kappa = (same - chance) / (1 - chance) if chance < 1 else 1.0
    return f"{n} read; sentiment {same:.1%}, kappa {kappa:.2f}; themes F1 {2 * both / max(1, either):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("step", choices=("share", "differ", "settle"))
    parser.add_argument("batches", nargs="*")
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    if args.step == "share":
        share(args.batches, args.to)
    else:
        {"differ": differ, "settle": settle}[args.step](args.to)


if __name__ == "__main__":
    main()
