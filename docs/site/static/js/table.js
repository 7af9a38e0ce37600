// Tables with a filter whose state stands in the address, so that it can be
// linked to and gone back to.

for (const form of document.querySelectorAll("form.filters")) {
  filter(form, document.getElementById(form.dataset.table));
}

function filter(form, table) {
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, text: row.textContent.toLowerCase(), data: row.dataset }));
  const count = form.querySelector(".count");
  const columns = form.querySelector("[data-columns]");
  const fields = [...form.elements].filter((e) => e.name);
  const number = new Intl.NumberFormat("en");

  const apply = () => {
    const wanted = Object.fromEntries(fields.map((f) => [f.name, f.value.trim()]));
    const words = (wanted.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const column = columns?.value ?? "";
    for (const cell of table.querySelectorAll("[data-column]")) cell.hidden = column !== "" && cell.dataset.column !== column;
    let shown = 0;
    for (const r of rows) {
      const fits = fields.every((f) => f.name === "q" || f === columns || !wanted[f.name] || (r.data[f.name] ?? "").split(" ").includes(wanted[f.name]))
        && words.every((w) => r.text.includes(w))
        && (!column || r.row.querySelector(`[data-column="${CSS.escape(column)}"]`).textContent !== "");
      r.row.hidden = !fits;
      if (fits) shown++;
    }
    count.textContent = shown === rows.length ? `${number.format(shown)} rows` : `${number.format(shown)} of ${number.format(rows.length)} rows`;
    table.classList.toggle("none", shown === 0);
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const f of fields) {
      const value = asked.get(f.name) ?? "";
      f.value = f.options && ![...f.options].some((o) => o.value === value) ? "" : value;
    }
    apply();
  };

  const write = () => {
    const state = new URLSearchParams();
    for (const f of fields) if (f.value.trim()) state.set(f.name, f.value.trim());
    const query = state.toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : ""));
    apply();
  };

  let due;
  form.addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(write, 60);
  });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    write();
  });
  form.addEventListener("reset", () => setTimeout(write)); // after the fields are empty
  addEventListener("popstate", read);
  read();
}
