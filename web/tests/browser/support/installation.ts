import {execFileSync, spawn, type ChildProcess} from "node:child_process";
import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import type {paths} from "../../../generated/schema";

declare const WEB_FOLDER: string;

const source = path.join(WEB_FOLDER, "..");

/// The program under test: GUILDMARK_BINARY, else the one of the development build.
const binary = process.env["GUILDMARK_BINARY"] ?? path.join(source, "build/dev/guildmark");

type Sent<P extends keyof paths> = paths[P] extends {
    post: {requestBody: {content: {"application/json": infer Body}}};
}
    ? Body
    : never;

export interface Person {
    name: string;
    roles: string[];
}

/// A real Guildmark in a folder of its own: the program, its store, its pages.
export class Installation {
    url = "";
    readonly data = mkdtempSync(path.join(tmpdir(), "guildmark-server-"));
    private server: ChildProcess | undefined;
    private token = "";
    private library = source;

    /// Adds workflows and standards from folders of the source ("samples/honey-mark/standards" and the
    /// like) to those that it serves. To be called first.
    addToLibrary(added: readonly {folder: string; to: "workflows" | "standards"}[]): void {
        this.library = path.join(this.data, "library");
        for (const kind of ["workflows", "standards"]) {
            cpSync(path.join(source, kind), path.join(this.library, kind), {recursive: true});
        }
        for (const {folder, to} of added) {
            cpSync(path.join(source, folder), path.join(this.library, to, path.basename(folder)), {recursive: true});
        }
    }

    private run(...words: string[]): string {
        const options = ["--data", this.data, "--library", this.library];
        return execFileSync(binary, [...words, ...options], {encoding: "utf8"});
    }

    /// Makes the operator and its administrator.
    bootstrap(): void {
        const made = this.run("token", "bootstrap", "--organisation", "Operator", "--person", "Olga Operator", "--json");
        this.token = (JSON.parse(made) as {token: string}).token;
    }

    /// Serves on a port that the kernel chooses; true once it answers.
    async serve(...words: string[]): Promise<string> {
        const options = ["--data", this.data, "--library", this.library, "--listen", "127.0.0.1:0"];
        const server = spawn(binary, ["serve", ...options, ...words], {stdio: ["ignore", "pipe", "inherit"]});
        this.server = server;
        return await new Promise((resolve, reject) => {
            let said = "";
            server.stdout.on("data", (chunk: Buffer) => {
                said += chunk.toString();
                const found = /serves on (http:\/\/\S+)/.exec(said);
                if (found !== null) {
                    this.url = found[1] as string;
                    resolve(said);
                }
            });
            server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
        });
    }

    async stop(): Promise<void> {
        const server = this.server;
        if (server !== undefined && server.exitCode === null) {
            server.removeAllListeners("exit");
            await new Promise((resolve) => {
                server.once("exit", resolve);
                server.kill("SIGTERM");
            });
        }
        rmSync(this.data, {recursive: true, force: true});
    }

    private async post<P extends keyof paths>(address: P, where: string, body: Sent<P>): Promise<Record<string, string>> {
        const response = await fetch(`${this.url}/api/v1${where}`, {
            method: "POST",
            headers: {"Authorization": `Bearer ${this.token}`, "Content-Type": "application/json"},
            body: JSON.stringify(body),
        });
        const text = await response.text();
        if (!response.ok) {
            throw new Error(`${address}: ${response.status} ${text}`);
        }
        return JSON.parse(text) as Record<string, string>;
    }

    /// An organisation; gives its id.
    async organisation(name: string, kind: "client" | "body"): Promise<string> {
        const made = await this.post("/organisations", "/organisations", {name, kind, country: "DE"});
        return made["created"] as string;
    }

    /// A member of an organisation; gives the personal link.
    async link(organisation: string, person: Person): Promise<string> {
        const at = `/organisations/${organisation}`;
        const admitted = await this.post("/organisations/{organisation}/members", `${at}/members`, {...person, email: "someone@guildmark.example"});
        const made = await this.post("/organisations/{organisation}/tokens", `${at}/tokens`, {
            person: admitted["created"] as string,
            label: "browser test",
        });
        return `${this.url}/#token=${made["token"]}`;
    }
}
