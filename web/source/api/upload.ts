import {address} from "./client";
import {CallProblem, problemFrom} from "./problem";
import type {Receipt} from "./types";

export interface Upload {
    file: File;
    title?: string;
    requirements?: string[];
    validFrom?: string;
    validUntil?: string;
    revises?: string;
}

/// The largest file that the server takes (limits::evidence_bytes_max).
export const uploadBytesMax = 256 * 1024 * 1024;

/// Sends a file as evidence of a case; `progress` gets the part that has gone, 0 to 1. fetch tells
/// nothing of an upload's progress, therefore XMLHttpRequest. Throws a CallProblem.
export function sendEvidence(
    id: string,
    upload: Upload,
    key: string,
    progress: (part: number) => void,
): Promise<Receipt> {
    const url = address(
        "/cases/{case}/evidence",
        {case: id},
        {
            name: upload.file.name.slice(-255),
            title: upload.title,
            requirements: upload.requirements?.join(","),
            "valid-from": upload.validFrom,
            "valid-until": upload.validUntil,
            revises: upload.revises,
        },
    );
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", url);
        request.responseType = "json";
        request.setRequestHeader("Accept", "application/json");
        request.setRequestHeader("Idempotency-Key", key);
        request.setRequestHeader("Content-Type", upload.file.type || "application/octet-stream");
        request.upload.addEventListener("progress", (event) => {
            if (event.lengthComputable && event.total > 0) {
                progress(event.loaded / event.total);
            }
        });
        request.addEventListener("load", () => {
            if (request.status === 201 || request.status === 200) {
                resolve(request.response as Receipt);
            } else {
                reject(problemFrom(request.status, request.response ?? {}));
            }
        });
        request.addEventListener("error", () => reject(new CallProblem("offline", 0, "")));
        request.send(upload.file);
    });
}
