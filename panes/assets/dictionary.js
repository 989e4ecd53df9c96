/* The dictionary under the pointer: a word of a pane, pointed at, tapped or reached by key, shows its senses.

   The entries lie in the document beside the columns, or come from window.passerelleDefine(text), a promise of them: each
   form in lower case has rows of base form, part of speech, gender, and English words joined by "; ". */
(() => {
  "use strict";
  if (window.passerelleDictionary) return;
  const REST_MS = 300, LONGEST = 6, WORD = /[\p{L}\p{M}]+['’]?/gu;
  const NAMES = { dictionary: "Dictionary", form_of: "form of" };
  const { announce, caretAt, linked } = window.passerellePanes;
  const say = (name) => window.passerelleSay?.(name) ?? NAMES[name];
  const part = (name) => window.passerellePart?.(name) ?? name;
  const piece = (node) => (node instanceof Element ? node.closest(".passerelle .piece") : null);
  const entries = new WeakMap();
  let box = null, shown = null, rest = 0, waited = null;

  const key = (text) => text.toLowerCase().replaceAll("’", "'").replaceAll("œ", "oe").replaceAll("æ", "ae").replace(/\s+/g, " ");

  /* The entries of a whole pane, or of one sentence where the page asks for them. */
  function held(root) {
    const script = root.querySelector("script.definitions");
    if (script && !entries.has(script)) entries.set(script, JSON.parse(script.textContent));
    return script ? entries.get(script) : null;
  }

  const defines = (each) =>
    Boolean(each) && (held(each.closest(".pane")) !== null || (window.passerelleDefine && each.closest(".text").lang === "fr"));

  function definitions(each) {
    const known = held(each.closest(".pane"));
    return known ? Promise.resolve(known) : window.passerelleDefine(each.lastChild.data);
  }

  const words = (text) => [...text.matchAll(WORD)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

  /* The longest expression around a place that has an entry, or the word there. */
  function find(text, place, known) {
    const all = words(text), here = all.findIndex((each) => each.start <= place && place < each.end);
    if (here < 0) return null;
    for (let length = Math.min(LONGEST, all.length); length; length--)
      for (let first = Math.max(0, here - length + 1); first <= Math.min(here, all.length - length); first++) {
        const start = all[first].start, end = all[first + length - 1].end, rows = known[key(text.slice(start, end))];
        if (rows) return { start, end, rows };
      }
    return null;
  }

  /* Whether a sense is the one that the translation has: they begin alike. */
  function used(sense, english) {
    const stem = (word) => word.slice(0, Math.max(3, word.length - 2));
    return key(sense).split(/[^\p{L}]+/u).some((word) => word.length > 2 && english.some((other) => stem(other) === stem(word)));
  }

  function element(name, className, text) {
    return Object.assign(document.createElement(name), { className, textContent: text });
  }

  function line([base, speech, gender, senses], form, english) {
    const row = element("p", "entry", "");
    const head = key(base) === form ? base : `${form} → ${base}`;
    const kind = [part(speech), part(gender)].filter(Boolean).join(" ");
    row.append(Object.assign(element("b", "", head), { lang: "fr" }), " ", element("i", "", kind), kind ? " " : "");
    senses.split("; ").forEach((sense, number) => {
      if (number) row.append("; ");
      row.append(used(sense, english) ? element("mark", "", sense) : sense);
    });
    return row;
  }

  function show(each, found) {
    hide();
    const text = each.lastChild.data, form = key(text.slice(found.start, found.end));
    const english = linked(each, found.start, found.end).flatMap((other) => key(other).split(/[^\p{L}]+/u));
    box = element("div", "senses", "");
    box.setAttribute("role", "note");
    box.setAttribute("aria-label", say("dictionary"));
    box.append(...found.rows.slice(0, 6).map((row) => line(row, form, english)));
    each.closest(".passerelle").append(box);
    shown = { piece: each, ...found };
    place();
    return box.textContent;
  }

  function place() {
    if (!box?.isConnected) return;
    const node = shown.piece.lastChild;
    if (!shown.piece.isConnected || shown.end > node.length) return hide();
    const range = new Range();
    range.setStart(node, shown.start);
    range.setEnd(node, shown.end);
    const word = range.getBoundingClientRect(), size = box.getBoundingClientRect();
    const above = word.top - size.height - 6, below = word.bottom + 6;
    const top = below + size.height < innerHeight || above < 8 ? below : above;
    box.style.top = `${Math.max(8, top)}px`;
    box.style.left = `${Math.max(8, Math.min(word.left, innerWidth - size.width - 8))}px`;
  }

  function hide() {
    clearTimeout(rest);
    box?.remove();
    box = shown = waited = null;
  }

  async function define(each, place, loudly = false) {
    const asked = (waited = { each, place });
    const found = find(each.lastChild.data, place, await definitions(each).catch(() => ({})));
    if (waited !== asked || !each.isConnected) return;
    if (!found) return loudly ? undefined : hide();
    const text = show(each, found);
    if (loudly) announce(text);
  }

  document.addEventListener("mousemove", (event) => {
    if (event.target instanceof Element && event.target.closest(".senses")) return clearTimeout(rest);
    const each = piece(event.target);
    const place = defines(each) && !each.isContentEditable ? caretAt(each, event.clientX, event.clientY) : null;
    if (shown && shown.piece === each && place !== null && shown.start <= place && place < shown.end) return;
    clearTimeout(rest);
    if (place !== null) rest = setTimeout(() => define(each, place), REST_MS);
    else if (shown) rest = setTimeout(hide, REST_MS);
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".senses")) return;
    const each = piece(event.target), place = defines(each) ? caretAt(each, event.clientX, event.clientY) : null;
    if (place === null) hide();
    else define(each, place);
  });
  document.addEventListener("passerelle:word", ({ detail: { piece: each, start } }) => {
    if (defines(each)) define(each, start, true);
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide(), { capture: true });
  document.addEventListener("focusout", (event) => piece(event.target) && hide());
  document.addEventListener("passerelle:changed", () => shown && !shown.piece.isConnected && hide());
  document.addEventListener("scroll", () => requestAnimationFrame(place), { capture: true, passive: true });
  window.passerelleDictionary = { define, hide, words: (each) => (defines(each) ? words(each.lastChild.data) : null) };
})();
