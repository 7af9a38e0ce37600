// The box of the front page. The classifier is fetched when the box is first
// used, and runs here; what is pasted goes nowhere. A link to an answer is a
// fragment of the address, which no browser sends, and holds nothing but codes
// and words that stand in the dataset.

import { load } from "./smtpcode.js";

const form = document.querySelector("#box");
const text = document.querySelector("#bounce");
const who = document.querySelector("#who");
const place = document.querySelector("#answer");
const spoken = document.querySelector("#spoken");
const sheet = form.querySelector(".marks");
const root = document.body.dataset.root;
const most = 1 << 18; // more than any reply; the classifier itself reads 4 KiB

let loading, classifier, due, due2, took = 0;

// ready fetches the classifier once; after a failure it may be tried again.
function ready() {
  loading ??= load(form.dataset.wasm).then((c) => (classifier = c), (err) => {
    loading = undefined;
    throw err;
  });
  return loading;
}

text.addEventListener("focus", () => ready().catch(() => {}), { once: true });
text.addEventListener("input", changed);
who.addEventListener("input", changed);
form.addEventListener("submit", (e) => e.preventDefault());
for (const b of form.querySelectorAll("[data-try]")) {
  b.addEventListener("click", () => put(b.dataset.try, ""));
}
addEventListener("hashchange", fromAddress);
fromAddress();
if (text.value) changed(); // what the browser kept over a reload

function fromAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.has("q")) put(asked.get("q"), asked.get("who") ?? "");
}

function put(value, server) {
  text.value = value;
  who.value = server;
  changed();
}

function changed() {
  paint([]);
  clearTimeout(due);
  due = setTimeout(answer, Math.min(2 * took, 400)); // a long text takes longer to explain
}

async function answer() {
  if (!text.value.trim()) {
    place.hidden = true;
    spoken.textContent = "";
    return;
  }
  try {
    await ready();
  } catch (err) {
    place.hidden = false;
    place.replaceChildren(el("p", { class: "failed" }, `The classifier could not be fetched (${err.message}). Change the text to try again.`));
    return;
  }
  const asked = text.value.slice(0, most);
  const began = performance.now();
  const e = classifier.explain(asked, who.value);
  took = performance.now() - began;
  paint(parts(asked, e.marks));
  place.replaceChildren(...show(e));
  place.hidden = false;
  clearTimeout(due2);
  due2 = setTimeout(() => { spoken.textContent = say(e); }, 700); // not at every key
}

// parts cuts the text where marks begin and end. Marks count bytes.
function parts(s, marks) {
  const bytes = new TextEncoder().encode(s);
  const decode = (from, to) => new TextDecoder().decode(bytes.subarray(from, to));
  const list = [];
  let at = 0;
  for (const m of marks) {
    list.push([decode(at, m.start)], [decode(m.start, m.end), m.kind]);
    at = m.end;
  }
  list.push([decode(at, bytes.length)]);
  return list;
}

// paint lays the marks under the text of the field, which lies over them.
function paint(list) {
  sheet.replaceChildren(...list.map(([s, kind]) => (kind ? el("mark", { class: kind }, s) : s)), "\n");
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, innerHeight * 0.5)}px`;
  sheet.scrollTop = text.scrollTop;
}
text.addEventListener("scroll", () => { sheet.scrollTop = text.scrollTop; });
addEventListener("resize", () => {
  if (!place.hidden) changed();
});

function say(e) {
  const { diagnosis: d, names: n } = e;
  return [n.reason?.name ?? n.class.name, n.bounce.name, n.action.name, d.suppress ? "Suppress the address." : "Keep the address.", d.advice].join(". ").replaceAll("..", ".");
}

// show makes the answer.
function show(e) {
  const { diagnosis: d, names: n } = e;
  const refused = d.bounce === "soft" || d.bounce === "hard" || d.bounce === "unknown";
  const list = [];
  const head = el("div", { class: `answer-head class-${classDigit(d)}` });
  head.append(
    el("p", { class: "answer-codes" }, [d.reply, d.enhanced].filter(Boolean).join(" ") || "no code", " ", el("span", {}, n.class.name)),
    el("h2", {}, n.reason ? el("a", { href: `${root}reason/${d.reason}/` }, n.reason.name) : n.class.name),
    el("p", { class: "meaning" }, d.meaning),
  );
  list.push(head);
  const facts = el("dl", { class: "facts" });
  const fact = (name, ...value) => facts.append(el("div", {}, el("dt", {}, name), el("dd", {}, ...value)));
  fact("What to do", n.action.name);
  if (refused) {
    fact("Retry", d.retry ? "Yes, later" + (d.retry_after ? `, after ${wait(d.retry_after)}` : "") : "No");
    fact("Suppress the address", d.suppress ? el("strong", { class: "warn" }, "Yes") : "No, keep it");
    fact("Who must act", n.fault?.name ?? "Not told");
  }
  fact("Bounce", n.bounce.name);
  if (n.category) fact("Category", el("a", { href: `${root}category/${d.category}/` }, n.category.name));
  list.push(facts, el("p", { class: "advice" }, d.advice));
  if (d.contradiction) list.push(el("p", { class: "notice" }, "The two codes contradict each other, which the standard forbids. The three-digit code gives the class, and no address is suppressed for it."));
  if (e.cut) list.push(el("p", { class: "notice" }, "Only the first 4 KiB were read. Paste the reply of the server alone for a surer answer."));
  list.push(evidence(e));
  const more = e.pages.filter((p) => p.about !== "category" && p.about !== "message" && p.about !== "phrase");
  if (more.length) {
    list.push(el("ul", { class: "pages", "aria-label": "Pages that tell more" }, ...more.map((p) => el("li", {}, el("a", { href: root + p.url }, p.title)))));
  }
  if (d.blocklist_page) list.push(el("p", {}, "To get off the list: ", el("a", { href: d.blocklist_page, rel: "external" }, d.blocklist_page)));
  list.push(tools(e));
  return list;
}

function classDigit(d) {
  return { success: 2, intermediate: 3, temporary: 4, permanent: 5 }[d.class] ?? 0;
}

function wait(seconds) {
  for (const [size, name] of [[3600, "hour"], [60, "minute"], [1, "second"]]) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size} ${name}${seconds === size ? "" : "s"}`;
  }
}

// evidence tells what decided, and what else was found.
function evidence(e) {
  const { diagnosis: d, names: n } = e;
  const p = el("p", { class: "evidence" }, "Decided by ");
  const page = e.pages.find((x) => x.about === d.basis);
  const what = {
    message: `the words of ${n.provider?.name}`, phrase: "common words", pair: "the two codes together",
    enhanced: "the enhanced code", reply: "the three-digit code alone", none: "nothing: no code and no known words were found",
  }[d.basis];
  p.append(page ? el("a", { href: root + page.url }, what) : what);
  if (d.message || d.phrase) p.append(" (", el("code", {}, d.message ?? d.phrase), ")");
  p.append(".");
  const source = d.source && /^https?:\/\/\S+/.exec(d.source);
  if (source) p.append(" Source: ", el("a", { href: source[0], rel: "external" }, new URL(source[0]).host), ".");
  else if (d.source) p.append(` Source: ${d.source}.`);
  const others = e.found.filter((f) => !f.won).length;
  if (others) p.append(` ${others} other known wording${others === 1 ? "" : "s"} matched and lost.`);
  return p;
}

// tools offers the link and the JSON.
function tools(e) {
  const row = el("div", { class: "tools" });
  const { text: shared, who: by } = e.share;
  if (shared) {
    const state = new URLSearchParams({ q: shared });
    if (by) state.set("who", by);
    const link = new URL(`#${state}`, location.href).href;
    row.append(copier("Copy a link to this answer", link));
    row.append(el("a", { class: "permalink", href: link, title: "The link holds the codes and the words that are known here, nothing else of what you pasted" }, by ? `${shared} (${by})` : shared));
  }
  const json = JSON.stringify(e.diagnosis, null, 2);
  row.append(el("details", {}, el("summary", {}, "As JSON"), copier("Copy the JSON", json), el("pre", {}, el("code", {}, json))));
  return row;
}

function copier(name, what) {
  const b = el("button", { type: "button" }, name);
  b.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(what);
      b.textContent = "Copied";
    } catch {
      b.textContent = "Your browser does not allow copying";
    }
    setTimeout(() => { b.textContent = name; }, 1600);
  });
  return b;
}

// el makes an element; text stays text.
function el(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
}
