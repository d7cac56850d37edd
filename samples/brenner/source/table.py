"""Tables in CSV as machines and offices export them."""

import csv


def write(path, rows, separator=";", byte_order_mark=False):
    """Writes `rows` with CRLF line ends; German programs put semicolons, some a byte order mark."""
    path.parent.mkdir(parents=True, exist_ok=True)
    encoding = "utf-8-sig" if byte_order_mark else "utf-8"
    with open(path, "w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=separator, lineterminator="\r\n").writerows(rows)
