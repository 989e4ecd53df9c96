/* What a reader can do with one English sentence: have it put otherwise or tried again, or write it anew. */
(() => {
  "use strict";
  const say = (...all) => window.passerelleSay(...all), board = window.passerelleBoard;
  const isEnglish = (piece) => piece?.closest(".text") === board.text(1) && piece.dataset.key;

  function button(name, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: say(name) });
    made.addEventListener("click", act);
    return made;
  }

  /* The reader's own English by the French sentence, as long as the page is open: it stands when the text is sent again. */
  const corrections = new Map();
  const ask = (route, piece, english) =>
    window.passerelleFiles.post(route, { french: board.french(piece), english, glossary: window.passerelleGlossary.csv() });

  document.addEventListener("passerelle:card", ({ detail: { piece, card } }) => {
    if (!isEnglish(piece)) return;
    const actions = Object.assign(document.createElement("div"), { className: "actions" });
    actions.append(
      button("edit", () => edit(piece)),
      button("retry", () => retry(piece)),
      button("others", () => others(piece, card)),
      button("hide", () => window.passerellePanes.hideCard()),
    );
    card.append(actions);
  });

  async function take(piece, english, words) {
    corrections.set(board.french(piece), english);
    board.replace(piece, english, words);
    try {
      const { remembered, shared, notes, level } = await ask("correct", piece, english);
      board.mark(piece, notes, level);
      window.passerelle.tell(say(shared ? "remembered_shared" : remembered ? "remembered" : "kept"));
    } catch (error) {
      window.passerelle.tell(error.message, { alert: true });
    }
    window.passerelle.edited();
  }

  async function retry(piece) {
    window.passerellePanes.hideCard();
    piece.focus({ preventScroll: true });
    window.passerelle.tell(say("waiting"));
    try {
      const { english, notes, level, words } = await ask("retry", piece, piece.textContent);
      if (!english) return window.passerelle.tell(say("none"));
      corrections.delete(board.french(piece));
      board.replace(piece, english, words);
      board.mark(piece, notes, level);
      window.passerelle.tell(say("retried"));
    } catch (error) {
      window.passerelle.tell(error.message, { alert: true });
    }
    window.passerelle.edited();
  }

  async function others(piece, card) {
    const list = card.querySelector(".others") ?? card.appendChild(document.createElement("div"));
    list.className = "others";
    list.textContent = say("waiting");
    window.passerellePanes.placeCard();
    try {
      const found = await ask("alternatives", piece);
      const different = found.filter((each) => each.english !== piece.textContent);
      list.replaceChildren(
        ...different.map((each) => {
          const choice = Object.assign(document.createElement("button"), { type: "button" });
          choice.append(...compared(piece.textContent, each.english));
          choice.lang = "en";
          choice.addEventListener("click", () => {
            window.passerellePanes.hideCard();
            piece.focus({ preventScroll: true });
            take(piece, each.english, each.words);
          });
          return choice;
        }),
      );
      if (!different.length) list.textContent = say("none");
      list.querySelector("button")?.focus();
    } catch (error) {
      list.textContent = error.message;
    }
    window.passerellePanes.placeCard();
  }

  /* The words that two sentences begin and end with alike stand back, so that the difference shows. */
  function compared(before, after) {
    const one = before.split(/(\s+)/), other = after.split(/(\s+)/), least = Math.min(one.length, other.length);
    let start = 0, end = 0;
    while (start < least && one[start] === other[start]) start += 1;
    while (end < least - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
    const same = (words) => Object.assign(document.createElement("span"), { className: "same", textContent: words.join("") });
    const middle = other.slice(start, other.length - end).join("");
    return [same(other.slice(0, start)), document.createTextNode(middle), same(other.slice(other.length - end))];
  }

  function edit(piece) {
    if (!isEnglish(piece) || piece.isContentEditable) return;
    const before = piece.textContent, note = piece.querySelector(".note");
    note?.remove();
    window.passerellePanes.hideCard();
    piece.contentEditable = "plaintext-only";
    piece.setAttribute("role", "textbox");
    piece.setAttribute("aria-label", say("edit"));
    piece.focus();
    getSelection().selectAllChildren(piece);
    getSelection().collapseToEnd();
    const end = (keep) => {
      if (!piece.isContentEditable) return;
      const after = piece.textContent.trim();
      for (const name of ["contenteditable", "role", "aria-label"]) piece.removeAttribute(name);
      piece.removeEventListener("keydown", onKey);
      piece.removeEventListener("blur", onBlur);
      piece.replaceChildren(document.createTextNode(before));
      if (note) piece.prepend(note);
      if (keep && after && after !== before) take(piece, after);
    };
    const onKey = (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      end(event.key === "Enter");
      piece.focus({ preventScroll: true });
    };
    const onBlur = () => end(true);
    piece.addEventListener("keydown", onKey);
    piece.addEventListener("blur", onBlur);
  }

  /* The memory knows a sentence on one line, whatever lines it stands on here. */
  function forget(french) {
    const flat = (text) => text.replace(/\s+/g, " ").trim();
    for (const each of [...corrections.keys()]) if (flat(each) === flat(french)) corrections.delete(each);
  }

  window.passerelleSentences = { corrections: () => Object.fromEntries(corrections), forget };

  document.addEventListener("dblclick", (event) => {
    const piece = event.target.closest?.("#panes .piece");
    if (isEnglish(piece)) edit(piece);
  });
  document.addEventListener("keydown", (event) => {
    const piece = event.target.closest?.("#panes .piece");
    if (!isEnglish(piece) || piece.isContentEditable || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "e" || event.key === "Enter") {
      event.preventDefault();
      edit(piece);
    } else if (event.key === "r") {
      event.preventDefault();
      retry(piece);
    } else if (event.key === "a") {
      event.preventDefault();
      window.passerellePanes.showCard(piece);
      const card = document.querySelector("#panes .card");
      if (card) others(piece, card);
    }
  });
})();
