"""One HTML document from standard input, one PDF to standard output, then the process ends.

Nothing is fetched but what stands in the document itself (data: addresses). Memory and processor time are bounded.
"""

import os
import resource
import sys

from weasyprint import HTML, URLFetcher

MEMORY_BYTES = 1_500 * 1024 * 1024  # of addresses: libraries, fonts
PROCESSOR_SECONDS = 20
PATIENCE = 10  # added to the niceness: pages come first


def main() -> None:
    """Read, print, answer."""
    os.nice(PATIENCE)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # others refuse the limit or do not keep it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    document = sys.stdin.buffer.read().decode()
    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    pdf = HTML(string=document, base_url=None, url_fetcher=fetcher).write_pdf()
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
