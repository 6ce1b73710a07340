from .account import open_account, set_active, set_administrator

__all__ = ["open_account", "set_active", "set_administrator"]
