/* The three panes as the page fills and reads them. What they show is what is saved. */
(() => {
  "use strict";
  const HEADINGS = ["Original", "Translation", "Summary"];
  const text = (number) => document.querySelectorAll("#panes .text")[number];
  const changed = () => document.dispatchEvent(new Event("passerelle:changed"));

  /* The first part continues the last block, each further one is a block of its own. */
  function append(number, parts) {
    const pane = text(number);
    parts.forEach((html, position) => {
      let block = pane.lastElementChild;
      if (position || !block) {
        block = document.createElement("div");
        block.className = "block";
        pane.append(block);
      }
      if (html) block.insertAdjacentHTML("beforeend", html);
    });
    changed();
  }

  function clear(...numbers) {
    for (const number of numbers) {
      text(number).replaceChildren();
      text(number).scrollTop = 0;
    }
    window.passerellePanes.hideCard();
    changed();
  }

  /* The words of the original become known with each sentence's English. */
  function link(words) {
    for (const [key, each] of Object.entries(words)) {
      const piece = text(0).querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (piece) piece.dataset.words = each;
    }
  }

  function runs(node, found) {
    for (const child of node.childNodes)
      if (child.nodeType === Node.TEXT_NODE) found.push({ text: child.data });
      else if (child.matches(".piece")) {
        const { key, links, notes, level, words } = child.dataset;
        found.push({
          text: child.textContent,
          key,
          links: JSON.parse(links ?? "[]"),
          notes: JSON.parse(notes ?? "[]"),
          level: level ?? "doubt",
          words: words ?? "",
        });
      } else runs(child, found);
    return found;
  }

  const column = (number) => ({ heading: HEADINGS[number], language: text(number).lang, runs: runs(text(number), []) });

  function mark(piece, notes, level) {
    piece.classList.remove("doubtful", "noted");
    piece.querySelector(".note")?.remove();
    delete piece.dataset.notes;
    delete piece.dataset.level;
    if (!notes.length) return;
    piece.classList.add(level === "note" ? "noted" : "doubtful");
    piece.dataset.level = level;
    piece.dataset.notes = JSON.stringify(notes);
    const note = Object.assign(document.createElement("span"), { className: "note" });
    note.setAttribute("role", "img");
    piece.prepend(note);
    window.passerelleVoice();
  }

  /* How a sentence stands: its English, its doubts, and the words of both sides that are linked. */
  const state = (piece) => ({
    english: piece.textContent,
    notes: JSON.parse(piece.dataset.notes ?? "[]"),
    level: piece.dataset.level ?? "doubt",
    words: [original(piece)?.dataset.words ?? "", piece.dataset.words ?? ""],
  });

  /* Put other English in the place of a sentence's, with its words and the French ones linked anew, or not at all. */
  function replace(piece, english, [french, there] = ["", ""]) {
    const note = piece.querySelector(".note");
    piece.replaceChildren(...(note ? [note] : []), document.createTextNode(english));
    for (const [each, words] of [[original(piece), french], [piece, there]])
      if (words) each.dataset.words = words;
      else delete each?.dataset.words;
    changed();
  }

  const original = (piece) => text(0).querySelector(`[data-key="${CSS.escape(piece.dataset.key)}"]`);

  /* Every sentence that has its English: both, as they stand. */
  function sentences() {
    const pieces = (number) => [...text(number).querySelectorAll(".piece")].map((piece) => [piece.dataset.key, piece.textContent]);
    const french = new Map(pieces(0));
    return pieces(1).filter(([key]) => french.has(key)).map(([key, english]) => [french.get(key), english]);
  }

  window.passerelleBoard = {
    append,
    clear,
    link,
    mark,
    replace,
    state,
    text,
    columns: (...numbers) => numbers.map(column),
    doubtful: () => document.querySelectorAll("#panes .doubtful").length,
    sentences,
    first: () => text(1).offsetParent && text(1).querySelector(".piece[tabindex]"),
    french: (piece) => original(piece)?.textContent ?? "",
  };
})();
