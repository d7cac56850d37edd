"""Which files go into which folder, and who writes them."""

import charts
import leadership
import measuring

FOLDERS = {
    "documents": [*leadership.DOCUMENTS, *charts.DOCUMENTS, *measuring.DOCUMENTS],
}
