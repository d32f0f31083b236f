"""What each failure mode does on each route when the layer is in a model, by mode.

One letter for each route of ROUTES: o it comes back whole, S something is lost in silence, L it is
loud. B alone: the layer cannot even be built. Whoever makes a class of a mode in ``fixtures/modes``
names it after the mode.
"""

from __future__ import annotations

ROUTES = ("config", "keras", "h5", "fresh", "export", "clone", "deepcopy", "pickle")

_LINES = """
A00 oooooooo | A01 SSSSoSSS | A02 LLLLoLLL | A03 SSSSoSSS | A04 SSSSoSSS | A05 SSSSoSSS | A10 SSSSooSS
A10kw SSSSoSSS | A11 LLLLoLLL | A12 LLLLoLLL | A13 LLLLoLLL | A14 SSSooSSS | A15 SSSSoSSS | A16 SSSSoSSS
A17 LLLLoLLL | A18 oooooooo | A19 SSSSoSSS | A20 SSSSoSSS | A21 LLLLoLLL | A22 LLLLoLLL | A23 SSSSoSSS
A24 LLLLoLLL | A25 oooooooo | A26 oooooooo | A26b oooooooo | A26c LLLLooLL | A26d LLLLoooo | A27 oooooooo
A27b LLLLoLLL | A27c oooooooo | A27d oooooooo | A27e LLLLoLLL | A28 SSSSoSSS | A28b oooooooo | A29 oooooooo
A30 LLLLooLL | A31 SSSSooSS | A32 SSSSooSS | A33 LLSLooLL | A33b LoSooLoo | A34 oooooooo | A35 LLoLooLL
A26f SSSSooSS | A27f SSSSoSSS | A27g SSSSoSSS | A26g oooooooo | A26h LLLLooLL
B01 oooooooo | B02 oooooooo | B03 SSSSSSSS | B03b SSSSSSSS | B04 SSSSoSSS | B05 SSSSoSSS | B06 SSSSSSSS
B07 LLLLoLLL | B08 SSSSoSSS | B09 SSSSoSSS | B10 SSSSoSSS | B11 SSSSoSSS | B12 SSSSoSSS | B13 oooooooo
C01 LLLLoLLL | C02 SSSSoSSS | C03 SSSSoSSS | C03v SSLSoSSS | C04 SSSSoSSS | C05 SSSSoSSS | C06 oooooooo
C06b SSSSoSSS | C07 oooooooo | C08 SSSSoSSS | C09 SSSSoSSS | C10 oooooooo | C11 SSSSoSSS | C12 oooooooo
D01 SSSSoSSS | D01b SLLLoSLL | D02 SSSSoSSS | D03 SSSSoSSS | D04 LLoLoSLL | D05 LLLLoLLL | D06b LLLLoLLL
D06 oooooooo | D07 SoLooSoo | D07b SLLLoSLL | D08 SSSSoSSS | D08b oooooooo | D09 oooSoooo | D10 SSSSoSSS
D11 oooooooo | D12 ooooooLo | D13 ooooooLo | D14 B | D15 oooooooo | D16 SSLSoSSS | D16b SLLLoSLL
D16c SSSSoSSS | D17 oooooooo | D18 LLLLoLLL | D18b SLSLoSLL
E01 B | E03 SSSSoSSS | E03b oooooooo | E04 oooooooo | E05 SSSSoSSS | E06 oooooooo | E07 ooLooooo
E08 SSSSoSSS | E09 SSSSoSSS | E10 SLLLoSLL | E11 SLLLoSLL | E12 oSoSooSS | E13 oSoSooSS | E14 oLoLooLL
E14b oSoSooSS | E15 SoSooSoo | E16 SSSSoSSS | E17 SSSSoSSS | E18 SSSSoSSS | E19 SSSSoSSS | E19b SSSSoSoS
E20 SSSSSSSS | E20b ooooSooo | E20c SSSSoSSS | E20d SSSSoSSS | E21 SSSLoSSS | E21b LLLLoLLL | E22 oooooooo
E23 ooLooooo | E24 ooSooSoo | E25 SSSSoSSS | E26 SoSooSoo | E27 LoLooLoo | E28 SLLLoSLL | E30 oooooooo
E31 oooooooo | E32 oooooooo | E33 ooooooLo | E34 LLoLooLL | E35 ooooooLo | E36 oooooooo | E37 oooooooo
E40 oooooooo
H01 SSSSSSSS | H01b SoLoooSo | H02 SSLSoSSS | H02b SSSSSSSS | H03 oSLSoSSS | H04 ooLoooSo | H05 oooooooo
H06 SSLSLSSS | H07 ooLooooo | H08 ooLoooSo
I01 LLLLoLSS | I02 SSSSoLSS | I03 SSSSoLSS | I04 LLLLoLLL | I05 LLLLoLLL | I06 LLLLoLLL | I07 oooooooo
I08 LLLLoLLL | I09 LooooLLL
J01 SLLLoSLL | J02 SSLSoSSS | J03 SLLLoSLL | J03b ooLooSoo | J04 LLLLoSLL | J04b LLLLoSLL | J04c LLLLoSLL
J05 ooLooooo | J06 ooLooooo | J07 ooLooooo | J08 ooLooooo | J10 oSLSoSSS | J11 SSLSoSSS | J12 SSLSoSSS
K01 SSSSoSSS | K02 SSSSoSSS | K03 oooooooo | K04 SSSSoSSS | K07 B
L01 oooooooo | L02 oSoSooSS | L03 B | L04 SLLLoSLL | L05 SSLSoSSS
M01 oooooooo | M02 oooooooo | M03 SSSSoSSS | M04 ooLooooo | M05 LLLLoLLL | M06 LLLLoLLL
Q01 oooooooo | Q02 oSSSoooS | Q03 oooooooo | Q04 oLLLoooL | Q05 oLLLoooL | Q06 oooooooo | Q07 ooLooooo
Q08 oooooooo
"""
_ENTRIES = [entry.split() for line in _LINES.strip().splitlines() for entry in line.split("|")]
MODES = dict(_ENTRIES)
