/* The reader's own terms: edited in a dialog, kept in this browser alone, sent with every request. */
(() => {
  "use strict";
  const say = (...all) => window.passerelleSay(...all), keeping = window.passerelleKeeping;
  const find = (selector) => document.querySelector(`#glossary ${selector}`);
  const OPTIONS = ["keep", "case", "word"], LONGEST = 200, PAUSE = 500;
  const flat = (text) => String(text ?? "").replace(/\s+/g, " ").trim();
  const empty = (row) => !flat(row.source) && !flat(row.target);
  const usable = (row) => /[\p{L}\p{N}]/u.test(row.source) && Boolean(row.keep || flat(row.target));
  let rows = [], offered = null, cleared = null, isKept = true, due = 0, asked = 0;

  /* As `--glossary` reads it. The heading says that the mark between cells is a comma. */
  function csv() {
    const quoted = (text) => `"${flat(text).replaceAll('"', '""')}"`;
    const lines = rows.filter(usable).map((row) => {
      const options = OPTIONS.filter((name) => row[name]).join(" ");
      return `${quoted(row.source)},${quoted(row.target)},${options}\n`;
    });
    return lines.length ? `source,target,options\n${lines.join("")}` : "";
  }

  function load() {
    try {
      const kept = JSON.parse(keeping.recalled("glossary") ?? "[]");
      rows = kept.map((row) => ({ ...row, source: flat(row.source), target: flat(row.target) }));
    } catch {
      rows = [];
    }
    label();
  }

  function keep() {
    const kept = rows.filter((row) => !empty(row)).map(({ source, target, keep, case: cased, word }) => ({ source, target, keep, case: cased, word }));
    isKept = keeping.remember("glossary", kept.length ? JSON.stringify(kept) : null);
    label();
    clearTimeout(due);
    due = setTimeout(() => find("").open && count(), PAUSE);
  }

  function label() {
    const number = rows.filter(usable).length;
    document.querySelector("#terms").textContent = say("glossary") + (number ? ` (${number})` : "");
  }

  /* How often each term is found, and its English missed, in what the page shows. Returns both sums. */
  async function count() {
    const turn = (asked += 1), sentences = window.passerelleBoard.sentences(), sums = { found: 0, missed: 0 };
    let problem = "";
    for (const row of rows) row.found = row.missed = 0;
    if (sentences.length && csv()) {
      try {
        const { terms } = await window.passerelleFiles.post("glossary", { glossary: csv(), sentences });
        if (turn !== asked) return null;
        rows.filter(usable).forEach((row, place) => Object.assign(row, { found: terms[place].found, missed: terms[place].missed }));
      } catch (error) {
        problem = window.passerelleReason(error.message);
      }
    }
    for (const row of rows) {
      sums.found += row.found;
      sums.missed += row.missed;
      if (row.item) mark(row);
    }
    const parts = [];
    if (sentences.length && rows.some(usable)) parts.push(say("terms_counted", { found: sums.found, n: sums.missed }));
    const unfinished = rows.filter((row) => !empty(row) && !usable(row)).length;
    if (unfinished) parts.push(say("terms_unfinished", { n: unfinished }));
    if (!isKept) parts.push(say("terms_unkept"));
    tell(problem || parts.join(" "), Boolean(problem));
    find(".again").hidden = !window.passerelle.outdated();
    return problem ? null : sums;
  }

  function tell(text, alert = false) {
    const line = find(".count");
    line.classList.toggle("alert", alert);
    if (line.textContent !== text) line.textContent = text;
  }

  function mark(row) {
    const { item } = row, count = item.querySelector(".uses");
    count.replaceChildren();
    for (const [kind, number] of [["found", row.found], ["missed", row.missed]])
      if (number) count.append(Object.assign(document.createElement("span"), { className: kind, textContent: say(`term_${kind}`, { n: number }) }));
    const target = item.querySelector(".target");
    target.disabled = Boolean(row.keep);
    target.placeholder = row.keep ? say("term_kept") : "";
    item.classList.toggle("unfinished", !empty(row) && !usable(row));
  }

  function field(row, name, place) {
    const input = Object.assign(document.createElement("input"), { type: "text", className: name, value: row[name], maxLength: LONGEST, autocomplete: "off", spellcheck: false });
    input.lang = name === "source" ? "fr" : "en";
    input.setAttribute("aria-label", say(`term_${name}`, { n: place }));
    input.addEventListener("input", () => change(row, name, input.value));
    return input;
  }

  function option(row, name) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: Boolean(row[name]) });
    box.addEventListener("change", () => change(row, name, box.checked));
    const shown = document.createElement("label");
    shown.title = say(`term_${name}_why`);
    shown.append(box, say(`term_${name}`));
    return shown;
  }

  function change(row, name, value) {
    row[name] = value;
    if (row === offered) offered = null;
    forgetCleared();
    mark(row);
    keep();
  }

  function show() {
    find(".rows").replaceChildren(
      ...rows.map((row, number) => {
        const item = document.createElement("div"), options = document.createElement("div");
        item.className = "row";
        const drop = Object.assign(document.createElement("button"), { type: "button", className: "drop", textContent: "×" });
        drop.setAttribute("aria-label", say("term_drop", { n: number + 1 }));
        drop.addEventListener("click", () => remove(row));
        options.className = "options";
        options.append(...OPTIONS.map((name) => option(row, name)), Object.assign(document.createElement("span"), { className: "uses" }));
        item.append(field(row, "source", number + 1), field(row, "target", number + 1), drop, options);
        item.setAttribute("role", "group");
        item.setAttribute("aria-label", say("term", { n: number + 1 }));
        row.item = item;
        mark(row);
        return item;
      }),
    );
  }

  function add(source = "") {
    const row = { source, target: "" };
    rows.push(row);
    show();
    row.item.querySelector(source ? ".target" : ".source").focus();
    return row;
  }

  function remove(row) {
    const place = rows.indexOf(row);
    rows.splice(place, 1);
    keep();
    show();
    (rows[Math.min(place, rows.length - 1)]?.item.querySelector(".drop") ?? find(".add")).focus();
  }

  /* What the reader points at in the original: what is selected there, else the word that is lit. */
  function pointed() {
    const original = window.passerelleBoard.text(0), selection = getSelection();
    if (!selection.isCollapsed && original.contains(selection.anchorNode)) return flat(selection.toString()).slice(0, LONGEST);
    const lit = [...(globalThis.CSS?.highlights?.get("passerelle-word") ?? [])];
    return flat(lit.find((range) => original.contains(range.startContainer))?.toString());
  }

  function open(source = "") {
    show();
    find("").showModal();
    const known = rows.find((row) => source && row.source.toLowerCase() === source.toLowerCase());
    if (known) known.item.querySelector(".target").focus();
    else if (source) offered = add(source);
    else if (rows.length) find(".add").focus();
    else add();
    count();
  }

  function leave() {
    rows = rows.filter((row) => !empty(row) && (row !== offered || usable(row)));
    offered = null;
    forgetCleared();
    keep();
    if (window.passerelle.outdated()) window.passerelle.tell(() => say("terms_changed"));
  }

  function clear() {
    if (!rows.length && !cleared) return;
    [rows, cleared] = cleared ? [cleared, null] : [[], rows];
    keep();
    show();
    find(".clear").textContent = say(cleared ? "terms_undo" : "terms_clear");
  }

  function forgetCleared() {
    cleared = null;
    find(".clear").textContent = say("terms_clear");
  }

  async function take(file) {
    const text = window.passerelleFiles.decode(new Uint8Array(await file.arrayBuffer()));
    try {
      const { terms } = await window.passerelleFiles.post("glossary", { glossary: text ?? "\0" });
      const mine = new Map(rows.filter((row) => !empty(row)).map((row) => [row.source, row]));
      for (const entry of terms) mine.set(entry.source, { ...entry, target: entry.keep && entry.target === entry.source ? "" : entry.target });
      rows = [...mine.values()];
      forgetCleared();
      keep();
      show();
      tell(say("terms_taken", { n: terms.length }));
    } catch (error) {
      tell(window.passerelleReason(error.message), true);
    }
  }

  const CLICKS = {
    add: () => add(),
    import: () => find(".pick").click(),
    /* With a byte-order mark, by which spreadsheets know that it is Unicode. */
    export: () => window.passerelleFiles.save("glossary.csv", `\ufeff${csv()}`, "text/csv;charset=utf-8"),
    clear,
    close: () => find("").close(),
    again() {
      find("").close();
      window.passerelle.again();
    },
  };

  /* Enter goes on to the next term and begins one after the last; the arrow keys go up and down. */
  function walk(event) {
    const kind = ["source", "target"].find((name) => event.target.classList.contains(name));
    if (event.ctrlKey || event.metaKey || !kind) return;
    const place = rows.findIndex((row) => row.item === event.target.closest(".row"));
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key], there = rows[place + step];
    if (!step) return;
    event.preventDefault();
    if (there) there.item.querySelector(event.key === "Enter" ? ".source" : `.${kind}`).focus();
    else if (event.key === "Enter" && !empty(rows[place])) add();
  }

  function begin() {
    const dialog = find("");
    load();
    dialog.addEventListener("click", (event) => CLICKS[event.target.closest("button")?.dataset.act]?.());
    dialog.addEventListener("keydown", walk);
    dialog.addEventListener("close", leave);
    find(".pick").addEventListener("change", (event) => {
      if (event.target.files.length) take(event.target.files[0]);
      event.target.value = "";
    });
    /* Another tab of the same browser may change the terms too. */
    addEventListener("storage", (event) => {
      if (event.key === "passerelle-glossary" && !dialog.open) load();
    });
  }

  window.passerelleGlossary = { begin, open, pointed, csv, count, label };
})();
