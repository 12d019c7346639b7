"""Every formula that the stepper shows in letters is true: for whole layers, and for one neuron or weight."""

import re
from functools import cache

import pytest
from generic import generic
from printed import holds

from backprop_lib import Network, step
from backprop_lib.activations import ACTIVATIONS
from backprop_lib.differences import complex_step
from backprop_lib.losses import LOSSES
from widgets.test_stepper import ask, said, widgets

SIGNS = {
    **{"½": r"\tfrac12 ", "‖²": r"\rVert^2", "‖": r"\lVert ", ")²": ")^2", "−": "-", "·": ""},
    **{"←": r"\leftarrow ", "⊙": r"\odot ", "Σ": r"\sum"},
}
LETTERS = {"σ": r"\sigma", "σ′": r"\sigma'", "δ": r"\delta", "α": r"\alpha"}
SLOPE = re.compile(r"∂C/∂(\w(?:[_^]\{[^}]*\})*)")


def tex(pieces):
    """Return a formula of the stepper as TeX."""
    return SLOPE.sub(r"\\frac{\\partial C}{\\partial \1}", "".join(map(piece_tex, pieces)))


def piece_tex(piece):
    if isinstance(piece, str):
        for sign, command in SIGNS.items():
            piece = piece.replace(sign, command)
        return piece
    if "exponent" in piece:
        return f"{piece['base']}^{{{tex(piece['exponent'])}}}"
    key, index = piece.get("key", "").replace("ᵀ", r"\mathsf T"), piece.get("index", "")
    base = LETTERS.get(piece["base"], piece["base"])
    return (
        base
        + (f"^{{{key}}}" if key else "")
        + ("" if not index else f"_{{{index}}}" if base else f"_{index}")
    )


@cache
def names(sizes, biases, m):
    """Return the numbers of a generic network, its slopes the complex step's."""
    net = Network(sizes, biases=biases)
    p, x, y = generic(net, m)
    t, g, sigma = net.forward(p, x), complex_step(net, p, x, y), ACTIVATIONS["sigmoid"]
    q, each = step(p, g, learning_rate=0.3), LOSSES[net.loss].f(t.a[2], y)
    return {
        **{
            "W": p.W,
            "b": p.b,
            "w": p.W,
            "x": x,
            "y": y,
            "z": t.z,
            "a": {**t.a, 0: x},
            "delta": g.delta,
            "m": m,
        },
        **{"∂C/∂W": g.dW, "∂C/∂w": g.dW, "∂C/∂b": g.db, "∂C/∂a": {2: (t.a[2] - y) / m}},
        **{"C": net.cost(p, x, y), "C_": each, "sigma": sigma.f, "sigma'": sigma.prime, "alpha": 0.3},
        **{"after": {"W": q.W, "w": q.W, "b": q.b}, "columns": ("x", "y", "z", "a", "delta")},
        **{"last": {"r": m, "k": sizes[1]}},
    }


def whole(found, line):
    """Return the names in the formula for whole layers; that of the update is for any layer."""
    if line["id"] != "GD":
        return found
    l = line["l"]
    return {**found, "W": found["W"][l], "∂C/∂W": found["∂C/∂W"][l], "after": {"W": found["after"]["W"][l]}}


def one(found, line, r):
    """Return the names in the formula for one neuron or weight, and example r."""
    found = {**found, "r": r, "b": {l: b[:, 0] for l, b in found["b"].items()}}
    found["∂C/∂b"] = {l: b[:, 0] for l, b in found["∂C/∂b"].items()}
    found["after"] = {**found["after"], "b": {l: b[:, 0] for l, b in found["after"]["b"].items()}}
    if line["id"] == "F1":
        found["last"] = {"k": found["W"][line["l"]].shape[1]}
    if line["id"] == "F2":  # in its exponent z stands without its layer and index
        found |= {"z_": found["z"], "z": found["z"][line["l"]][line["i"], r - 1], "columns": ("a", "z_")}
    return found


VERDICTS = {}  # a formula that a slip elsewhere has left as it was need not be computed with again


def false(page):
    """Return the ids of the steps with a false formula, and how many formulas were read."""
    wrong, read = set(), set()
    for widget, run in zip(widgets(), page["runs"], strict=True):
        if widget.hidden_size > 9:  # the same formulas, with commas between two indices
            continue
        found = names(widget.network.sizes, widget.biases, run["m"])
        for line in run["printed"]:
            formulas = {"whole": whole(found, line), "letters": one(found, line, r=run["m"])}
            for kind, values in formulas.items():
                formula = tex(line[kind])
                case = (widget.network.sizes, widget.biases, run["m"], line["id"], line["l"], kind, formula)
                if case in read or (line["id"], kind) == ("input", "letters"):  # "x and y" says nothing
                    continue
                read.add(case)
                if case not in VERDICTS:
                    VERDICTS[case] = true(formula, values)
                if not VERDICTS[case]:
                    wrong.add(line["id"])
    return wrong, len(read)


def true(formula, values):
    try:
        holds(formula, values)
    except (AssertionError, LookupError, TypeError, ValueError):
        return False
    return True


def test_every_formula_of_the_stepper_is_true():
    wrong, count = false(said())
    assert wrong == set()
    assert count > 100


SLIPS = {
    "equations.js": {
        "F1": ('" + ", b]', '" − ", b]'),
        "F2": ('letter("σ"), "(", z', 'letter("σ′"), "(", z'),
        "C0": ('" ½ ‖", a, " − "', '" ½ ‖", a, " + "'),
        "BP1": ('[delta, " = ", ...slopeOf(a)', '[delta, " = −", ...slopeOf(a)'),
        "BP2": ('transposed(letter("W", 2))', 'letter("W", 2)'),
        "BP3": ('" = ", delta, " ", transposed', '" = −", delta, " ", transposed'),
        "BP4": ('" = ", "Σ"', '" = ", "−Σ"'),
        "GD": ('" − ", plain("α")', '" + ", plain("α")'),
    },
    "arithmetic.js": {
        "F1": ('[" + ", letter("b", l', '[" − ", letter("b", l'),
        "F2": ('["−", letter("z")]', '[letter("z")]'),
        "C0": ('sub(k)), " − ", target(', 'sub(k)), " + ", target('),
        "BP1": ('" − ",\n          target', '" + ",\n          target'),
        "BP2": ('letter("w", 2, pair(k, i))', 'letter("w", 2, pair(i, k))'),
        "BP3": ("before(l, sub(j))", "before(l, sub(i))"),
        "BP4": ('[...slopeOf(letter("b"', '["−", ...slopeOf(letter("b"'),
        "GD": ('" − ", plain("α")', '" + ", plain("α")'),
    },
}


@pytest.mark.parametrize("file", SLIPS)
def test_a_false_formula_of_each_step_is_noticed(file, tmp_path):
    every_other = dict([*SLIPS[file].items()][::2])  # so that it is told which formulas are still right
    assert false(ask(tmp_path, file, *SLIPS[file].values()))[0] == set(SLIPS[file])
    assert false(ask(tmp_path, file, *every_other.values()))[0] == set(every_other)
