// What every page has: the colours, the search field, and on some pages the
// list of results or the suggestions for an address that is not there.

import { find, lists } from "./find.js";

const root = document.body.dataset.root;

colours(document.querySelector(".theme"));
field(document.querySelector("#find"), document.querySelector("#find-list"));
results(document.querySelector("[data-results]"));
suggestions(document.querySelector("[data-suggest]"));

// colours lets a button go round: as the system has it, light, dark.
function colours(button) {
  const names = { "": "as the system has them", light: "light", dark: "dark" };
  const order = ["", "light", "dark"];
  const show = () => {
    const now = document.documentElement.dataset.theme ?? "";
    button.setAttribute("aria-label", `Colours: ${names[now]}`);
    button.title = `Colours: ${names[now]}`;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const now = document.documentElement.dataset.theme ?? "";
    const next = order[(order.indexOf(now) + 1) % order.length];
    if (next) document.documentElement.dataset.theme = next;
    else delete document.documentElement.dataset.theme;
    try {
      if (next) localStorage.theme = next;
      else localStorage.removeItem("theme");
    } catch {} // a browser that keeps nothing
    show();
  });
  show();
}

// field answers as one types: a list box below the field, moved through with
// the arrow keys, as screen readers know it.
function field(input, list) {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  let at = -1, asked = 0;
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const move = (to) => {
    const options = list.querySelectorAll("[role=option]");
    if (!options.length) return;
    options[at]?.setAttribute("aria-selected", "false");
    at = (to + options.length) % options.length;
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  };
  input.addEventListener("focus", () => lists(root), { once: true }); // fetched before it is needed
  input.addEventListener("input", async () => {
    const turn = ++asked;
    const query = input.value;
    if (!query.trim()) return close();
    const hits = find(await lists(root), query, 9);
    if (turn !== asked) return; // typed on meanwhile
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...hits.map((h, i) => {
      const option = entry(h);
      option.id = `find-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.tabIndex = -1;
      return option;
    }));
    if (looksLikeBounce(query)) list.prepend(readIt(query));
    if (!list.children.length) {
      const none = document.createElement("p");
      none.textContent = "Nothing is known by these words.";
      list.append(none);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  });
  input.addEventListener("keydown", (e) => {
    if (e.key === "Escape") close();
    if (list.hidden) return;
    if (e.key === "ArrowDown") move(at + 1);
    else if (e.key === "ArrowUp") move(at < 0 ? -1 : at - 1);
    else if (e.key === "Enter" && at >= 0) list.querySelectorAll("[role=option]")[at].click();
    else return;
    e.preventDefault();
  });
  document.addEventListener("click", (e) => {
    if (!list.contains(e.target) && e.target !== input) close();
  });
  input.form.addEventListener("focusout", (e) => {
    if (e.relatedTarget && !input.form.contains(e.relatedTarget)) close();
  });
  document.addEventListener("keydown", (e) => { // "/" goes to the search, as elsewhere
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
    e.preventDefault();
    input.focus();
  });
}

const kinds = {
  reply: "reply code", enhanced: "enhanced code", pair: "pair", subject: "subject", reason: "reason", category: "category",
  provider: "provider", message: "message", phrase: "phrase", guide: "guide", page: "page",
};

function entry([url, kind, title, about]) {
  const a = document.createElement("a");
  a.href = root + url;
  const name = document.createElement(kind === "message" || kind === "phrase" ? "code" : "b");
  name.textContent = title;
  const what = document.createElement("span");
  what.className = "kind";
  what.textContent = kinds[kind];
  const text = document.createElement("span");
  text.className = "about";
  text.textContent = about;
  a.append(name, " ", what, " ", text);
  return a;
}

// looksLikeBounce tells a pasted reply from words to search for.
const looksLikeBounce = (s) => /^\s*[245]\d\d[ -]/.test(s) && s.trim().split(/\s+/).length > 3;

function readIt(text) {
  const a = document.createElement("a");
  a.href = `${root}#${new URLSearchParams({ q: text })}`;
  a.className = "read-it";
  a.setAttribute("role", "option");
  a.id = "find-read";
  a.setAttribute("aria-selected", "false");
  a.textContent = "This looks like a bounce: read it in the box";
  return a;
}

async function results(place) {
  if (!place) return;
  const query = new URLSearchParams(location.search).get("q") ?? "";
  const input = document.querySelector("#find");
  input.value = query;
  if (!query.trim()) {
    place.textContent = "Type into the field above: a code, words of a bounce, a provider.";
    input.focus();
    return;
  }
  document.title = `${query} · search · smtpcode`;
  const hits = find(await lists(root), query, 200);
  const head = document.createElement("p");
  head.setAttribute("role", "status");
  head.textContent = hits.length ? `${hits.length === 200 ? "The first 200" : hits.length} places for “${query}”` : `Nothing is known by “${query}”.`;
  const list = document.createElement("ul");
  list.className = "results";
  list.append(...hits.map((h) => {
    const li = document.createElement("li");
    li.append(entry(h));
    return li;
  }));
  place.replaceChildren(head, list);
}

// suggestions reads what the address may have meant.
async function suggestions(place) {
  if (!place) return;
  const asked = decodeURIComponent(location.pathname.slice(root.length)).replace(/[/_-]+/g, " ").trim();
  if (!asked) return;
  const all = await lists(root);
  let hits = find(all, asked, 6);
  if (!hits.length) hits = near(all, asked);
  if (!hits.length) return;
  const head = document.createElement("p");
  head.textContent = "Did you mean";
  const list = document.createElement("ul");
  list.className = "results";
  list.append(...hits.map((h) => {
    const li = document.createElement("li");
    li.append(entry(h));
    return li;
  }));
  place.replaceChildren(head, list);
}

// near gives the places whose address differs least from what was asked: a
// code that is not registered leads to its subject and its neighbours.
function near(all, asked) {
  const code = /^(?:([1-5]\d\d) )?([245])\.(\d{1,3})(?:\.\d{1,3})?$/.exec(asked);
  if (code) {
    const [, reply, digit, subject] = code;
    const first = all.filter(([url]) => url === `${reply}/` || url === `subject/${subject}/`);
    return [...first, ...all.filter(([url]) => url.startsWith(`${digit}.${subject}.`))].slice(0, 6);
  }
  const digits = /^[1-5]\d{0,2}$/.exec(asked);
  const pages = all.filter(([url, kind]) => !url.includes("#") && kind !== "guide" && (!digits || kind === "reply"));
  const plain = (s) => s.toLowerCase().replace(/[/_-]+/g, " ").trim().replace(/^(reason|category|provider) /, "");
  return pages
    .map((p) => [distance(plain(asked), plain(p[0])), p])
    .filter(([d]) => d <= Math.max(2, asked.length / 3))
    .sort((a, b) => a[0] - b[0])
    .slice(0, 6)
    .map(([, p]) => p);
}

// distance counts the letters to change, add or take away.
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
