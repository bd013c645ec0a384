"""What KenLM says of the byte model in kneser_ney.arpa: log10 of each byte's probability.

    pip install kenlm
    python3 Tests/Reference/kneser_ney.py > Tests/Reference/kneser_ney.tsv

The ARPA file is what `KneserNeyLearning.exportARPA` writes for the text in KneserNeyARPATests.swift; a test
holds it against the file. Every byte is one token: visible ASCII as itself, all others as <0x20>.
"""

import pathlib

import kenlm

TEXT = b"the bandana in the band\nand then a Bandana! \xff"


def token(byte):
    return chr(byte) if 0x21 <= byte <= 0x7E else "<0x%02X>" % byte


here = pathlib.Path(__file__).parent
model = kenlm.Model(str(here / "kneser_ney.arpa"))
state = kenlm.State()
model.NullContextWrite(state)
print("byte\tlog10")
for byte in TEXT:
    following = kenlm.State()
    print("%d\t%.6f" % (byte, model.BaseScore(state, token(byte), following)))
    state = following
