"""What the figures of the 71 errata must say: their numbers, in order, and how a computation ends.

Typed once, from the record of the errata that was made before this book; nothing here is computed.
``tiny`` is a rounding error, which differs from machine to machine; after a hundred thousand iterations rounding
moves the one where something happens too, so ``≈`` leaves room for fifty, as the chapter does.
"""

# ruff: noqa: E501  (a figure is a line)

import re

NUMBER = r"(?<![\w.])−?\d+(?:,\d{3})*(?:\.\d+)?(?:e[+−-]?\d+)?(?!\w)"
WORD = r"\b(?:\w+Error|inf|nan)\b"
TOKEN = re.compile(f"{NUMBER}|{WORD}")

FIGURES = {
    "E000.01": "3 4 3 5 4 5 6 8 1 −1 0 0",
    "E000.02": "0.2 0.9 −1.4 −1.400000 1.4 0.1 0.49 0.3136 0.7056",
    "E000.03": "4 −0.4 0.3 −0.3 0.45 2 −0.1 0.075 −0.075 0.1125 4",
    "E000.04": "0.8 −0.2 0.8",
    "E000.05": "−0.194799 −0.023810",
    "E000.06": "1 2 3 0.09003057 0.24472847 −0.33475904 0 0 −0.33475904 0.04406609 0.19550201 −0.2395681 0.01475152 0.09046948 −0.14909862",
    "E000.07": "3 1.30 1.40 1 2",
    "E000.08": "",
    "E000.09": "1 1 −3 9 −27 81 0.1 1 0.6 0.36 0.216 0.1296",
    "E000.10": "5 5",
    "E000.11": "001 −0.54506635 1.39795081 −0.52507645 −0.18394635",
    "E000.12": "1 1 4 3 4 3 4 1 2 1 0",
    "E000.13": "1 0",
    "E000.14": "−0.1 −0.15 −0.20",
    "E000.15": "0 0 1 0.5",
    "E000.16": "3 2 1 2 ValueError",
    "E000.17": "60,965,224",
    "E001.01": "−0.62833404 0.45414264 1 2 3 2 2 0.05198203 0.03030512 0.16548049",
    "E001.02": "1 1 1.0000 50 0.5100 300 0.5017 0.5",
    "E001.03": "0.39480367 0.20624554 0.30052460390129",
    "E001.04": "1 2 3 2 ValueError 0.02599101 0.01515256 0.08274025",
    "E001.05": "2 1 1 3 1 3 ValueError 0.00723246 0.00546965 0.03647082 0.00164061 0.00124073 0.00827303",
    "E001.06": "2 3 1 2 ValueError 1 3",
    "E001.07": "1 2 1 2 ValueError −1.40982136",
    "E001.08": "0 1 0.00592551 0.01007806 −0.05940907 1 0 0.02599101 0.01515256 0.08274025",
    "E001.09": "0.82580860 1.45014849 1.57482262 −0.98975979 −0.78934394 0.47939251 0.52060749",
    "E001.10": "0.0562719 0.86057817 0.47736789 0.39252447 1.42602086 0.97735628 tiny",
    "E001.11": "0 0 1 1 0 1 1 0 0",
    "E001.12": "1 tiny 3000 0.715 0.710 300 0.96 200,000",
    "E001.13": "0.1 0.29769625 0.30052460 0.1 0.30336833 0.001 0.3004962440",
    "E001.14": "0 0 0.00723246 −0.00000723 −0.001",
    "E001.15": "0.2572 0.0636 0.0787 0.94 50 0.664 250",
    "E001.16": "0.257238 50 300 0.252306",
    "E001.17": "1000 inf inf inf nan inf inf nan 8 8 1.7977e+308 709.78",
    "E001.18": "",
    "E001.19": "0 0 1 4.176e−03 10 4.198e−04 100 4.087e−05",
    "E001.20": "12 12 0",
    "E001.21": "",
    "E001.22": "≈91,432 0.225887 0.5 ≈102,013 1 ≈102,299 ≈102,695",
    "E001.23": "0 −14.6 100,400 ≈102,683 ≈102,696 0.364 200,000",
    "E001.24": "≈91,432 ≈102,695 3 ≈274,288 ≈308,043 ≈861 ≈11,542",
    "E001.25": "",
    "E001.26": "0 0 0.02879855 −0.02879856 0.23353037 0.2478971",
    "E001.27": "−0.17372609 −0.14244156 −0.0666346 −0.14673508 0.11258065 0.02599101 0.01515256 0.08274025",
    "E001.28": "3 3 1.2e−08 2 2 6.1e−09 1 3 5.2e−09",
    "E001.29": "0 0.91005018 0 0.19626223 0.71301043 0.48867814 1 37",
    "E001.30": "0.0259843 0.01512817 0.08272353 0.02599101 0.01515256 0.08274025 2.4e−05",
    "E001.31": "ModuleNotFoundError ImportError",
    "E001.32": "−0.69488793 −0.01389776 50.000000",
    "E001.33": "0.17419140 0.30052460",
    "E001.34": "1 30000 40000 0.6 0.8",
    "E002.01": "2 3 2 0 IndexError 2",
    "E002.02": "3 4 2 3",
    "E002.03": "0.00459828 −0.07799466 0.0048138 −0.07949549",
    "E002.04": "2 2 3 0.3 −0.2 0.3 0.6 0.9 −0.2 −0.4 −0.6",
    "E002.05": "1 0.00176857 0.00176857 −0.00344332 294.7",
    "E002.06": "−0.57764314 0.31355014 0.264093 −0.57764314 0 0",
    "E002.07": "10 45 9",
    "E002.08": "2 tiny",
    "E002.09": "−0.41112983 0.51534652 0.47246474 −0.19907078 0.25743052 0.23551593",
    "E003.01": "1 3 2 5 ValueError 1 5",
    "E003.02": "5 0.019020011 1 0.019020011 8 15 0.095100057 5",
    "E003.03": "1 5 3 5 1 5 1 3 3 5 2 5 ValueError ValueError ValueError 1 3 3 5 3 2",
    "E003.04": "1 5 1 1 0.019020011341 3 5 3 1",
    "E003.05": "3 5 3 5 ValueError 3 5",
    "E003.06": "0.49423785 1.0483646 0.489858 0.876921 0.44797055 0.671470399626691",
    "E003.07": "0.44746215 0.61679598 0.45873228 0.33896054 0.57069487 0.61003567 0.64948949 0.61271339 0.583938 0.6389235 0 1",
    "E003.08": "40 0 1.0 8 12 inf nan 8 13 1.0 1 inf 40.0",
    "E003.09": "2 0 0.880797 0.092478",
    "E003.10": "0.25 0.8 3.4375 −1.3863 1.2629 1.1666",
    "E003.11": "1 0",
}
# Where a figure is not made of numbers: what it says.
WORDS = {
    "E000.08": "= w₀; each term by its own aᵢ: w₀ + w₁",
    "E001.01": "= 2h − 2y",
    "E001.18": "“return a large number of false negatives or NaN predictions”",
    "E001.20": "“heavily relies on differentiable functions”",
    "E001.21": "“enforcing a stronger regularization, maybe L1 instead of L2”",
    "E001.23": "−2λ(w₀ − w₁)",
    "E001.25": "= λw/N",
    "E001.31": "No module named 'ipdb'",
    "E001.34": "“consecutive matrix multiplications”",
}


def tokens(text: str) -> list[str]:
    """Return the numbers of a figure, and the errors, in order."""
    return TOKEN.findall(text)


def same(found: str, expected: str) -> bool:
    """Say whether two tokens are the same word, or the same number up to zeros at its end."""
    if expected == "tiny":
        return abs(value(found)) < 1e-12
    if expected.startswith("≈"):
        return bool(re.match(r"\d", found)) and abs(value(found) - value(expected[1:])) <= 50
    return found == expected or (bool(re.match(r"−?\d", found)) and value(found) == value(expected))


def value(token: str) -> float:
    """Return a number."""
    return float(token.replace("−", "-").replace(",", ""))


def agrees(id: str, text: str) -> bool:
    """Say whether a figure has every expected number, no other, and the words."""
    found, expected = tokens(text), FIGURES[id].split()
    return len(found) == len(expected) and all(map(same, found, expected)) and WORDS.get(id, "") in text
