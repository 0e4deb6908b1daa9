"""A card number that is told piece by piece: in a chat, by telephone, in several notes. Pure.

People repeat what they hear, take a group back, are interrupted and go on later. `pieces` are the
groups of digits, in figures or in words, that may belong to such a number; `chains` puts them
together; `spans` says where they stand in the places of a ticket.
"""

from __future__ import annotations
