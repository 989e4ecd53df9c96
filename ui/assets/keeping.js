/* The reader's own English by the French sentence: it stands when the text is sent again, as long as the page is open.
   A reload loses it, and the browser asks first, unless the reader has said that this browser may keep it. */
(() => {
  "use strict";
  const say = (...all) => window.passerelleSay(...all);
  const find = (selector) => document.querySelector(selector);
  const ANSWER = "keeps-corrections", KEPT = "corrections";
  const corrections = new Map(), unkept = new Set();

  const may = () => window.passerelleKeeping.recalled(ANSWER);

  /* Write them all where the browser may; whether they stand there now. */
  function keep() {
    if (may() !== "yes") return false;
    const kept = corrections.size ? JSON.stringify(Object.fromEntries(corrections)) : null;
    if (!window.passerelleKeeping.remember(KEPT, kept)) return false;
    unkept.clear();
    return true;
  }

  /* Note the English of a sentence, none to take it back; remembered: the server has it for next time. */
  function set(french, english, remembered = false) {
    if (english === undefined) corrections.delete(french);
    else corrections.set(french, english);
    if (english === undefined || remembered) unkept.delete(french);
    else unkept.add(french);
    keep();
  }

  /* Lose the English of a sentence that the memory knows on one line, whatever lines it stands on here. */
  function drop(french) {
    const flat = (text) => text.replace(/\s+/g, " ").trim();
    for (const each of [...corrections.keys()]) if (flat(each) === flat(french)) set(each, undefined);
  }

  /* Ask once, where an answer can be kept and something would be lost. */
  function ask() {
    if (find("#keeping").dataset.asks !== "forget") show(!may() && unkept.size ? "keep" : null);
  }

  const ASKS = { keep: [["keep_ask"], [["keep_yes", accept], ["keep_no", decline]]], forget: [["kept_before"], [["kept_forget", forget]]] };

  /* Show a question below the controls, in the language of the moment; null: none. */
  function show(name = find("#keeping").dataset.asks || null) {
    const place = find("#keeping");
    place.hidden = !name;
    place.dataset.asks = name ?? "";
    place.replaceChildren();
    if (!name) return;
    const [[line], answers] = ASKS[name];
    place.append(say(line, { n: corrections.size }), " ");
    for (const [word, act] of answers) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: say(word) });
      button.addEventListener("click", act);
      place.append(button);
    }
  }

  function accept() {
    const kept = window.passerelleKeeping.remember(ANSWER, "yes") && keep();
    show(null);
    window.passerelle.tell(() => say(kept ? "keeps" : "keeps_not"), { alert: !kept });
  }

  function decline() {
    window.passerelleKeeping.remember(ANSWER, "no");
    show(null);
  }

  function forget() {
    corrections.clear();
    unkept.clear();
    for (const name of [KEPT, ANSWER]) window.passerelleKeeping.remember(name, null);
    show(null);
    window.passerelle.tell(() => say("forgotten"));
  }

  function begin() {
    let kept = {};
    try {
      if (may() === "yes") kept = JSON.parse(window.passerelleKeeping.recalled(KEPT)) ?? {};
    } catch {
      kept = {}; // something else wrote there
    }
    for (const [french, english] of Object.entries(kept)) if (typeof english === "string") corrections.set(french, english);
    show(corrections.size ? "forget" : null);
  }

  addEventListener("beforeunload", (event) => {
    if (unkept.size) event.preventDefault();
  });
  const get = (french) => corrections.get(french), all = () => Object.fromEntries(corrections);
  window.passerelleOwn = { begin, set, get, all, ask, drop, speak: () => show() };
})();
