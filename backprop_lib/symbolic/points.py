"""Choose points at which to try a claimed equality, and work both sides out there.

The one convention: a symbol stands for every number its assumptions allow, so ``Symbol("x")`` is complex and
``Symbol("x", real=True)`` is real. Symbols that count (limits of sums, indices) are small whole numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sympy import (
    Basic,
    Expr,
    I,
    Idx,
    Indexed,
    Integer,
    KroneckerDelta,
    Product,
    Rational,
    Sum,
    Symbol,
    pi,
    sqrt,
    true,
)
from sympy.logic.boolalg import BooleanAtom

from .definitions import is_leaf, unrolled

Point = dict[Basic, Basic]

SPECIAL = [Integer(0), Integer(1), Integer(-1), Integer(2), Rational(1, 2), Rational(-1, 2)]
RARE = [sqrt(2), pi, -sqrt(3), I, 2 * I, -I / 2, Integer(3), Integer(4), Integer(5), Integer(7)]
SCALES = [Integer(1), Integer(1), Integer(3), Integer(3), Rational(1, 100), Integer(30), Integer(2 * 10**6)]
RANDOM = 24  # points of twenty digits times π/3, so that no short pattern can hide an error


def counting_symbols(expressions: Iterable[Basic]) -> set[Basic]:
    """Symbols in limits of sums, in indices and in Kronecker deltas: whole numbers, whatever was declared."""
    found: set[Basic] = set()
    for e in expressions:
        places = [b for sum_ in e.atoms(Sum, Product) for limit in sum_.limits for b in limit[1:]]
        places += [index for x in e.atoms(Indexed) for index in x.indices]
        places += [argument for delta in e.atoms(KroneckerDelta) for argument in delta.args]
        free = e.free_symbols | e.atoms(Idx)
        found |= {
            s
            for place in places
            for s in (place.free_symbols | place.atoms(Idx)) & free
            if isinstance(s, Symbol | Idx)
        }
    return found


def points(sides: Sequence[Basic], where: Sequence[Basic], seed: int = 1986) -> Iterator[tuple[Point, bool]]:
    """Yield (point, is it random): special and readable values, then random ones; all satisfy ``where``."""
    rng = random.Random(seed)
    everything = [*sides, *where]
    counts = counting_symbols(everything)
    bases = {x.base.label for e in everything for x in e.atoms(Indexed)}
    labels = {idx.label for idx in counts if isinstance(idx, Idx)}
    symbols = sorted(
        {s for e in everything for s in e.free_symbols if isinstance(s, Symbol)} - bases - counts - labels,
        key=str,
    )
    whole = sorted(counts, key=str)
    symbols_fixed = [{s: v} for s in symbols[:5] for v in SPECIAL if _allows(s, v)]
    same = [dict.fromkeys(symbols, v) for v in (Rational(7, 10), Integer(3)) if len(symbols) > 1]
    if not symbols and not whole and not bases:
        yield {}, True
        return
    plans = [(fixed, False) for fixed in [*[{}] * 6, *symbols_fixed, *same]] + [({}, True)] * RANDOM
    in_vain = 0
    for fixed, is_random in plans:
        if (point := _point(everything, where, symbols, whole, fixed, rng, is_random)) is not None:
            yield point, is_random
        elif not fixed and (in_vain := in_vain + 1) == 4:
            return


def _point(
    everything: Sequence[Basic],
    where: Sequence[Basic],
    symbols: Sequence[Basic],
    whole: Sequence[Basic],
    fixed: Point,
    rng: random.Random,
    is_random: bool,
) -> Point | None:
    plain = [
        c for c in where if c.free_symbols <= {*whole}
    ]  # of indices alone: asked before any sum is written out
    for _ in range(1 if fixed else 30):  # a condition that is not met is met by drawing again
        point: Point = {s: Integer(rng.randint(0, 4)) for s in whole}
        for s in symbols:
            drawn = fixed[s] if s in fixed and _allows(s, fixed[s]) else _draw(s, rng, is_random)
            if drawn is None:
                return None
            point[s] = drawn
        if not all(_allows(s, point[s]) for s in whole if isinstance(s, Symbol)):
            continue
        if not all(work_out(condition, point, 30) == true for condition in plain):
            continue
        elements = {x for e in everything for x in _spelled_out(e, point).atoms(Indexed)}
        for x in sorted(elements, key=str):
            if (drawn := _draw(x, rng, is_random)) is None:
                return None
            point[x] = drawn
        if all(work_out(condition, point, 30) == true for condition in where):
            return point
    return None


def work_out(e: Basic, point: Point, digits: int) -> Basic | None:
    """The value of ``e`` at ``point`` to ``digits`` digits: a finite number or a truth value, else None."""
    numbers = {s: v if isinstance(v, Integer) else v.evalf(digits) for s, v in point.items()}
    try:
        value = rebuild(_spelled_out(e, point), numbers)
        if isinstance(value, BooleanAtom):
            return value
        value = value.evalf(digits)
    except (ArithmeticError, TypeError, ValueError, RecursionError, MemoryError, NotImplementedError):
        return None
    return value if value.is_number and value.is_finite else None


def rebuild(e: Basic, numbers: Point) -> Basic:
    """Rebuild ``e`` from its leaves; ``numbers`` remembers what is done, so that a shared part costs once."""
    if (known := numbers.get(e)) is None:
        known = e if is_leaf(e) else e.func(*(rebuild(a, numbers) for a in e.args))
        numbers[e] = known
    return known


def _spelled_out(e: Basic, point: Point) -> Basic:
    """``e`` with its whole numbers put in and its sums written term by term."""
    return _with_whole(
        e,
        frozenset((s, v) for s, v in point.items() if isinstance(v, Integer) and isinstance(s, Symbol | Idx)),
    )


@lru_cache(maxsize=2_000)  # asked for the letters in it, and then at each number of digits
def _with_whole(e: Basic, whole: frozenset[tuple[Basic, Basic]]) -> Basic:
    return unrolled(e.xreplace(dict(whole)))


def _allows(s: Basic, value: Basic | None) -> bool:
    """Whether the assumptions of ``s`` admit ``value``."""
    if value is None or not getattr(s, "is_commutative", True):
        return False
    facts = s.assumptions0 if hasattr(s, "assumptions0") else {}
    return all(
        getattr(value, f"is_{fact}", None) in (wanted, None)
        for fact, wanted in facts.items()
        if fact != "commutative"
    )


def _draw(s: Basic, rng: random.Random, is_random: bool) -> Basic | None:
    """A value that the assumptions of ``s`` allow, or None."""
    for attempt in range(60):
        value = Integer(rng.randint(-6, 6)) if s.is_integer else _real(s, rng, is_random)
        if not s.is_integer and not s.is_real and (is_random or attempt > 5) and rng.random() < 0.5:
            value += I * _real(s, rng, is_random)
        if attempt > 30:
            value = rng.choice(SPECIAL + RARE)
        if _allows(s, value):
            return value
    return None


def _real(s: Basic, rng: random.Random, is_random: bool) -> Expr:
    """A short decimal, so that a counterexample reads well, or a long irrational number."""
    if not is_random:
        return Rational(rng.randint(-100, 100), 100) * rng.choice(SCALES[:4])
    value = Rational(rng.randint(-(10**20), 10**20), 10**20) * rng.choice(SCALES)
    return value if s.is_rational else value * pi / 3
