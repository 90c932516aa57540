"""XML as bytes with places: a light tree of the elements that matter, each with its offsets, and edits as splices.

Everything outside a splice stays as it was, byte for byte, so that an edit can't disturb what it does not name.
"""
