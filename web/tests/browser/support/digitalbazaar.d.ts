/// What the tests use of packages that come without types.
declare module "@digitalbazaar/data-integrity" {
    export class DataIntegrityProof {
        constructor(options: {cryptosuite: object});
    }
}

declare module "@digitalbazaar/eddsa-jcs-2022-cryptosuite" {
    export function createVerifyCryptosuite(): object;
}

declare module "jsonld-signatures" {
    interface Loaded {
        contextUrl: null;
        documentUrl: string;
        document: object;
    }
    interface Verified {
        verified: boolean;
        error?: {errors?: Error[]};
    }
    const signatures: {
        purposes: {AssertionProofPurpose: new () => object};
        verify: (
            document: object,
            options: {suite: object; purpose: object; documentLoader: (url: string) => Promise<Loaded>},
        ) => Promise<Verified>;
    };
    export default signatures;
}

declare module "@digitalbazaar/vc-bitstring-status-list" {
    interface Loaded {
        contextUrl: null;
        documentUrl: string;
        document: object;
    }
    interface Checked {
        verified: boolean;
        error?: Error;
        results?: {status: boolean; credentialStatus: {statusPurpose: string}}[];
    }
    export function checkStatus(options: {
        credential: object;
        suite: object;
        verifyBitstringStatusListCredential: boolean;
        documentLoader: (url: string) => Promise<Loaded>;
    }): Promise<Checked>;
}
