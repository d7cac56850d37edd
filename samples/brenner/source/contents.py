"""Which files go into which folder, and who writes them."""

import charts
import improvement
import later
import leadership
import measuring
import photo
import processes
import production
import purchasing
import sales
import staff

FOLDERS = {
    "documents": [*leadership.DOCUMENTS, *charts.DOCUMENTS, *processes.DOCUMENTS, *staff.DOCUMENTS,
                  *production.DOCUMENTS, *measuring.DOCUMENTS, *photo.DOCUMENTS,
                  *purchasing.DOCUMENTS, *sales.DOCUMENTS, *improvement.DOCUMENTS],
    "later": later.DOCUMENTS,
}
