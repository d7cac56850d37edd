import {DataIntegrityProof} from "@digitalbazaar/data-integrity";
import {createVerifyCryptosuite} from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import {checkStatus} from "@digitalbazaar/vc-bitstring-status-list";
import signatures from "jsonld-signatures";

interface KeyList {
    issuer: string;
    keys: {id: string; multikey: string}[];
}

/// What a library that has nothing to do with ours says of a credential's proof; empty: it holds.
export async function faultsOf(credential: object, list: KeyList): Promise<string> {
    const methods = list.keys.map((key) => ({
        "@context": "https://w3id.org/security/multikey/v1",
        id: `${list.issuer}#${list.issuer.startsWith("did:key:") ? key.multikey : key.id}`,
        type: "Multikey",
        controller: list.issuer,
        publicKeyMultibase: key.multikey,
    }));
    const documents: Record<string, object> = {
        [list.issuer]: {
            "@context": ["https://www.w3.org/ns/did/v1"],
            id: list.issuer,
            assertionMethod: methods.map((method) => method.id),
        },
        ...Object.fromEntries(methods.map((method) => [method.id, method])),
    };
    const result = await signatures.verify(structuredClone(credential), {
        suite: new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()}),
        purpose: new signatures.purposes.AssertionProofPurpose(),
        documentLoader: async (url) => {
            const document = documents[url];
            if (document === undefined) {
                throw new Error(`${url} is not at hand`);
            }
            return await Promise.resolve({contextUrl: null, documentUrl: url, document});
        },
    });
    return result.verified ? "" : (result.error?.errors ?? []).map((one) => one.message).join("; ") || "not verified";
}

interface StatusList {
    id: string;
    credentialSubject: {statusPurpose: string};
}

/// The purposes whose bit is set for a credential, by a library that has nothing to do with ours. Whether
/// the lists' own proofs hold is faultsOf's to say.
export async function statusesOf(credential: object, lists: StatusList[]): Promise<string[]> {
    const result = await checkStatus({
        credential,
        suite: {},
        verifyBitstringStatusListCredential: false,
        documentLoader: async (url) => {
            const document = lists.find((list) => list.id === url);
            if (document === undefined) {
                throw new Error(`${url} is not at hand`);
            }
            return await Promise.resolve({contextUrl: null, documentUrl: url, document});
        },
    });
    if (!result.verified || result.results === undefined) {
        throw result.error ?? new Error("the status cannot be told");
    }
    return result.results.filter((one) => one.status).map((one) => one.credentialStatus.statusPurpose);
}
