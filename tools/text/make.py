"""Make the networks that ship, from e5-small and labelled comments. Anyone can run it again; docs/text/models.md says how.

python tools/text/make.py learn  --data ../shared/data --to work/careful
python tools/text/make.py mean   --from work/one work/two --to work/careful  # of networks that went on from one another
python tools/text/make.py distil --data ../shared/data --from work/careful --to work/fast
python tools/text/make.py grams  --data ../shared/data  # what groups of letters and words say, beside both
python tools/text/make.py ship   --data ../shared/data --careful work/careful --fast work/fast
python tools/text/make.py topics --data ../shared/data --from work/careful  # patients' topics, by a head of their own
python tools/text/make.py back   --to work/careful --tier careful  # what ships, to go on from
python tools/text/make.py settle --data ../shared/data  # thresholds and figures again, the networks as they are

``--from`` of ``learn`` and ``--small`` of ``distil`` go on from a network that has learned. ``--hold b,g`` leaves authors or batches
out, to see what they are worth (what is kept aside when not given); author k is never learned from.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import asdict
from pathlib import Path

import distil
import learn
import linear
import numpy as np
import ship
import torch
from back import kept_pieces, read_back
from batches import batches
from examples import (
    Example,
    comments,
    example_organisation,
    film_lines,
    languages,
    phrases,
    recombined,
    words,
)
from meaning import with_meaning
from moving import moved
from narrow import narrowed
from network import Encoder, Heads, Shape, encoder
from teacher import Teacher, path, read
from tokenizers import Tokenizer
from topics import Topics, figures, patients, said, taught
from vocabulary import choose, tokenizer

KEPT_ASIDE = 1500  # film lines never learned from, to measure with
PATIENTS = Path("nhs_fft_pxtextmining") / "v6framework.csv"
TEST = "k"  # an author whose comments no network ever learns from
ASIDE = {
    "borders": [
        "l80",
        "l81",
        "p78",
        "p79",
        "q78",
        "q79",
        "s80",
        "s81",
        "u80",
        "u81",
        "w79",
        "w80",
        "x79",
        "x80",
        "y80",
        "y81",
    ],
    "answers": ["a58", "b58", "d68", "e58"],
    "short": [f"{author}{number}" for author in "fgij" for number in range(51, 59)],
    "no theme": ["c61"],
}
"""Batches that no network learns from and no setting is chosen by: only measured. Between sentiments and on the border of what is urgent;
short answers; the shortest (urgent ones, turns of phrase), Swedish and English among them; and what speaks of nothing in particular."""
HELD = ",".join(batch for some in ASIDE.values() for batch in some)
STUDENT = (0, 5, 11)  # layers of the large network that the small one begins with


def lines(data: Path) -> tuple[list[Example], list[Example]]:
    """(Other people's lines to learn from, film lines kept aside)."""
    seed = random.Random(0)
    films = film_lines(data / "xed" / "xed.tsv")
    told, _, _ = patients(data / PATIENTS)
    seed.shuffle(films)
    return films[KEPT_ASIDE:] + 3 * told + words(data / "afinn_fi"), films[:KEPT_ASIDE]  # patients thrice: they are few


def split(hold: str) -> tuple[list[Example], list[Example]]:
    """(To learn from, held out): batches whose names begin with one of ``hold``, comma between."""
    every = comments()
    begins = tuple(hold.split(",")) if hold else ()
    held = [one for one in every if one.group.startswith(begins)] if begins else []
    kept = [one for one in every if not (begins and one.group.startswith(begins)) and not one.group.startswith(TEST)]
    return kept + example_organisation() + phrases() + languages(), held


def pieces(teacher: Teacher, work: Path) -> tuple[np.ndarray, Tokenizer]:
    """The pieces kept, chosen once for all networks."""
    kept = work.parent / "pieces.npy"
    if not kept.exists():
        np.save(kept, choose(teacher, [one.text for one in comments()]))
    keep = np.load(kept)
    made = tokenizer([teacher.pieces[i] for i in keep])
    return keep, made


def learned(args: argparse.Namespace) -> None:
    """The careful network: every layer of e5-small, moved by the comments."""
    teacher = read(path())
    args.to.mkdir(parents=True, exist_ok=True)
    keep, cut = pieces(teacher, args.to)
    cut.enable_truncation(192)
    examples, _ = split(args.hold)
    beside, _ = lines(args.data)
    examples += once(beside)[: args.others]
    beside = random.Random(1).sample(beside, min(args.beside * args.epochs, len(beside)))
    examples, beside = known_apart(args, examples, beside)
    whole = with_meaning(encoder(teacher, keep), cut, examples + beside, args.to.parent / "meaning.npz")
    made, heads = restored(args.source) if args.source else (encoder(teacher, keep), Heads(teacher.hidden))
    plan = learn.Plan(
        epochs=args.epochs, rate=args.rate, beside=args.beside, end=args.end, seed=args.seed, words=args.words
    )
    _, _, names = patients(args.data / PATIENTS)
    topics = Topics(teacher.hidden, names) if args.topics else None
    learn.fit(
        made, heads, whole[: len(examples)], whole[len(examples) :], cut, plan,
        lambda _: save(made, heads, args.to), topics,
    )  # fmt: skip


def once(beside: list[Example]) -> list[Example]:
    """The film lines and the patients' comments, each once, in random order."""
    found = list({one.text: one for one in beside if one.group != "afinn"}.values())
    return random.Random(4).sample(found, len(found))


def known_apart(
    args: argparse.Namespace, examples: list[Example], beside: list[Example]
) -> tuple[list[Example], list[Example]]:
    """(Examples not learned before, the others among the lines beside), by ``--known``; as they are without it."""
    if not args.known:
        return examples, beside
    known = {*args.known.read_text().split(), "phrases", "example"}
    return [one for one in examples if one.group not in known], beside[: args.beside] + [
        one for one in examples if one.group in known
    ]


def returned(args: argparse.Namespace) -> None:
    """A network that ships, as one that has learned: ``learn --from`` and ``distil --from`` take it."""
    teacher = read(path())
    args.to.mkdir(parents=True, exist_ok=True)
    keep = kept_pieces(teacher, ship.HOME / "pieces.json")
    np.save(args.to.parent / "pieces.npy", keep)
    save(*read_back(teacher, keep, ship.HOME / f"{args.tier}.onnx"), args.to)


def measured(args: argparse.Namespace) -> None:
    """How well patients' topics are told apart by a head taught on what the network makes of their comments, and with ``--passes`` by the
    whole network after going on with them, ``--times`` of them by seeds of their own whose log odds are averaged; each alone, and with
    groups of letters and words beside it."""
    _, cut = pieces(read(path()), args.source)
    cut.enable_truncation(192)
    some, aside, names = patients(args.data / PATIENTS)
    some, aside = (
        sorted(each, key=lambda one: len(one.text)) for each in (some, aside)
    )  # or the longest of a batch fills all with blanks
    beside, heard = linear.topics(some, aside, names), []
    for seed in range(1, args.times + 1):
        made, _ = restored(args.source)
        topics = taught(made, names, some, cut, args.head, seed)
        if seed == 1:
            _told(names, aside, [said(made, topics, aside, cut)], beside)
        if args.passes:
            moved(made, topics, some, cut, args.passes, args.rate, seed)
            heard.append(said(made, topics, aside, cut))
            _told(names, aside, heard, beside)


def _told(names: tuple[str, ...], aside: list[Example], heard: list[np.ndarray], beside: np.ndarray) -> None:
    """The figures of the networks' mean log odds, alone and with those of groups of letters and words beside them."""
    for share in (0.0, ship.SHARE["careful"]):
        print(
            len(heard), share, figures(names, aside, (1 - share) * np.mean(heard, axis=0) + share * beside), flush=True
        )


def distilled(args: argparse.Namespace) -> None:
    """The fast network: three layers that follow the careful one."""
    teacher = read(path())
    args.to.mkdir(parents=True, exist_ok=True)
    keep, cut = pieces(teacher, args.to)
    cut.enable_truncation(192)
    examples, _ = split(args.hold)
    beside, _ = lines(args.data)
    beside = random.Random(2).sample(beside, min(2 * args.beside, len(beside)))
    examples, beside = known_apart(args, examples, beside)
    beside = random.Random(3).sample(beside, min(2 * args.beside, len(beside)))
    whole = with_meaning(encoder(teacher, keep), cut, examples + beside, args.to.parent / "meaning.npz")
    examples, beside = whole[: len(examples)], whole[len(examples) :]
    examples += recombined(examples, args.recombined, random.Random(args.seed), args.evenly)
    large, large_heads = restored(args.source)
    reads = distil.as_shipped(args.shipped) if args.shipped else distil.in_full(large)
    told = tuple(distil.answers(reads, large_heads, part, cut) for part in (examples, beside))
    if args.small:
        small, heads = restored(args.small)
    else:
        small, heads = shortened(large), Heads(teacher.hidden)
        heads.load_state_dict(large_heads.state_dict())
    inner, attentions = args.inner or small.shape.inner, args.attentions or small.shape.heads
    if (inner, attentions) != (small.shape.inner, small.shape.heads):
        few = [one for one in examples if one.group != "recombined"][:: ship.TRIED]
        small = narrowed(small, inner, attentions, batches(few, cut, 32, random.Random(0), disturb=False))
    plan = learn.Plan(
        epochs=args.epochs,
        rate=args.rate,
        beside=args.beside,
        decay=1.0,
        size=64,
        smoothing=0.0,
        seed=args.seed,
        words=args.words,
        meaning=4.0,  # three layers drift from it otherwise
    )
    distil.fit(small, heads, examples, beside, told, large_heads, cut, plan, lambda _: save(small, heads, args.to))


def grouped(args: argparse.Namespace) -> None:
    """The reading of groups of letters and words, straight to where it ships: ``ship`` or ``settle`` comes after it."""
    examples, _ = split(args.hold)
    beside, _ = lines(args.data)
    linear.fit(examples, list({one.text: one for one in beside}.values()), ship.HOME / "grams.npz")


def averaged(args: argparse.Namespace) -> None:
    """The mean of networks that went on from one another: steadier than either (Wortsman and others 2022, "Model soups")."""
    told = [torch.load(work / "network.pt") for work in args.source]
    for part in ("encoder", "heads"):
        for name in told[0][part]:
            told[0][part][name] = sum(one[part][name] for one in told) / len(told)
    args.to.mkdir(parents=True, exist_ok=True)
    torch.save(told[0], args.to / "network.pt")


def shortened(large: Encoder) -> Encoder:
    """A network of the STUDENT layers of ``large``."""
    made = Encoder(Shape(**{**asdict(large.shape), "layers": len(STUDENT)}))
    told = large.state_dict()
    for at, layer in enumerate(STUDENT):
        for name in [name for name in told if name.startswith(f"layers.{layer}.")]:
            told[f"small.{at}." + name.split(".", 2)[2]] = told[name]
    kept = {name: value for name, value in told.items() if not name.startswith("layers.")}
    made.load_state_dict({name.replace("small.", "layers."): value for name, value in kept.items()})
    return made


def save(made: Encoder, heads: Heads, to: Path) -> None:
    torch.save(
        {"encoder": made.state_dict(), "heads": heads.state_dict(), "shape": asdict(made.shape)}, to / "network.pt"
    )


def restored(work: Path) -> tuple[Encoder, Heads]:
    told = torch.load(work / "network.pt")
    made, heads = Encoder(Shape(**told["shape"])), Heads(told["shape"]["hidden"])
    made.load_state_dict(told["encoder"])
    heads.load_state_dict(told["heads"])
    return made.eval(), heads.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    steps = parser.add_subparsers(required=True)
    for name, step, epochs, rate in (("learn", learned, 7, 2e-4), ("distil", distilled, 8, 3e-4)):
        one = steps.add_parser(name)
        one.set_defaults(step=step)
        one.add_argument("--data", type=Path, required=True)
        one.add_argument("--from", dest="source", type=Path)
        one.add_argument("--to", type=Path, required=True)
        one.add_argument("--hold", default=HELD)
        one.add_argument("--epochs", type=int, default=epochs)
        one.add_argument("--rate", type=float, default=rate)
        one.add_argument("--beside", type=int, default=3000)
        one.add_argument("--end", type=float, default=0.0)
        one.add_argument("--words", type=float, default=0.0, help="the pieces' own vectors move at this share")
        one.add_argument("--seed", type=int, default=1)
        one.add_argument("--small", type=Path, help="go on with this small network")
        one.add_argument("--shipped", type=Path, help="the large network in eight bits, where it answers faster")
        one.add_argument("--known", type=Path, help="batches learned before: of them and other lines, --beside a pass")
        one.add_argument("--topics", action=argparse.BooleanOptionalAction, default=True)
        one.add_argument("--inner", type=int, help="channels of a small network's feed-forward parts, where fewer")
        one.add_argument("--attentions", type=int, help="heads of a small network's attention, where fewer")
        one.add_argument("--recombined", type=int, default=0, help="comments of others' sentences to ask the large one")
        one.add_argument("--evenly", action="store_true", help="as many of these in each language")
        one.add_argument("--others", type=int, default=0, help="film lines and patients' comments in every pass")
    one = steps.add_parser("back")
    one.set_defaults(step=returned)
    one.add_argument("--tier", choices=("careful", "fast"), required=True)
    one.add_argument("--to", type=Path, required=True)
    one = steps.add_parser("topics")
    one.set_defaults(step=measured)
    one.add_argument("--data", type=Path, required=True)
    one.add_argument("--from", dest="source", type=Path, required=True)
    one.add_argument("--head", type=int, default=4, help="passes of the head alone")
    one.add_argument("--passes", type=int, default=0, help="passes of the whole network, after the head")
    one.add_argument("--times", type=int, default=1, help="networks that go on, each by a seed of its own")
    one.add_argument("--rate", type=float, default=1e-4)
    beside = steps.add_parser("grams")
    beside.set_defaults(step=grouped)
    beside.add_argument("--data", type=Path, required=True)
    beside.add_argument("--hold", default=HELD)
    mean = steps.add_parser("mean")
    mean.set_defaults(step=averaged)
    mean.add_argument("--from", dest="source", type=Path, nargs="+", required=True)
    mean.add_argument("--to", type=Path, required=True)
    last = steps.add_parser("ship")
    last.set_defaults(step=ship.shipped)
    for name in ("careful", "fast"):
        last.add_argument(f"--{name}", type=Path, required=True)
    last.add_argument("--data", type=Path, required=True)
    again = steps.add_parser("settle")
    again.set_defaults(step=ship.settled)
    again.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(2)
    args.step(args)


if __name__ == "__main__":
    main()
