"""What is published: archives of markdown, and the forms that carry them."""

import gzip
import io
import random
import tarfile


def archive(size, seed=1):
    """A gzipped tar of about this size, with one markdown file that does not shrink."""
    source = random.Random(seed)
    text = b"# Benchmark\n\n" + bytes(source.choices(range(0x21, 0x7F), k=size * 10 // 8 - 250))
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        entry = tarfile.TarInfo("README.md")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    return out.getvalue()


def multipart(data, fields):
    boundary = "----mdlibs-benchmark"
    body = b""
    for key, value in fields.items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
    body += (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.tar.gz"\r\n'
        "Content-Type: application/gzip\r\n\r\n"
    ).encode()
    return body + data + f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
