/* One set of listeners serves every fragment in the document, so fragments may come, change and go. */
(() => {
  "use strict";
  if (window.passerellePanes) return;
  window.passerellePanes = true;
  document.documentElement.classList.add("passerelle-live");

  const ROOT = ".passerelle", PIECE = ".passerelle .piece";
  const closest = (node, selector) => (node instanceof Element ? node.closest(selector) : null);
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const links = (piece) => (piece.dataset.links ? JSON.parse(piece.dataset.links) : []);
  let hovered = null, scrolling = null, checked = null;

  const partners = (piece) =>
    piece.dataset.key
      ? all(closest(piece, ROOT), ".piece").filter((other) => other !== piece && other.dataset.key === piece.dataset.key)
      : [];

  const supports = (piece) => {
    const wanted = new Set(links(piece)), key = piece.dataset.key;
    return all(closest(piece, ROOT), ".piece").filter(
      (other) => wanted.has(other.dataset.key) || (key && other.dataset.links && links(other).includes(key)),
    );
  };

  function relight() {
    for (const piece of all(document, ".passerelle .lit, .passerelle .evidence")) piece.classList.remove("lit", "evidence");
    const piece = hovered?.isConnected ? hovered : closest(document.activeElement, PIECE);
    if (!piece) return;
    for (const other of supports(piece)) other.classList.add("evidence");
    for (const other of [piece, ...partners(piece)]) other.classList.add("lit");
  }

  /* Bring a piece into its own pane's view without moving the page. */
  function reveal(piece) {
    const pane = closest(piece, ".text"), box = piece.getBoundingClientRect(), view = pane.getBoundingClientRect();
    if (box.top < view.top || box.bottom > view.bottom) pane.scrollTop += box.top - view.top - pane.clientHeight / 4;
  }

  function revealPartners(piece) {
    const seen = new Set([closest(piece, ".text")]);
    for (const other of [...partners(piece), ...supports(piece)]) {
      const pane = closest(other, ".text");
      if (!seen.has(pane)) reveal(other);
      seen.add(pane);
    }
  }

  /* The pane that the reader scrolls leads; the others keep the partner of its topmost sentence beside it. */
  function follow(leader) {
    const top = leader.getBoundingClientRect().top, pieces = all(leader, ".piece");
    let low = 0, high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pieces[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    if (!pieces.length) return;
    const offset = pieces[low].getBoundingClientRect().top - top;
    for (const other of partners(pieces[low])) {
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

  function nextDoubt(root) {
    const doubtful = all(root, ".doubtful");
    if (!doubtful.length) return;
    checked = doubtful[(doubtful.indexOf(checked) + 1) % doubtful.length];
    reveal(checked);
    checked.focus({ preventScroll: true });
  }

  async function copy(button) {
    const text = closest(button, ".pane").querySelector(".text").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      /* Plain http on another host has no clipboard interface; the old command still works there. */
      const area = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  }

  document.addEventListener("mouseover", (event) => {
    const piece = closest(event.target, PIECE);
    if (piece === hovered) return;
    hovered = piece;
    relight();
  });
  document.addEventListener("focusin", (event) => {
    const piece = closest(event.target, PIECE);
    relight();
    if (piece) revealPartners(piece);
  });
  document.addEventListener("focusout", () => setTimeout(relight));
  document.addEventListener("passerelle:changed", relight);
  document.addEventListener("click", (event) => {
    const button = closest(event.target, `${ROOT} button`);
    if (button?.matches(".copy")) copy(button);
    else if (button?.matches(".count")) nextDoubt(closest(button, ROOT));
    else if (!button) closest(event.target, PIECE)?.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    const piece = closest(event.target, PIECE);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() === "n" && !closest(event.target, "input, textarea, select, [contenteditable]")) {
      const root = closest(event.target, ROOT) ?? closest(hovered, ROOT) ?? document.querySelector(ROOT);
      if (root) nextDoubt(root);
    } else if (piece && event.key.startsWith("Arrow")) {
      const other = step(piece, event.key);
      if (!other) return;
      event.preventDefault();
      other.focus({ preventScroll: true });
      reveal(other);
    } else if (piece && event.key === "Escape") {
      hovered = null;
      document.activeElement.blur();
    }
  });
  for (const name of ["wheel", "touchmove", "pointerdown"])
    document.addEventListener(name, (event) => (scrolling = closest(event.target, `${ROOT} .text`)), { passive: true });
  document.addEventListener(
    "scroll",
    (event) => {
      if (event.target === scrolling) requestAnimationFrame(() => follow(event.target));
    },
    { capture: true, passive: true },
  );
})();
