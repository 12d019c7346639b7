"""Every equation of engine.js in classic wrong versions, as text to replace: name, right, wrong."""

MUTANTS = {
    "F1: a bias subtracted": (
        "sizes[l - 1], m, p.b[l]); // (F1)",
        "sizes[l - 1], m, p.b[l]?.map((v) => -v));",
    ),
    "F1: weights transposed": (
        "times(p.W[l], a[l - 1], z[l], n, sizes[l - 1], m,",
        "transposeTimes(p.W[l], a[l - 1], z[l], sizes[l - 1], n, m,",
    ),
    "F2: a is z": ("phi[l].apply(z[l], a[l], n, m)", "a[l].set(z[l])"),
    "BP1: the sign": ("loss.prime(a[L][i], y[i]) / m", "-loss.prime(a[L][i], y[i]) / m"),
    "BP1: a missing 1/m": ("loss.prime(a[L][i], y[i]) / m", "loss.prime(a[L][i], y[i])"),
    "BP1: a missing 1/m in the matched pair": ("delta[L][i] /= m", "delta[L][i] /= 1"),
    "M1: the sign": ("delta[L][i] = a[L][i] - y[i]", "delta[L][i] = y[i] - a[L][i]"),
    "M1: the slope taken once more": (
        "delta[L][i] = a[L][i] - y[i]",
        "delta[L][i] = (a[L][i] - y[i]) * a[L][i] * (1 - a[L][i])",
    ),
    "BP1: no slope of the output": (
        "phi[L].vjp(z[L], slope[L], delta[L], sizes[L], m, a[L])",
        "delta[L].set(slope[L])",
    ),
    "M1: the long way around": ("if (loss.match === names[L])", "if (false)"),
    "BP2: a missing transpose": (
        "transposeTimes(p.W[l + 1], delta[l + 1], slope[l], sizes[l + 1], sizes[l], m)",
        "times(p.W[l + 1], delta[l + 1], slope[l], sizes[l], sizes[l + 1], m)",
    ),
    "BP2: the slope at a for the slope at z": (
        "phi[l].vjp(z[l], slope[l], delta[l], sizes[l], m, a[l])",
        "phi[l].vjp(a[l], slope[l], delta[l], sizes[l], m)",
    ),
    "BP2: no slope": ("phi[l].vjp(z[l], slope[l], delta[l], sizes[l], m, a[l])", "delta[l].set(slope[l])"),
    "BP3: z for a": ("timesTranspose(delta[l], a[l - 1]", "timesTranspose(delta[l], z[l - 1] ?? a[0]"),
    "BP3: the sign of the ridge": ("+= (l2 / m) * p.W[l][i]", "-= (l2 / m) * p.W[l][i]"),
    "BP3: a ridge without 1/m": ("+= (l2 / m) * p.W[l][i]", "+= l2 * p.W[l][i]"),
    "BP4: the mean for the sum": (
        "sumOfRows(delta[l], db[l], sizes[l], m)",
        "sumOfRows(delta[l], db[l], sizes[l], m), db[l].forEach((s, i) => (db[l][i] = s / m))",
    ),
    "GD: uphill": ("less(p.W[l], alpha,", "less(p.W[l], -alpha,"),
    "GD: uphill for the biases": ("less(p.b[l], alpha,", "less(p.b[l], -alpha,"),
    "C0: the sum for the mean": ("sum / m; // (C0)", "sum;"),
    "C0: a ridge without its half": ("(l2 / (2 * m)) * squares", "(l2 / m) * squares"),
    "C1: no half": ("f: (a, y) => 0.5 * (a - y) ** 2", "f: (a, y) => (a - y) ** 2"),
    "C2: a lost factor 2": ("prime: (a, y) => 2 * (a - y)", "prime: (a, y) => a - y"),
    "C3: half of the formula": ("-plogq(y, a) - plogq(1 - y, 1 - a)", "-plogq(y, a)"),
    "C3: no denominator": ("(a - y) / (a * (1 - a))", "a - y"),
    "C3: overflow": ("(z > 0 ? (1 - y) * z : -y * z) + log1p(small(z))", "log(1 + exp(z)) - y * z"),
    "C4: the sign": ("prime: (a, y) => -y / a", "prime: (a, y) => y / a"),
    "C4: overflow": ("return top + log(sum)", "return log(sum * exp(top))"),
    "A1: a slope of 0": ("vjp: (z, dC_da, out) => out.set(dC_da)", "vjp: (z, dC_da, out) => out.fill(0)"),
    "A2: a slope without the square": ("dC_da[i] * a[i] * (1 - a[i])", "dC_da[i] * a[i]"),
    "A2: overflow": ("1 / (1 + exp(-z))", "exp(z) / (1 + exp(z))"),
    "A3: no square": ("(1 - a[i] * a[i])", "(1 - a[i])"),
    "A4: a slope identically 1": ("out[i] = z[i] > 0 ? dC_da[i] : 0", "out[i] = dC_da[i]"),
    "A5: an elementwise slope": ("(dC_da[k * m + r] - mean)", "dC_da[k * m + r] * (1 - a[k * m + r])"),
    "A5: a sum over everything": (
        "let sum = 0;\n        for (let k = 0; k < n; k++) sum += a",
        "let sum = 1;\n        for (let k = 0; k < n; k++) sum += a",
    ),
}
