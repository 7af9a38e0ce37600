// The classifier in a page: smtpcode.wasm and the little of WASI that it asks
// for. It depends on nothing and can be used elsewhere; see /webassembly/.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// load fetches and starts the module.
export async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  const memory = () => instance.exports.memory;
  const imports = { wasi_snapshot_preview1: wasi(memory) };
  let instance;
  if ((response.headers.get("content-type") ?? "").startsWith("application/wasm")) {
    ({ instance } = await WebAssembly.instantiateStreaming(response, imports));
  } else { // a host that does not know the type
    ({ instance } = await WebAssembly.instantiate(await response.arrayBuffer(), imports));
  }
  instance.exports._initialize();
  return over(instance.exports);
}

// over wraps the functions of a module that has been started.
export function over(exports) {
  const ask = (name, text, who = "") => {
    const reply = encoder.encode(text);
    const server = encoder.encode(who);
    const at = exports.room(reply.length + server.length);
    if (at === 0) throw new RangeError("the text is too long: 1 MiB can be read");
    const memory = new Uint8Array(exports.memory.buffer); // after room, which may have moved it
    memory.set(reply, at);
    memory.set(server, at + reply.length);
    const n = exports[name](reply.length, server.length);
    return decoder.decode(new Uint8Array(exports.memory.buffer, exports.answer(), n));
  };
  return {
    classifyText: (text, who) => ask("classify", text, who),
    classify: (text, who) => JSON.parse(ask("classify", text, who)),
    explain: (text, who) => JSON.parse(ask("explain", text, who)),
  };
}

// wasi answers what the Go runtime asks of its host: the time, random bytes,
// and somewhere to write if it should crash. All else is refused.
function wasi(memory) {
  const view = () => new DataView(memory().buffer);
  const OK = 0, BADF = 8, NOSYS = 52;
  const empty = (count, size) => {
    view().setUint32(count, 0, true);
    view().setUint32(size, 0, true);
    return OK;
  };
  const known = {
    args_sizes_get: empty,
    args_get: () => OK,
    environ_sizes_get: empty,
    environ_get: () => OK,
    clock_time_get(id, precision, at) {
      const ms = id === 0 ? Date.now() : performance.now();
      view().setBigUint64(at, BigInt(Math.round(ms * 1e6)), true);
      return OK;
    },
    random_get(at, n) {
      crypto.getRandomValues(new Uint8Array(memory().buffer, at, n));
      return OK;
    },
    fd_write(fd, list, count, written) {
      const v = view();
      let text = "", n = 0;
      for (let i = 0; i < count; i++) {
        const at = v.getUint32(list + 8 * i, true), size = v.getUint32(list + 8 * i + 4, true);
        text += decoder.decode(new Uint8Array(memory().buffer, at, size));
        n += size;
      }
      console.error(text);
      v.setUint32(written, n, true);
      return OK;
    },
    fd_close: () => BADF,
    fd_fdstat_get: () => BADF,
    fd_fdstat_set_flags: () => BADF,
    fd_prestat_get: () => BADF, // no folder is open
    sched_yield: () => OK,
    poll_oneoff(list, events, count, done) { // all timers have come
      const v = view();
      for (let i = 0; i < count; i++) {
        v.setBigUint64(events + 32 * i, v.getBigUint64(list + 48 * i, true), true);
        v.setUint16(events + 32 * i + 8, 0, true);
        v.setUint8(events + 32 * i + 10, v.getUint8(list + 48 * i + 8));
      }
      v.setUint32(done, count, true);
      return OK;
    },
    proc_exit(code) {
      throw new Error(`smtpcode.wasm ended with ${code}`);
    },
  };
  return new Proxy(known, { get: (t, name) => t[name] ?? (() => NOSYS) });
}
