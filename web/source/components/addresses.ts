/// Where a case is operated, at one of its incidents.
export function operationAddress(id: string, incident?: string): string {
    return `/cases/${id}/operation${incident === undefined ? "" : `#i-${incident}`}`;
}
