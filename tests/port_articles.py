"""Two invented tellings of an invented dispute in a harbour: they agree, differ, and hold traps."""

NORTH = """Port of Hallmark halts night shifts after talks fail

By Ada Quill – The Northern Ledger

On Tuesday, Norvania's transport minister Erik Dahl asked the port of Hallmark to suspend night shifts for
1,200 dock workers.

The union laid out its demands:

- Raise wages by 8 percent
- Hire at least 300 seasonal workers living in the harbour district
- Remove all cameras from the canteen

The port is willing to pay for new safety gear, one port official told Harbour Radio.

"We cannot run ships on promises," said union leader Mara Lind.

About 40 ships were delayed in June, the port authority said.
"""

SOUTH = """Dahl orders port to end night shifts for 1,200 foreign dock workers

By Tom Reed – The Southern Post

Transport minister Erik Dahl called on the port of Hallmark on Tuesday to suspend night shifts for 1,200 dock
workers, according to Harbour Radio.

The union wants the port to raise wages by 6 percent and to hire at least 300 foreign seasonal workers.

A senior port official said the talks did not fail.

"We cannot run ships on promises alone," Lind said.

Some 40 ships were delayed in June.
"""
