// The search: a list of all places, made when the site was built, and a score
// for each. 4,300 places take a few milliseconds, so there is no index.

let fetched;

// lists gives all places as [url, kind, title, about, words], fetched once.
export function lists(root) {
  fetched ??= fetch(`${root}search.json`).then((r) => {
    if (!r.ok) throw new Error(`search.json: ${r.status}`);
    return r.json();
  }).then((all) => all.map((p) => Object.assign(p, { low: [p[0].toLowerCase(), p[2].toLowerCase(), p[3].toLowerCase(), p[4].toLowerCase()] })));
  return fetched;
}

// weight orders kinds that match equally well.
const weight = { pair: 30, reply: 28, enhanced: 26, provider: 24, reason: 22, category: 20, subject: 18, page: 18, guide: 12, message: 6, phrase: 4 };

// find gives the places that have all words of the query, the best first.
export function find(all, query, most) {
  const whole = query.trim().toLowerCase().replace(/\s+/g, " ");
  const words = whole.split(" ").filter(Boolean).slice(0, 12);
  if (!words.length) return [];
  const hits = [];
  for (const place of all) {
    const [url, title, about, more] = place.low;
    let score = weight[place[1]];
    for (const w of words) {
      const s = Math.max(worth(title, w, 12), worth(url, w, 10), worth(more, w, 7), worth(about, w, 3));
      if (s === 0) { score = 0; break; }
      score += s;
    }
    if (score === 0) continue;
    if (url === whole.replace(" ", "/") + "/" || title === whole) score += 100;
    else if (title.startsWith(whole)) score += 40;
    else if (words.length > 1 && title.includes(whole)) score += 20;
    hits.push([score, place]);
  }
  hits.sort((a, b) => b[0] - a[0] || a[1][2].length - b[1][2].length);
  return hits.slice(0, most).map(([, place]) => place);
}

// worth tells how well a word stands in a text: as a whole word, as the
// beginning of one, or inside one.
function worth(text, word, full) {
  let best = 0;
  for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1)) {
    const begins = i === 0 || !letter(text[i - 1]);
    const end = i + word.length;
    const ends = end === text.length || !letter(text[end]);
    if (begins && ends) return full;
    best = Math.max(best, begins ? full * 0.6 : word.length > 3 ? full * 0.3 : 0);
  }
  return best;
}

const letter = (c) => /[\p{L}\p{N}]/u.test(c);
