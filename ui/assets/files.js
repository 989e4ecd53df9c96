/* Files: each a row with its progress; they come back in their own formats. */
(() => {
  "use strict";
  const AT_ONCE = 2;
  const say = (...all) => window.passerelleSay(...all), reason = (line) => window.passerelleReason(line);
  const rows = [];
  let running = 0;

  function element(tag, settings, ...children) {
    const made = Object.assign(document.createElement(tag), settings);
    made.append(...children);
    return made;
  }

  /* Save bytes or text without leaving a copy anywhere. */
  function save(name, content, type) {
    const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /* The name of the English of a file, or of a file with both languages: lettre.en.docx, lettre.fr-en.html. */
  const named = (name, tag = "en") => name.replace(/(?:[._-]fr)?(\.[^.]*)?$/i, (_, ending = "") => `.${tag}${ending}`);

  /* Call take(event) for each line of JSON that an answer brings. */
  async function listen(answer, take) {
    if (!answer.ok || !answer.body) {
      const found = await answer.json().catch(() => ({}));
      take({ type: "error", message: found.error ?? answer.statusText });
      return;
    }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "", ended = false;
    for (;;) {
      const { value, done } = await reader.read();
      const lines = (rest + (value ?? "")).split("\n");
      rest = lines.pop();
      for (const line of lines.filter(Boolean)) {
        const event = JSON.parse(line);
        ended ||= event.type === "end" || event.type === "error";
        if (event.type !== "tick") take(event);
      }
      if (done) break;
    }
    if (!ended) take({ type: "error", lost: true });
  }

  const send = (route, body, settings = {}) =>
    fetch(`page/${route}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      ...settings,
    });

  /* Send JSON to a route of the page and return what it answers; fails with the server's own line. */
  async function post(route, body) {
    const answer = await send(route, body);
    const found = await answer.json().catch(() => ({}));
    if (!answer.ok || found.error) throw new Error(found.error ?? answer.statusText);
    return found;
  }

  /* Save columns as a file of some form. */
  async function saveAs(name, asked) {
    try {
      const answer = await send("export", asked);
      if (!answer.ok) throw new Error(answer.statusText);
      save(name, await answer.blob(), answer.headers.get("content-type"));
    } catch {
      window.passerelle.tell(() => say("lost"), { alert: true });
    }
  }

  /* What is not plainly text is left for the server to read, or to refuse. */
  function decode(bytes) {
    if (bytes.includes(0)) return null;
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }

  function add(files) {
    const list = document.querySelector("#files");
    if (!rows.length) {
      const all = element("button", { type: "button", className: "all", textContent: say("saveAll"), hidden: true });
      all.dataset.say = "saveAll";
      const clear = element("button", { type: "button", className: "clear", textContent: say("clear") });
      clear.dataset.say = "clear";
      all.addEventListener("click", saveAll);
      clear.addEventListener("click", empty);
      list.replaceChildren(element("li", { className: "foot" }, all, clear));
    }
    for (const file of files) {
      const bar = element("progress", { max: 1, value: 0 }), state = element("span", { className: "state" });
      const act = element("button", { type: "button", textContent: say("stopFile") });
      bar.setAttribute("aria-label", file.name);
      state.setAttribute("role", "status");
      const item = element("li", {}, element("span", { className: "name", textContent: file.name }), bar, state, act);
      const row = { file, bar, state, act, item, controller: new AbortController(), result: null, over: false };
      tell(row, () => say("waitingFile"));
      act.addEventListener("click", () => (row.result ? save(row.result.name, row.result.bytes) : halt(row)));
      list.insertBefore(item, list.lastElementChild);
      rows.push(row);
    }
    list.hidden = false;
    /* Where the reader can stop the first of them, and then save it. */
    rows.at(-files.length).act.focus();
    next();
  }

  function next() {
    for (const row of rows) {
      if (running >= AT_ONCE) return;
      if (!row.over && !row.begun) run(row);
    }
  }

  async function run(row) {
    row.begun = true;
    running += 1;
    const form = new FormData();
    form.append("file", row.file, row.file.name);
    const terms = window.passerelleGlossary.csv();
    if (terms) form.append("glossary", new Blob([terms]), "glossary.csv");
    tell(row, () => say("translating"));
    try {
      const answer = await fetch("page/file", { method: "POST", body: form, signal: row.controller.signal });
      await listen(answer, (event) => take(row, event));
    } catch (error) {
      if (!row.over) finish(row, () => say(error.name === "AbortError" ? "failed" : "lost"), "failed");
    }
    running -= 1;
    next();
  }

  function take(row, event) {
    if (event.type === "queued") tell(row, () => say("queued", { n: event.position }));
    else if (event.type === "progress") {
      row.bar.max = Math.max(event.total, 1);
      row.bar.value = event.done;
      tell(row, () => `${window.passerelleNumber((100 * event.done) / Math.max(event.total, 1))} %`);
    } else if (event.type === "result") {
      const bytes = Uint8Array.from(atob(event.content), (character) => character.charCodeAt(0));
      row.result = { name: named(event.name), bytes };
      row.bar.remove();
      row.state.after(besides(row, event));
      const check = () => (event.check ? `, ${say("check", { n: event.check })}` : "");
      row.notices = event.notices;
      finish(row, () => say("ready_file") + check(), "ready");
    } else if (event.type === "error") finish(row, () => (event.lost ? say("lost") : reason(event.message)), "failed");
  }

  /* Buttons for files with the French beside the English. */
  function besides(row, { columns, notices }) {
    const title = row.file.name.replace(/\.[^.]*$/, "");
    const buttons = ["html", "docx", "tmx"].map((form) => {
      const button = element("button", { type: "button", textContent: `.${form}` });
      button.setAttribute("aria-label", say("beside", { name: `${title}, .${form}` }));
      button.addEventListener("click", () => saveAs(named(`${title}.${form}`, "fr-en"), { form, title, notices, columns }));
      return button;
    });
    const lead = element("span", { textContent: say("with_french") });
    lead.dataset.say = "with_french";
    return element("span", { className: "beside" }, lead, ...buttons);
  }

  /* Say how a file stands: line gives it in the language of the moment. */
  function tell(row, line) {
    row.line = line;
    row.state.textContent = line();
    row.act.textContent = say(row.over ? "saveFile" : "stopFile");
    if (row.notices) row.item.title = row.notices.map(reason).join("\n");
  }

  /* The list once more, in another language. */
  function speak() {
    for (const row of rows) tell(row, row.line);
    for (const part of document.querySelectorAll("#files [data-say]")) part.textContent = say(part.dataset.say);
  }

  function finish(row, line, kind) {
    row.over = true;
    tell(row, line);
    row.item.className = kind;
    row.bar.value = row.bar.max;
    row.act.hidden = !row.result;
    document.querySelector("#files .all").hidden = rows.filter((each) => each.result).length < 2;
  }

  function halt(row) {
    finish(row, () => say("failed"), "failed");
    row.controller.abort();
  }

  async function saveAll() {
    const form = new FormData();
    for (const { result } of rows) if (result) form.append("files", new File([result.bytes], result.name), result.name);
    const answer = await fetch("page/zip", { method: "POST", body: form });
    if (answer.ok) save("english.zip", await answer.blob(), "application/zip");
    else window.passerelle.tell(() => say("lost"), { alert: true });
  }

  function empty() {
    for (const row of rows) if (!row.over) halt(row);
    rows.length = 0;
    const list = document.querySelector("#files");
    list.replaceChildren();
    list.hidden = true;
  }

  window.passerelleFiles = { add, save, saveAs, named, speak, listen, send, post, decode };
})();
