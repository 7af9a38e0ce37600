// What the tests share: where things are, and the site under a path of its own,
// as it is published.

import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";

export const site = new URL("..", import.meta.url).pathname;
export const repository = new URL("../../..", import.meta.url).pathname;
export const out = process.env.SITE_OUT; // a folder of this run's own: others may build at the same time
export const path = "/smtpcode/"; // a project's pages stand below its name

const exec = promisify(execFile);

// run runs a command and gives its output, also that of a failure.
export async function run(command, args, options = {}) {
  try {
    const { stdout, stderr } = await exec(command, args, { cwd: site, maxBuffer: 1 << 26, ...options });
    return stdout + stderr;
  } catch (err) {
    throw new Error(`${command} ${args.join(" ")}:\n${err.stdout}${err.stderr}`);
  }
}

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".wasm": "application/wasm", ".svg": "image/svg+xml", ".csv": "text/csv", ".txt": "text/plain", ".xml": "application/xml", ".png": "image/png",
};

// serve serves the plain files of the site, as the simplest host does.
export async function serve() {
  const server = createServer((req, res) => {
    const at = decodeURIComponent(new URL(req.url, "http://x").pathname);
    let file = join(out, normalize(at.slice(path.length - 1)));
    if (file.endsWith("/")) file += "index.html";
    const found = at.startsWith(path) && existsSync(file) && extname(file) !== "";
    if (!found) file = join(out, "404.html");
    res.writeHead(found ? 200 : 404, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    res.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const base = `http://127.0.0.1:${server.address().port}${path}`;
  return { base, close: () => { server.closeAllConnections(); server.close(); } };
}

// shared reads a file of the material that lies beside the repository, or gives
// nothing where that is not there.
export function shared(name) {
  const file = join(repository, "..", "shared", name);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

// asked gives what the answers are compared on: all rows of the lookups and 100
// texts of the corpus, spread over it.
export function asked() {
  const lookups = shared("spec/lookups.tsv"), corpus = shared("corpus/replies-dev.jsonl");
  if (!lookups || !corpus) return undefined;
  const rows = lookups.split("\n").filter((l) => l && !l.startsWith("#")).map((l) => l.split("\t")[0]);
  const texts = corpus.trim().split("\n").map((l) => JSON.parse(l).text);
  const step = texts.length / 100;
  return [...rows, ...Array.from({ length: 100 }, (_, i) => texts[Math.floor(i * step)])];
}
