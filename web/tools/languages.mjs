// Makes every file of the message folder a language of the pages: `virtual:languages` exports, by
// BCP 47 tag, a function that fetches that language's texts. A new language is a new file.
import {readdir, readFile} from "node:fs/promises";
import path from "node:path";

export function languages(folder) {
    return {
        name: "languages",
        setup(builder) {
            builder.onResolve({filter: /^virtual:languages$/}, () => ({
                path: "languages",
                namespace: "languages",
            }));
            builder.onLoad({filter: /.*/, namespace: "languages"}, async () => {
                const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
                const lines = [];
                for (const file of files) {
                    const tag = path.basename(file, ".json");
                    const {"language.name": name} = JSON.parse(
                        await readFile(path.join(folder, file), "utf8"),
                    );
                    lines.push(
                        `{tag: ${JSON.stringify(tag)}, name: ${JSON.stringify(name)},` +
                            ` load: () => import(${JSON.stringify("./" + file)})}`,
                    );
                }
                return {
                    contents: `export const languages = [${lines.join(",\n")}];`,
                    resolveDir: folder,
                    watchFiles: files.map((name) => path.join(folder, name)),
                    watchDirs: [folder],
                };
            });
        },
    };
}
