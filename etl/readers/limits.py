"""How much of one file is read, so that a damaged or hostile file costs bounded time and memory.

A plan has 5 to 40 pages; the limits leave room for annexes and scans.
"""

from __future__ import annotations

#: A scanned plan of 60 colour pages stays below this.
MAX_FILE_BYTES = 200 * 2**20
#: A file of plain text or of cells parted by commas: ten thousand printed pages.
MAX_TEXT_BYTES = 16 * 2**20
#: Text of one html page, or of one part of an office file, once pictures are left out.
MAX_MARKUP_BYTES = 16 * 2**20
#: All parts of an office file once inflated, pictures included.
MAX_UNZIPPED_BYTES = 400 * 2**20
MAX_PARTS = 5_000
MAX_PAGES = 300
#: What one page of a PDF draws: some 40 kB are usual.
MAX_PAGE_BYTES = 4 * 2**20
#: One stream of a PDF once inflated: a page in colour at 600 dpi, not packed otherwise, is half of it.
MAX_STREAM_BYTES = 200 * 2**20
#: Drawings inside drawings of a PDF.
MAX_NESTED_FORMS = 20
#: Cells of one file, those covered by merged cells included.
MAX_CELLS = 200_000
#: Paragraphs of one file.
MAX_LINES = 100_000
#: Tables inside tables; old portals have some ten.
MAX_NESTED_TABLES = 20
#: Elements inside elements; deeper text is read without its form.
MAX_NESTING = 200
#: One call of an outside program.
MAX_SECONDS = 120
#: One file from its first page to its last, recognition of scans included.
MAX_READING_SECONDS = 600
#: Whatever keeps a reader busy between two pages ends here at last.
MAX_SECONDS_IN_ALL = MAX_READING_SECONDS + MAX_SECONDS
#: What a plan says, once its file is read; the longest met took two seconds.
MAX_SECONDS_TO_UNDERSTAND = 300
MAX_SCANNED_PAGES = 80
#: Pixels along one side of a page's picture.
MAX_PICTURE_SIDE = 6_000
