/* One set of listeners serves every fragment in the document, so fragments may come, change and go. */
(() => {
  "use strict";
  if (window.passerellePanes) return;
  const ROOT = ".passerelle", PIECE = ".passerelle .piece", REST_MS = 250;
  const WORDS = { copy: "Copy", copied: "Copied", about: "About this sentence" };
  const reason = (note) => window.passerelleReason?.(note) ?? note.text ?? note;
  const say = (name) => window.passerelleSay?.(name) ?? WORDS[name];
  document.documentElement.classList.add("passerelle-live");

  const closest = (node, selector) => (node instanceof Element ? node.closest(selector) : null);
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const links = (piece) => (piece.dataset.links ? JSON.parse(piece.dataset.links) : []);
  let indexes = new WeakMap(), lit = [], hovered = null, scrolling = null, checked = null, card = null, word = null, rest = 0;

  /* Which pieces carry a key, and which rest on it; made afresh once the panes have changed. */
  function index(root) {
    if (!indexes.has(root)) {
      const found = { keys: new Map(), rests: new Map() };
      const put = (map, key, piece) => (map.has(key) ? map.get(key).push(piece) : map.set(key, [piece]));
      for (const piece of all(root, ".piece")) {
        put(found.keys, piece.dataset.key, piece);
        for (const key of links(piece)) put(found.rests, key, piece);
      }
      indexes.set(root, found);
    }
    return indexes.get(root);
  }

  const partners = (piece) =>
    piece.dataset.key
      ? (index(closest(piece, ROOT)).keys.get(piece.dataset.key) ?? []).filter((other) => other !== piece)
      : [];

  const supports = (piece) => {
    const { keys, rests } = index(closest(piece, ROOT)), key = piece.dataset.key;
    const found = [...links(piece).flatMap((each) => keys.get(each) ?? []), ...((key && rests.get(key)) || [])];
    return found.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  };

  function relight() {
    for (const piece of lit) piece.classList.remove("lit", "evidence");
    lit = [];
    const active = document.activeElement;
    const piece = hovered?.isConnected ? hovered : closest(active, PIECE) ?? closest(active, ".card")?.piece;
    if (!piece?.isConnected) return lightWords(null);
    const evidence = supports(piece), own = [piece, ...partners(piece)];
    for (const other of evidence) other.classList.add("evidence");
    for (const other of own) other.classList.add("lit");
    lit = [...evidence, ...own];
    if (word && word.piece !== piece) lightWords(null);
  }

  /* Words. The server counts characters, the browser counts UTF-16 units. */
  function wordsOf(piece) {
    const text = piece.lastChild?.nodeType === Node.TEXT_NODE ? piece.lastChild.data : "";
    const wide = /[\ud800-\udfff]/.test(text), characters = wide ? [...text] : null;
    const unit = (place) => (wide ? characters.slice(0, place).join("").length : place);
    return (piece.dataset.words ?? "").split(" ").filter(Boolean).map((each) => {
      const [start, end, number] = each.split("-").map(Number);
      return { start: unit(start), end: unit(end), number };
    });
  }

  /* How many units of a sentence stand before a point of the screen, null where it is beside the text. */
  function caretAt(piece, x, y) {
    const spot = document.caretPositionFromPoint?.(x, y), range = spot ? null : document.caretRangeFromPoint?.(x, y);
    const node = spot?.offsetNode ?? range?.startContainer, offset = spot?.offset ?? range?.startOffset;
    return node && node === piece.lastChild ? offset : null;
  }

  function wordAt(piece, x, y) {
    const offset = caretAt(piece, x, y);
    return offset === null ? null : (wordsOf(piece).find((each) => each.start <= offset && offset <= each.end) ?? null);
  }

  /* The words of the partners that are linked with what stands from start to end of a sentence. */
  function linked(piece, start, end) {
    const numbers = new Set(wordsOf(piece).filter((each) => each.start < end && start < each.end).map((each) => each.number));
    return partners(piece).flatMap((other) =>
      wordsOf(other).filter((each) => numbers.has(each.number)).map((each) => other.lastChild.data.slice(each.start, each.end)),
    );
  }

  function lightWords(piece, chosen) {
    if (!globalThis.CSS?.highlights || typeof Highlight === "undefined") return "";
    if (!piece || !chosen) {
      word = null;
      CSS.highlights.delete("passerelle-word");
      return "";
    }
    if (word?.piece === piece && word.start === chosen.start) return "";
    word = { piece, start: chosen.start };
    const numbers = new Set(wordsOf(piece).filter((each) => each.start === chosen.start).map((each) => each.number));
    const ranges = [], texts = [];
    for (const other of [piece, ...partners(piece)])
      for (const each of numbers.size ? wordsOf(other).filter((candidate) => numbers.has(candidate.number)) : other === piece ? [chosen] : []) {
        const node = other.lastChild, range = new Range();
        if (each.end > node.data.length) continue;
        range.setStart(node, each.start);
        range.setEnd(node, each.end);
        ranges.push(range);
        texts.push(range.toString());
      }
    CSS.highlights.set("passerelle-word", new Highlight(...ranges));
    return [...new Set(texts)].join(", ");
  }

  function stepWord(piece, step) {
    const all = [...(window.passerelleDictionary?.words(piece) ?? []), ...wordsOf(piece)];
    const starts = [...new Map(all.map((each) => [each.start, each])).values()];
    starts.sort((one, other) => one.start - other.start);
    const here = word?.piece === piece ? starts.findIndex((each) => each.start === word.start) : -1;
    const chosen = starts[here < 0 && step < 0 ? starts.length - 1 : here + step];
    if (!chosen) return;
    announce(lightWords(piece, chosen));
    document.dispatchEvent(new CustomEvent("passerelle:word", { detail: { piece, start: chosen.start } }));
  }

  function announce(text) {
    let region = document.querySelector(".passerelle-spoken");
    if (!region) {
      region = Object.assign(document.createElement("p"), { className: "passerelle-spoken", role: "status" });
      (document.querySelector("main") ?? document.body).append(region);
    }
    region.textContent = text;
  }

  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  /* Bring a piece into its own pane's view without moving the page; gently, where the eye may follow. */
  function reveal(piece, gently = false) {
    const pane = closest(piece, ".text"), view = pane.getBoundingClientRect();
    let box = piece.getBoundingClientRect();
    if (box.top >= view.top && box.bottom <= view.bottom) return;
    scrolling = null;
    if (gently && !calm.matches) {
      pane.addEventListener("scrollend", () => piece.matches(".lit, .evidence") && reveal(piece), { once: true });
      return pane.scrollBy({ top: box.top - view.top - pane.clientHeight / 4, behavior: "smooth" });
    }
    pane.scrollTop += box.top - view.top - pane.clientHeight / 4;
    /* Blocks that come into sight take their true height only now. */
    box = piece.getBoundingClientRect();
    if (box.top < view.top || box.bottom > view.bottom) pane.scrollTop += box.top - view.top - pane.clientHeight / 4;
  }

  function revealPartners(piece, gently = false) {
    const seen = new Set([closest(piece, ".text")]);
    for (const other of [...partners(piece), ...supports(piece)]) {
      const pane = closest(other, ".text");
      if (!seen.has(pane)) reveal(other, gently);
      seen.add(pane);
    }
  }

  /* The pane that the reader scrolls leads; the others keep the partner of its topmost sentence beside it. */
  function topmost(elements, top) {
    let low = 0, high = elements.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (elements[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    return elements[low];
  }

  function follow(leader) {
    const top = leader.getBoundingClientRect().top, block = topmost(all(leader, ".block"), top);
    const piece = block && topmost(all(block, ".piece"), top);
    if (!piece) return;
    const offset = piece.getBoundingClientRect().top - top;
    for (const other of partners(piece)) {
      const pane = closest(other, ".text");
      if (pane !== leader) pane.scrollTop += other.getBoundingClientRect().top - pane.getBoundingClientRect().top - offset;
    }
  }

  function step(piece, key) {
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const panes = all(closest(piece, ROOT), ".text"), here = panes.indexOf(closest(piece, ".text"));
      const there = panes[here + (key === "ArrowRight" ? 1 : -1)];
      return [...partners(piece), ...supports(piece)].find((other) => there?.contains(other));
    }
    const pieces = all(closest(piece, ".text"), ".piece[tabindex]");
    return pieces[pieces.indexOf(piece) + (key === "ArrowDown" ? 1 : -1)];
  }

  function nextDoubt(root, way = 1) {
    const doubtful = all(root, ".doubtful");
    if (!doubtful.length) return;
    /* From where the reader is, or was last. */
    const piece = closest(document.activeElement, PIECE) ?? (checked?.isConnected ? checked : null);
    const from = piece && ([piece, ...partners(piece)].find((each) => closest(each, ".text").querySelector(".doubtful")) ?? piece);
    const follows = (other) => Boolean(from?.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
    const others = doubtful.filter((other) => other !== piece);
    const ahead = way > 0 ? others.find((other) => !from || follows(other) || other === from) : others.findLast((other) => from && !follows(other));
    checked = ahead ?? (way > 0 ? doubtful[0] : doubtful.at(-1));
    reveal(checked);
    checked.focus({ preventScroll: true });
  }

  /* The card beside a sentence: why it should be checked, and what the page offers for it. */
  function showCard(piece, pointed = false) {
    const same = card?.isConnected && card.piece === piece;
    if (same && !(card.pointed && !pointed)) return;
    hideCard();
    const made = Object.assign(document.createElement("div"), { className: "card", piece, pointed });
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", say("about"));
    const notes = JSON.parse(piece.dataset.notes ?? "[]");
    if (notes.length) {
      const list = document.createElement("ul");
      for (const note of notes) list.append(Object.assign(document.createElement("li"), { textContent: reason(note) }));
      made.append(list);
    }
    if (!pointed)
      document.dispatchEvent(new CustomEvent("passerelle:card", { detail: { piece, card: made } }));
    if (!made.childElementCount) return;
    closest(piece, ROOT).append(made);
    card = made;
    placeCard();
  }

  function placeCard() {
    if (!card?.isConnected) return;
    if (!card.piece.isConnected) return hideCard();
    const boxes = card.piece.getClientRects(), last = boxes[boxes.length - 1] ?? card.piece.getBoundingClientRect();
    const first = boxes[0] ?? last, view = closest(card.piece, ".text").getBoundingClientRect();
    const size = card.getBoundingClientRect(), low = innerHeight - size.height - 8;
    let top = Math.min(last.bottom, view.bottom) + 8, left = last.left;
    if (view.right + size.width + 20 < innerWidth) {
      /* Beside the pane, so that neither the sentence nor its neighbours are covered. */
      [top, left] = [Math.max(first.top, view.top) - 4, view.right + 10];
    } else if (top > low) top = Math.max(first.top, view.top) - size.height - 8;
    left = Math.max(8, Math.min(left, innerWidth - size.width - 8));
    Object.assign(card.style, { top: `${Math.max(8, Math.min(top, low))}px`, left: `${left}px` });
  }

  function hideCard() {
    card?.remove();
    card = null;
  }

  async function copy(button) {
    const text = closest(button, ".pane").querySelector(".text").textContent;
    await copyText(text);
    button.textContent = say("copied");
    setTimeout(() => (button.textContent = say("copy")), 1500);
  }

  async function copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      /* Plain http on another host has no clipboard interface; the old command still works there. */
      const area = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  document.addEventListener("mouseover", (event) => {
    const piece = closest(event.target, PIECE), note = closest(event.target, `${ROOT} .note`);
    if (note) showCard(piece, true);
    else if (card?.pointed && !closest(event.target, ".card")) hideCard();
    if (piece === hovered) return;
    hovered = piece;
    relight();
    /* What belongs to the sentence that the pointer rests on comes into view; one that it only crosses moves nothing. */
    clearTimeout(rest);
    if (piece) rest = setTimeout(() => piece.isConnected && piece === hovered && revealPartners(piece, true), REST_MS);
  });
  document.addEventListener("mousemove", (event) => {
    const piece = closest(event.target, PIECE);
    if (piece?.dataset.words) requestAnimationFrame(() => lightWords(piece, wordAt(piece, event.clientX, event.clientY)));
    else if (word && !piece && hovered === null && event.movementX + event.movementY) lightWords(null);
  });
  document.addEventListener("focusin", (event) => {
    const piece = closest(event.target, PIECE);
    relight();
    if (piece) {
      if (piece.classList.contains("doubtful")) checked = piece;
      revealPartners(piece);
      showCard(piece);
    } else if (!closest(event.target, ".card")) hideCard();
  });
  document.addEventListener("focusout", () => setTimeout(relight));
  document.addEventListener("passerelle:changed", () => {
    indexes = new WeakMap();
    relight();
    placeCard();
  });
  document.addEventListener("click", (event) => {
    const button = closest(event.target, `${ROOT} button`);
    if (button?.matches(".copy")) copy(button);
    else if (button?.matches(".count")) nextDoubt(closest(button, ROOT));
    else if (!button) {
      const piece = closest(event.target, PIECE);
      if (piece && !piece.isContentEditable) {
        piece.focus({ preventScroll: true });
        showCard(piece);
        lightWords(piece, wordAt(piece, event.clientX, event.clientY));
      } else if (!piece && !closest(event.target, ".card")) hideCard();
    }
  });
  document.addEventListener("keydown", (event) => {
    const piece = closest(event.target, PIECE);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (closest(event.target, "input, textarea, select, dialog, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key === "n" || key === "p") {
      const root = closest(event.target, ROOT) ?? closest(hovered, ROOT) ?? document.querySelector(ROOT);
      if (root) nextDoubt(root, key === "n" ? 1 : -1);
    } else if (piece && event.shiftKey && (key === "arrowleft" || key === "arrowright")) {
      event.preventDefault();
      stepWord(piece, key === "arrowright" ? 1 : -1);
    } else if (piece && event.key.startsWith("Arrow")) {
      const other = step(piece, event.key);
      if (!other) return;
      event.preventDefault();
      other.focus({ preventScroll: true });
      reveal(other);
      placeCard();
    } else if (event.key === "Escape" && (piece || card)) {
      hovered = null;
      hideCard();
      document.activeElement.blur();
    }
  });
  for (const name of ["wheel", "touchmove", "pointerdown"])
    document.addEventListener(name, (event) => (scrolling = closest(event.target, `${ROOT} .text`)), { passive: true });
  document.addEventListener(
    "scroll",
    (event) => {
      requestAnimationFrame(placeCard);
      if (event.target === scrolling) requestAnimationFrame(() => follow(event.target));
    },
    { capture: true, passive: true },
  );
  window.passerellePanes = { nextDoubt, hideCard, showCard, placeCard, copyText, announce, reveal, partners, caretAt, linked };
})();
