"""Whether the addresses that our pages link to still lead somewhere.

`guard` says where we may connect, `looking` looks at one address, `verdict` says what a look means, `uses`
knows where addresses stand, and `checking` does it all and writes it down.
"""
