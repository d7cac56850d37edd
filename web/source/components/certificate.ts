/// How the status of a certificate looks; its word says the same.
export const certificateTones = {
    active: "good",
    suspended: "warn",
    withdrawn: "bad",
    expired: "bad",
    superseded: "plain",
} as const;
