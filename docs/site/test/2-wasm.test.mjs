// The module under Node's WASI: the same answers as the command, to the byte.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { WASI } from "node:wasi";
import { asked, out, repository } from "./site.mjs";

const { over } = await import(join(out, "js/smtpcode.js"));

async function start() {
  const wasi = new WASI({ version: "preview1" });
  const module = await WebAssembly.compile(readFileSync(join(out, "smtpcode.wasm")));
  const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
  wasi.initialize(instance);
  return [over(instance.exports), instance.exports.memory];
}

const [smtpcode, memory] = await start();

test("it answers under Node's WASI", () => {
  const d = smtpcode.classify("550 5.1.1 <someone@example.com>: User unknown");
  assert.equal(d.reason, "user_unknown");
  assert.equal(d.suppress, true);
});

test("who answered makes a difference", () => {
  const text = "451 4.3.2 Please try again later";
  assert.equal(smtpcode.classify(text, "gmail").provider, "gmail");
  assert.equal(smtpcode.classify(text, "gmail-smtp-in.l.google.com").provider, "gmail");
  assert.equal(smtpcode.classify(text, "someone@gmail.com").provider, "gmail");
  assert.equal(smtpcode.classify(text).provider, undefined);
});

test("bad input gets an honest answer", () => {
  for (const text of ["", " ", "\0", "２５０", "\u001b[31m550", "\ud800", "x".repeat(1 << 20 - 1), "5.7.9999", "999", "550 ".repeat(5000)]) {
    const d = smtpcode.classify(text);
    assert.ok(d.basis, JSON.stringify(text.slice(0, 20)));
    assert.equal(JSON.stringify(smtpcode.explain(text).diagnosis), JSON.stringify(d));
  }
  assert.throws(() => smtpcode.classify("x".repeat((1 << 20) + 1)), /1 MiB/);
});

test("a second answer does not disturb the first", () => {
  const first = smtpcode.classifyText("550 5.1.1 User unknown");
  smtpcode.classifyText("x".repeat(100_000));
  assert.equal(smtpcode.classifyText("550 5.1.1 User unknown"), first);
});

test("memory does not grow with the calls", () => {
  const text = "550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy";
  for (let i = 0; i < 50; i++) smtpcode.explain(text);
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 50_000; i++) smtpcode.classifyText(text);
  assert.equal(memory.buffer.byteLength, before, "classify needs no more");
  for (let i = 0; i < 400; i++) smtpcode.explain(text);
  assert.ok(memory.buffer.byteLength - before < 4 << 20, "what explain needs is used again");
});

const texts = asked();

test("answers equal the command's --json", { skip: texts ? false : "the material in ../shared is not here" }, (t) => {
  const dir = mkdtempSync(join(tmpdir(), "smtpcode-"));
  t.after(() => rmSync(dir, { recursive: true }));
  const command = join(dir, "smtpcode");
  execFileSync("go", ["build", "-o", command, "./cmd/smtpcode"], { cwd: repository });
  assert.ok(texts.length >= 140, `${texts.length} texts`);
  for (const text of texts) {
    let want;
    try {
      want = execFileSync(command, ["--json", "-"], { input: text, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });
    } catch (err) { // 1 says that something is unknown, and is an answer too
      assert.equal(err.status, 1, `${text}: ${err.message}`);
      want = err.stdout;
    }
    assert.deepEqual(smtpcode.classify(text), JSON.parse(want), text);
    assert.deepEqual(smtpcode.explain(text).diagnosis, JSON.parse(want), text);
  }
});
