"""What the fuzz of the portal needs: its people, with passwords at the least cost."""

from tests.portal.conftest import quick

__all__ = ["quick"]
