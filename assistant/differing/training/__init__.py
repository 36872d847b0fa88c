"""The recipe of the network that reads differences. Needs torch; nothing here runs in the product."""
