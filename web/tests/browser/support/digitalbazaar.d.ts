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
