"""积分银行: runs a village's civility points from the meeting to the poster."""

__version__ = "0.1.0"
