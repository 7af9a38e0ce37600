// Runs all tests, one file after the other, and sums them up in one line.

import { run } from "node:test";
import { spec } from "node:test/reporters";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = new URL(".", import.meta.url);
const files = readdirSync(here).filter((f) => f.endsWith(".test.mjs")).sort().map((f) => new URL(f, here).pathname);

process.env.SITE_OUT = mkdtempSync(join(tmpdir(), "smtpcode-site-"));

let passed = 0, failed = 0;
const stream = run({ files, concurrency: 1, timeout: 15 * 60_000 });
const count = (by) => (e) => { if (e.details.type !== "suite" && !files.includes(e.name)) by(e); };
stream.on("test:pass", count((e) => { if (!e.skip) passed++; }));
stream.on("test:fail", count(() => failed++));
stream.on("test:fail", (e) => { if (files.includes(e.name) && passed + failed === 0) failed++; });
stream.compose(spec).pipe(process.stdout);
process.on("exit", () => { // after the reporter's own end
  rmSync(process.env.SITE_OUT, { recursive: true });
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
});
