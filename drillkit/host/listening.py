"""Where connections wait until the door is open."""

import socket


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on, though nobody answers them yet.

    `port` 0 is any that is free. Raises OSError when the port is taken, or there is no such host.
    """
    kind = socket.SOCK_STREAM
    family, *_ = socket.getaddrinfo(host, port, type=kind, flags=socket.AI_PASSIVE)[0]
    both = host == "::" and socket.has_dualstack_ipv6()
    return socket.create_server((host, port), family=family, dualstack_ipv6=both)
