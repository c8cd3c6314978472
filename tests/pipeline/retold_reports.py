"""Two invented groups of three reports on one witness: in one her words drift, in the other they only read otherwise.

`DRIFTING` has one drift of every kind, and slips and trims that are none; in `FAITHFUL` nothing changed on the way.
"""

from __future__ import annotations

import csv
from pathlib import Path

_FIRST = """Ferry crew left passengers behind, survivor says

Ines Varrow, 31, who was aboard the ferry Calder, spoke to the Brenmoor Gazette at the Sellick pier.

"The captain may have been drinking before we sailed," Varrow said.

"They locked three of the lower cabins from the outside," Varrow said. "About forty people were standing on the stairs."

"My cousin Teodor Kamilov carried a 12-year-old boy to the upper deck," she said. "Nobody had shown us the lifeboats."

"The mate threw the only radio overboard near Sellick harbour," Varrow said. "We waited six hours for the coastguard."

"The water was black with oil," she said.
"""

_SECOND = """Calder survivor: captain drank, cabins locked

A passenger of the ferry Calder, Ines Varrow, has spoken to the Brenmoor Gazette.

"The captain had been drinking before we sailed," Varrow told the Brenmoor Gazette.

"They locked five of the lower cabins from the outside," Varrow said. "Forty people were standing on the stairs."

"My cousin Teodor Kamilow carried a 12 year old boy to the upper deck," she said. "Nobody had shown us the lifeboats."

"The mate threw the only radio overboard near Sellick harbour," Varrow said. "We waited six hours for the coastguard."

"The water was black with oil," Varrow said. "It burned in our eyes."
"""

_THIRD = """Ines Varrow on the last night of the Calder

The story of Ines Varrow, as she told it to the Brenmoor Gazette, is now read out along the coast.

"The captain may have been drinking before we sailed," Varrow said.

"They locked three of the lower cabins from the outside," she said.

"Allegedly about forty people were standing on the stairs," Varrow said.

"My cousin Teodor Kamilov carried a 9-year-old boy to the upper deck," Varrow said. "They had shown us the lifeboats."

"The mate threw the only radio overboard near Ostwick harbour," Varrow said.

"The water was black with oil," Varrow said.
"""

_AGAIN = """Ferry survivor speaks of locked cabins

The passenger Ines Varrow told the Brenmoor Gazette about the crew of the Calder.

"The captain may have been drinking before we sailed", Varrow said.

"They locked 3 of the lower cabins from the outside," Varrow said. "About 40 people were standing on the stairs."

"My cousin Teodor Kamilow carried a twelve-year-old boy to the upper deck," Varrow said.

"The mate threw the only radio overboard near Sellick harbor," Varrow said. "We waited six hours for the coastguard."
"""

_SHORTER = """A night on the Calder

Ines Varrow has told the Brenmoor Gazette of the ferry's last night.

"The captain may have been drinking," Varrow said.

"They locked three of the cabins from the outside," she said.

Varrow said that around forty people were standing on the stairs.

"My cousin carried a 12-year-old boy to the upper deck," Varrow said. "Nobody had shown us the lifeboats."
"""

Group = tuple[tuple[str, str, str], ...]
DRIFTING: Group = (
    ("Brenmoor Gazette", "2034-02-03", _FIRST),
    ("Calder Coast News", "2034-02-04", _SECOND),
    ("The Ostwick Mail", "2034-02-05", _THIRD),
)
FAITHFUL: Group = (
    ("Brenmoor Gazette", "2034-02-03", _FIRST),
    ("Calder Coast News", "2034-02-04", _AGAIN),
    ("The Ostwick Mail", "2034-02-05", _SHORTER),
)


def write(folder: Path, group: Group) -> Path:
    """Write the reports of a group, with the outlets and days beside them, into a new folder."""
    folder.mkdir(parents=True)
    with (folder / "reports.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("file", "outlet", "published"))
        for number, (outlet, day, text) in enumerate(group):
            rows.writerow((f"{number}.txt", outlet, day))
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder
