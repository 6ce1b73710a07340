from .account import open_account, send_reset_link, set_active, set_administrator
from .profile import change_profile

__all__ = ["change_profile", "open_account", "send_reset_link", "set_active", "set_administrator"]
