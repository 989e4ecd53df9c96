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

  const corrections = window.passerelleOwn;
  /* What was changed, the last at the end, each with how the sentence stood before. */
  const changes = [];
  /* Ends the edit under way, if any: keeps what was written, or not. */
  let editing = null;
  const ask = (route, piece, english) =>
    window.passerelleFiles.post(route, { french: board.french(piece), english, glossary: window.passerelleGlossary.csv() });

  document.addEventListener("passerelle:card", ({ detail: { piece, card } }) => {
    if (!isEnglish(piece)) return;
    const actions = Object.assign(document.createElement("div"), { className: "actions" });
    if (piece.isContentEditable) {
      /* A press on the card must not end the edit, as leaving the sentence does. */
      card.addEventListener("pointerdown", (event) => event.preventDefault());
      card.addEventListener("mousedown", (event) => event.preventDefault());
      actions.append(button("edit_save", () => editing?.(true)), button("cancel", () => editing?.(false)));
    } else
      actions.append(
        button("edit", () => edit(piece)),
        button("retry", () => retry(piece)),
        button("others", () => others(piece, card)),
        button("hide", () => window.passerellePanes.hideCard()),
      );
    card.append(actions);
  });

  function note(piece) {
    const french = board.french(piece);
    const change = { piece, french, ...board.state(piece), own: corrections.get(french), earlier: null, remembered: false };
    changes.push(change);
    return change;
  }

  async function take(piece, english, words) {
    const change = note(piece);
    corrections.set(change.french, english);
    board.replace(piece, english, words);
    showUndo();
    let line = () => say("kept");
    try {
      change.sent = ask("correct", piece, english);
      const { remembered, shared, earlier, notes, level } = await change.sent;
      Object.assign(change, { remembered, earlier });
      /* Another change may have come meanwhile. */
      if (corrections.get(change.french) === english) {
        board.mark(piece, notes, level);
        corrections.set(change.french, english, remembered);
      }
      if (remembered) line = () => say(shared ? "remembered_shared" : "remembered");
    } catch (error) {
      line = () => window.passerelleReason(error.message);
    }
    corrections.ask();
    if (changes.includes(change)) window.passerelle.edited(line);
  }

  /* Take the last change back: the English, its doubts and words, and what the server was to remember of it. */
  let undoing = Promise.resolve();
  const undo = () => (undoing = undoing.then(undoLast));

  async function undoLast() {
    let change = changes.pop();
    while (change && !change.piece.isConnected) change = changes.pop();
    showUndo();
    if (!change) return;
    const { piece, french, own } = change;
    board.replace(piece, change.english, change.words);
    board.mark(piece, change.notes, change.level);
    window.passerellePanes.hideCard();
    corrections.set(french, own, true);
    piece.focus({ preventScroll: true });
    let line = () => say("undone");
    /* What is still on its way would be remembered after it was taken back. */
    await change.sent?.catch(() => null);
    corrections.set(french, own, change.remembered);
    corrections.ask();
    try {
      const before = own ?? change.earlier;
      if (change.remembered) await (before ? ask("correct", piece, before) : ask("forget", piece));
    } catch (error) {
      line = () => window.passerelleReason(error.message);
    }
    window.passerelle.edited(line);
  }

  function showUndo() {
    document.querySelector("#undo").hidden = !changes.some(({ piece }) => piece.isConnected);
  }
  document.addEventListener("passerelle:changed", showUndo);

  async function retry(piece) {
    window.passerellePanes.hideCard();
    piece.focus({ preventScroll: true });
    window.passerelle.tell(() => say("waiting"));
    try {
      const { english, notes, level, words } = await ask("retry", piece, piece.textContent);
      if (!english) return window.passerelle.tell(() => say("none"));
      note(piece);
      corrections.set(board.french(piece), undefined);
      board.replace(piece, english, words);
      board.mark(piece, notes, level);
      window.passerelle.edited(() => say("retried"));
    } catch (error) {
      window.passerelle.tell(() => window.passerelleReason(error.message), { alert: true });
    }
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
      list.textContent = window.passerelleReason(error.message);
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
      editing = null;
      window.passerellePanes.hideCard();
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
      leave(event.key === "Enter");
    };
    const leave = (keep) => {
      end(keep);
      piece.focus({ preventScroll: true });
    };
    const onBlur = () => end(true);
    piece.addEventListener("keydown", onKey);
    piece.addEventListener("blur", onBlur);
    editing = leave;
    window.passerellePanes.showCard(piece);
  }

  window.passerelleSentences = { undo };

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
