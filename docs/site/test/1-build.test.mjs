// The build: from nothing to a folder whose links all lead somewhere.

import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { out, path, repository, run } from "./site.mjs";

const base = `https://example.org${path}`;

test("the builder's own tests pass", async () => {
  await run("go", ["vet", "."]);
  await run("go", ["test", "."]);
  await run("go", ["test", "./cmd/smtpcode-wasm"], { cwd: repository });
});

test("the site is built", { timeout: 900_000 }, async () => {
  console.log(await run("go", ["run", ".", "build", "-out", out, "-base", base]));
});

test("every internal link leads somewhere", async () => {
  console.log(await run("go", ["run", ".", "check", "-base", base, out]));
});

test("every generated page is there, at the address it names", async () => {
  const pages = (await run("grep", ["-rh", "^url: ", "../generated"])).trim().split("\n").map((l) => l.slice(5).trim());
  assert.ok(pages.length > 400, `${pages.length} pages`);
  const missing = pages.filter((p) => !existsSync(join(out, p, "index.html")));
  assert.deepEqual(missing, []);
});

test("pairs, other classes of a code and the files are there", () => {
  for (const p of ["550/5.7.26/index.html", "4.7.26/index.html", "404.html", "sitemap.xml", "robots.txt", "smtpcode.json", "smtpcode.schema.json",
    "diagnosis.schema.json", "codes.csv", "messages.csv", "reasons.csv", "crosswalk.csv", "datapackage.json", "LICENSE.txt", "smtpcode.wasm", "card.png"]) {
    assert.ok(existsSync(join(out, p)), p);
  }
  assert.match(readFileSync(join(out, "4.7.26/index.html"), "utf8"), /url=\.\.\/5\.7\.26\//);
});

test("a page has its title, description, canonical address and data for machines", () => {
  const page = readFileSync(join(out, "5.7.26/index.html"), "utf8");
  assert.match(page, /<title>5\.7\.26 and 4\.7\.26 — .* · smtpcode<\/title>/);
  assert.match(page, /<meta name="description" content="[^"]{50,}">/);
  assert.match(page, new RegExp(`<link rel="canonical" href="${base}5.7.26/">`));
  assert.match(page, /<meta property="og:title"/);
  const json = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)[1]);
  assert.equal(json["@type"], "DefinedTerm");
  assert.equal(json.termCode, "5.7.26");
});

test("the sitemap lists the pages", () => {
  const places = readFileSync(join(out, "sitemap.xml"), "utf8").match(/<loc>/g).length;
  assert.ok(places > 450, `${places}`);
});

test("what is fetched is small enough", () => {
  const wasm = readFileSync(join(out, "smtpcode.wasm"));
  const brotli = brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
  const gzip = gzipSync(wasm, { level: 9 }).length;
  console.log(`smtpcode.wasm: ${wasm.length} bytes, ${gzip} with gzip, ${brotli} with brotli`);
  assert.ok(gzip <= 1_000_000, `smtpcode.wasm has ${gzip} bytes with gzip, which is all that some hosts do`);
  assert.ok(statSync(join(out, "style.css")).size < 40_000);
  assert.ok(statSync(join(out, "search.json.gz")).size < 400_000);
});
