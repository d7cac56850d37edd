// Writes generated/schema.d.ts from api/openapi.yaml: what the server takes and gives, as types.
import openapiTypescript, {astToString} from "openapi-typescript";
import {mkdir, writeFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";

const description = new URL("../../api/openapi.yaml", import.meta.url);
const generated = new URL("../generated/", import.meta.url);
await mkdir(generated, {recursive: true});
await writeFile(
    fileURLToPath(new URL("schema.d.ts", generated)),
    astToString(await openapiTypescript(description)),
);
