/// Where a case is operated, at one of its incidents.
export function operationAddress(id: string, incident?: string): string {
    return `/cases/${id}/operation${incident === undefined ? "" : `#i-${incident}`}`;
}

/// A certificate's public page, where its QR code leads.
export function certificateAddress(number: string): string {
    return `/c/${encodeURIComponent(number)}`;
}
