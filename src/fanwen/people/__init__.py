"""Accounts, and the one gate that says who may do what."""
