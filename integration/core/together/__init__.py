"""The texts of a ticket read together: what no place shows alone, and another gives away.

`ticket` asks the others in their order; each of them knows one way in which people part a number.
"""
