/* The page's own course: a text goes out, the panes grow, and the settings are kept in the address at most. */
(() => {
  "use strict";
  const say = (...all) => window.passerelleSay(...all), count = (...all) => window.passerelleNumber(...all);
  const board = window.passerelleBoard, files = window.passerelleFiles;
  const glossary = window.passerelleGlossary, settings = window.passerelleSettings, sentences = window.passerelleSentences, corrections = window.passerelleOwn;
  const find = (selector) => document.querySelector(selector);
  const SECONDS_BETWEEN_WORDS = 10, WRITABLE = "input:not([type=radio]), textarea, select, [contenteditable]";
  let wishes = { length: "medium", style: "prose" }, used = "", given = { text: "", title: "" }, terms = "";
  let controller = null, busy = false, notices = [], state = null, spokenAt = 0, told = () => say("ready");
  /* Edits so far, those that the summary knows of, whether a text is on its way, and what a summary's line begins with. */
  let edits = 0, summarised = 0, translating = false, lead = null;

  /* line gives what to say in the language of the moment, so that it can be said again in another. */
  function tell(line, { silent = false, alert = false, kind = alert ? "alert" : "" } = {}) {
    const shown = find("#line .line"), voice = find("#status .spoken");
    told = line;
    shown.textContent = line();
    shown.className = `line ${kind}`;
    delete shown.dataset.say;
    voice.setAttribute("role", alert ? "alert" : "status");
    if (!silent) voice.textContent = line();
  }

  function work(on) {
    busy = on;
    if (on) for (const name of ["#onwards", "#enough"]) find(name).hidden = true;
    document.body.classList.toggle("passerelle-busy", on);
    find("#panes").setAttribute("aria-busy", String(on));
    if (!on) bar(null);
  }

  function bar(share) {
    const shown = find("#line .bar");
    shown.hidden = share === null;
    shown.setAttribute("aria-valuenow", String(Math.round(100 * (share ?? 0))));
    shown.firstElementChild.style.inlineSize = `${100 * (share ?? 0)}%`;
  }

  function read(on) {
    document.body.classList.toggle("passerelle-reading", on);
    for (const tools of document.querySelectorAll(".tools")) tools.hidden = !on;
  }

  function recount() {
    const number = board.doubtful();
    find(".checks").hidden = !number;
    find("#checks").textContent = say("check", { n: number });
  }

  function note(lines) {
    notices = [...new Set([...notices, ...lines])];
    find("#notices").replaceChildren(
      ...notices.map((line) => Object.assign(document.createElement("p"), { textContent: window.passerelleReason(line) })),
    );
  }

  const report = () => ({ done: count(state.done), words: count(state.words), seconds: count(state.seconds, 1) });
  /* What took next to no time was known from before, and what comes twice is translated once: no speed follows from it. */
  const finished = () =>
    say(state.seconds < 0.5 ? "done_known" : "done", report()) + (state.repeated ? say("repeated", { n: count(state.repeated) }) : "");

  function progress() {
    const share = state.reached / Math.max(state.characters, 1), left = state.seconds / share - state.seconds;
    const line = () => say("progress", report()) + (left >= 2 ? `, ${say("left", { n: count(left) })}` : "");
    const now = performance.now(), due = now - spokenAt > SECONDS_BETWEEN_WORDS * 1000;
    if (due) spokenAt = now;
    tell(line, { silent: !due });
    bar(share);
  }

  const EVENTS = {
    queued: ({ position }) => tell(() => say("queued", { n: position })),
    begin(event) {
      if (event.begun) return tell(() => say("translating"));
      state = { ...event, done: 0, words: 0, repeated: 0, seconds: 0, reached: 0 };
      notices = [];
      note([]);
      board.clear(0, 1, 2);
      outdate(false);
      document.body.classList.add("passerelle-shown");
      read(true);
      recount();
      spokenAt = performance.now();
      tell(() => say("translating"));
    },
    original: ({ parts }) => board.append(0, parts),
    sentences(event) {
      const before = state.before ?? { done: 0, words: 0, repeated: 0, seconds: 0 };
      Object.assign(state, {
        done: before.done + event.done, words: before.words + event.wordsDone, repeated: before.repeated + event.repeated,
        seconds: before.seconds + event.seconds, reached: event.reached,
      });
      board.link(event.words);
      board.append(1, event.parts);
      recount();
      progress();
    },
    translated(event) {
      state.seconds = (state.before?.seconds ?? 0) + event.seconds;
      note(event.notices);
    },
    summarising: () => tell(led("summarising")),
    summary(event) {
      board.clear(2);
      board.append(2, event.parts);
      outdate(edits !== summarised);
      note(event.notices);
      recount();
    },
    error: ({ message, lost }) => tell(() => (lost ? say("lost") : window.passerelleReason(message)), { alert: true }),
  };

  /* Send body to a route and follow what comes back; resolves to whether it came to its end. */
  async function follow(route, body, isText = false) {
    controller?.abort();
    summarised = edits;
    translating = isText;
    const own = (controller = new AbortController());
    let ended = false;
    work(true);
    try {
      const answer = await files.send(route, body, { signal: own.signal });
      await files.listen(answer, (event) => {
        if (own.signal.aborted) return;
        ended ||= event.type === "end";
        EVENTS[event.type]?.(event);
      });
    } catch (error) {
      if (error.name !== "AbortError") tell(() => say("lost"), { alert: true });
    }
    if (controller === own) {
      controller = null;
      translating = false;
      work(false);
    }
    return ended && !own.signal.aborted;
  }

  async function translate(text, length, number, style, about) {
    wish(length, number, style);
    /* The same text once more, as after a change of terms, is still the file that it was. */
    given = about ?? (text === given.text ? given : { text, title: "" });
    used = JSON.stringify(wishes);
    lead = null;
    terms = glossary.csv();
    tell(() => say("sending"));
    const { title: _, ...asked } = given;
    if (!(await follow("translate", { ...asked, glossary: terms, corrections: corrections.all(), ...wishes }, true))) return;
    tell(finished);
    if (terms) countTerms();
    if (edits !== summarised || used !== JSON.stringify(wishes)) summarise();
  }

  /* What was stopped goes on after its last sentence, and is then summarised whole. */
  async function goOn() {
    const { title: _, ...asked } = given, { done, words, repeated, seconds, reached } = state;
    state.before = { done, words, repeated, seconds };
    tell(() => say("sending"));
    const sent = { ...asked, glossary: terms, corrections: corrections.all(), ...wishes, done, reached };
    if (await follow("translate", sent, true)) summarise(finished);
  }

  async function countTerms() {
    const sums = await glossary.count();
    if (!sums || told !== finished) return;
    tell(() => `${finished()}, ${say("terms_done", { n: sums.found, all: sums.found + sums.missed })}`);
  }

  function again() {
    const { length, number, style } = settings.chosen();
    return translate(given.text, length, number, style);
  }

  /* What a summary's line says: what led to it, and how far it is. */
  function led(name) {
    const before = lead;
    return () => (before ? `${before()} ${say(`led_${name}`)}` : say(name));
  }

  /* The summary is of English that has changed since: it lights nothing up until it is made anew. */
  function outdate(on) {
    find("#panes .pane:nth-child(3)").classList.toggle("stale", on);
  }

  /* The English was changed by the reader, as line says. */
  function edited(line) {
    edits += 1;
    tell(line);
    recount();
    outdate(true);
    if (!translating) summarise(line);
  }

  async function summarise(because = null) {
    lead = because;
    if (!board.text(1).textContent.trim()) return;
    used = JSON.stringify(wishes);
    if (!(await follow("summarize", { columns: board.columns(0, 1), ...wishes }))) return;
    tell(led("again"));
    if (used !== JSON.stringify(wishes)) summarise();
  }

  function wish(length, number, style) {
    if (!length || !style) return; // Gradio has not read its own choices yet
    wishes = { length: length === "sentences" ? Math.min(Math.max(Math.round(number) || 5, 1), 100) : length, style };
    if (!busy && state && used && used !== JSON.stringify(wishes)) summarise();
  }

  function stop() {
    if (!busy) return;
    controller?.abort();
    controller = null;
    translating = false;
    work(false);
    tell(() => (state ? say("stopped", report()) : say("ready")));
    const isHalf = Boolean(state?.done) && state.reached < state.characters && !board.text(2).textContent.trim();
    for (const name of ["#onwards", "#enough"]) find(name).hidden = !isHalf;
    if (isHalf) find("#onwards").focus({ preventScroll: true });
  }

  async function save(form) {
    const type = "text/plain;charset=utf-8";
    const { title } = given;
    const name = title ? files.named(`${title}.${form}`) : `translation.${form}`;
    if (form === "txt") return files.save(name, board.text(1).textContent, type);
    return files.saveAs(name, { form, title: title || "translation", notices, columns: board.columns(0, 1, 2) });
  }

  function fill(text) {
    const area = find("#french textarea");
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function show(example) {
    fill(example);
    const { length, number, style } = settings.chosen();
    translate(example, length, number, style);
  }

  /* One plain text is read here, in the panes; all else comes back as files. */
  async function take(list) {
    const given = [...list];
    if (!given.length) return;
    if (given.length > 1 || !/\.(txt|md|text|markdown)$/i.test(given[0].name)) return files.add(given);
    const bytes = new Uint8Array(await given[0].arrayBuffer());
    const text = files.decode(bytes);
    if (text === null) return files.add(given);
    fill(text);
    const title = given[0].name.replace(/\.[^.]*$/, ""), markdown = /\.(md|markdown)$/i.test(given[0].name);
    const { length, number, style } = settings.chosen();
    translate(text, length, number, style, { text, title, markdown });
  }

  async function share() {
    await window.passerellePanes.copyText(settings.link());
    tell(() => say("shared"));
  }

  const KEYS = [
    ["Ctrl Enter", "k_translate"], ["Esc", "k_stop"], ["N  P", "k_next"], ["↑ ↓ ← →", "k_move"],
    ["⇧ ← →", "k_word"], ["E", "k_edit"], ["Ctrl Z", "k_undo"], ["A", "k_others"], ["R", "k_retry"], ["G", "k_glossary"],
    ["T", "k_new"], ["O", "k_open"],
  ];

  function showKeys() {
    const list = find("#keys dl");
    list.replaceChildren(
      ...KEYS.flatMap(([key, what]) => [
        Object.assign(document.createElement("dt"), { textContent: key }),
        Object.assign(document.createElement("dd"), { textContent: say(what) }),
      ]),
    );
    find("#keys").showModal();
  }

  function renew() {
    read(false);
    find("#french textarea").focus();
    find("#french textarea").select();
  }

  const CLICKS = {
    new: renew,
    undo: sentences.undo,
    onwards: goOn,
    enough: () => summarise(),
    checks: () => window.passerellePanes.nextDoubt(find("#panes .passerelle")),
    next: () => window.passerellePanes.nextDoubt(find("#panes .passerelle")),
    previous: () => window.passerellePanes.nextDoubt(find("#panes .passerelle"), -1),
    share,
    help: showKeys,
    terms: () => glossary.open(),
    scheme: settings.turn,
    language() {
      settings.translate();
      glossary.label();
      recount();
      note([]);
      files.speak();
      corrections.speak();
      const line = find("#line .line");
      line.textContent = told();
      window.passerelleVoice();
    },
  };

  /* Translate what is in the box; what is shown, where the box is not. */
  function enter() {
    for (const open of document.querySelectorAll("dialog[open]")) open.close();
    if (document.body.classList.contains("passerelle-reading")) again();
    else find("#translate").click();
  }

  function listen() {
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.("button");
      if (!button) return;
      if (button.dataset.form) save(button.dataset.form);
      else if (button.dataset.example) show(button.dataset.example);
      else if (button.id === "open") find("#pick").click();
      else if (button.id === "stop") stop();
      else if (button.matches(".renew")) summarise();
      else if (button.closest("#keys")) find("#keys").close();
      else if (button.closest("#masthead, #lead")) CLICKS[button.id]?.();
    });
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return enter();
      if (event.target.closest?.("dialog")) return;
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z" && !event.target.closest?.(WRITABLE)) {
        event.preventDefault();
        return sentences.undo();
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && busy && !find("#keys").open) return stop();
      if (event.target.closest?.(WRITABLE)) return;
      if (event.key === "t") {
        event.preventDefault();
        renew();
      } else if (event.key === "ArrowDown" && event.target === document.body && board.first()) {
        /* From nowhere into the English: the box that had the focus is gone. */
        event.preventDefault();
        board.first().focus({ preventScroll: true });
      } else if (event.key === "g") {
        event.preventDefault();
        glossary.open(glossary.pointed());
      } else if (event.key === "o") {
        event.preventDefault();
        find("#pick").click();
      } else if (event.key === "?") showKeys();
    });
    find("#pick").addEventListener("change", (event) => {
      take(event.target.files);
      event.target.value = "";
    });
    const drop = find("#drop");
    let inside = 0;
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    addEventListener("dragenter", (event) => carries(event) && (drop.hidden = ++inside < 1));
    addEventListener("dragleave", (event) => carries(event) && (drop.hidden = --inside < 1));
    addEventListener("dragover", (event) => carries(event) && event.preventDefault());
    addEventListener(
      "drop",
      (event) => {
        if (!carries(event)) return;
        event.preventDefault();
        event.stopPropagation();
        inside = 0;
        drop.hidden = true;
        take(event.dataTransfer.files);
      },
      { capture: true },
    );
  }

  window.passerelle = {
    translate,
    tell,
    wish,
    edited,
    again,
    outdated: () => !busy && Boolean(state) && terms !== glossary.csv(),
  };

  /* Gradio draws the page after the document is there. */
  const PARTS = ["#panes .pane", "#french textarea", "#translate", "#stop", "#open", "#length input", "#style input", "#number input", "#pick"];
  const ready = () => PARTS.every(find);
  const begin = () => {
    const renew = Object.assign(document.createElement("button"), { type: "button", className: "renew" });
    renew.dataset.say = "renew";
    find("#panes .pane:nth-child(3) header h2").after(renew);
    listen();
    settings.begin();
    glossary.begin();
    corrections.begin();
    document.body.classList.add("passerelle-ready");
  };
  const watch = setInterval(() => ready() && (clearInterval(watch), begin()), 30);
})();
