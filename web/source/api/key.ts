/// A key under which the server carries a write out once, however often it arrives.
///
/// crypto.randomUUID exists only on https and on the machine itself; a firm may reach its server by
/// plain http in its own network.
export function newKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/// Keeps one key for one intent: the same write keeps its key until its outcome is known, a changed
/// write gets a new one.
export class IntentKey {
    private body = "";
    private key = "";

    for(body: unknown): string {
        const text = JSON.stringify(body);
        if (this.key === "" || text !== this.body) {
            this.body = text;
            this.key = newKey();
        }
        return this.key;
    }

    settled(): void {
        this.key = "";
    }
}
