"""What a scenario holds, in words: its levers, amounts, prices and names, what was changed in it and what differs."""
