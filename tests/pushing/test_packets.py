"""What leaves is encoded without being looked through: a large hall's picture has thousands of parts."""

from __future__ import annotations

from socketio.packet import ACK, Packet

from web.packets import ClientPacket


class Picture(dict[str, int]):
    """One that tells when somebody looks for bytes in it."""

    def values(self) -> None:  # type: ignore[override]
        raise AssertionError("looked through")


def test_a_picture_is_encoded_as_ever_but_not_looked_through() -> None:
    said = ClientPacket(ACK, data=[Picture(seq=1)], id=0).encode()
    assert said == Packet(ACK, data=[{"seq": 1}], id=0).encode() == '30[{"seq":1}]'
