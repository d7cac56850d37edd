declare module "virtual:languages" {
    import type {Catalogue} from "./messages";

    /// One entry for each file of this folder; tools/languages.mjs writes the module.
    export const languages: {
        tag: string;
        name: string;
        load: () => Promise<{default: Catalogue}>;
    }[];
}
