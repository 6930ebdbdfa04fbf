"""Signs around a name, as flags beside those of :mod:`kapula.text.personal.names.kinds`."""

from __future__ import annotations

from typing import Final

ROLE: Final = 1 << 10
"""A title or trade in its own form (or with a possessive): what follows it is a name."""
ROLE_INFLECTED: Final = 1 << 11
"""The same, inflected: the name that follows has the same ending."""
CUE: Final = 1 << 12
"""What follows is a name, even one nobody has heard of: nimi, terveisin, Mr, heter."""
THANKS: Final = 1 << 13
DOING: Final = 1 << 14
"""What a person does: soitti, vastasi, helped."""
FILLER: Final = 1 << 15
"""Stands between a cue and the name: on, är, is, oli."""
THING: Final = 1 << 16
"""What comes after a person's name that has become a place's or a firm's: katu, koulu, sairaala."""
PARTICLE: Final = 1 << 17
"""Between first name and surname: von, de, bin."""
AND: Final = 1 << 18
NOBODY: Final = 1 << 19
"""Follows a cue, but is no name: asiakas, perhe."""
SHAPED: Final = 1 << 20
"""Shaped as a surname in -nen, or "Riitta-niminen"."""
HOUSE: Final = 1 << 21
"""Shaped as a farm's or family's name in the genitive, which may stand before a first name: Kuoppamäen Reijo."""
SURNAMED: Final = 1 << 22
"""Shaped as a surname in its own form: -la, -mäki, -nen, -ström."""
GREETING: Final = 1 << 23
"""Terveiset, terkkuja: who is greeted stands in the allative."""
MERELY: Final = 1 << 24
"""A deed that things do too, so that it tells nothing: on, oli, tuli."""
