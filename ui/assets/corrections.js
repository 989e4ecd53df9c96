/* What the server's memory was told: whose it is, who said so and when, and how to take it back. */
(() => {
  "use strict";
  const say = (...all) => window.passerelleSay(...all);
  const find = (selector) => document.querySelector(`#corrections ${selector}`);
  const made = (name, settings) => Object.assign(document.createElement(name), settings);

  function row({ french, english, author, made: when }, isShared) {
    const item = made("li"), undo = made("button", { type: "button", textContent: say("corrections_undo") });
    undo.addEventListener("click", async () => {
      try {
        await window.passerelleFiles.post("forget", { french });
        window.passerelleOwn.drop(french);
        await show();
        find("[data-act=close]").focus();
      } catch (error) {
        find(".lead").textContent = window.passerelleReason(error.message);
      }
    });
    item.append(made("p", { textContent: french, lang: "fr" }), made("p", { textContent: english, lang: "en" }), undo);
    const who = isShared && author, date = when && new Date(when).toLocaleDateString();
    if (who || date) {
      const text = who && date ? say("corrections_by", { who, when: date }) : who || date;
      item.append(made("p", { textContent: text, className: "by" }));
    }
    return item;
  }

  let listed = [];

  /* As a glossary or a memory elsewhere takes it in. */
  function exported() {
    const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
    const rows = listed.map(({ french, english }) => `${quoted(french)},${quoted(english)}\r\n`);
    window.passerelleFiles.save("corrections.csv", `\ufeffsource,target\r\n${rows.join("")}`, "text/csv;charset=utf-8");
  }

  async function show() {
    const answer = await fetch("page/corrections"), { shared, corrections, error } = await answer.json();
    if (!answer.ok) throw new Error(error);
    const lead = say(shared ? "corrections_shared" : "corrections_own");
    find(".lead").textContent = corrections.length ? lead : `${lead} ${say("corrections_none")}`;
    listed = corrections;
    find("[data-act=export]").hidden = !listed.length;
    find("ul").replaceChildren(...corrections.map((each) => row(each, shared)));
  }

  document.addEventListener("click", async (event) => {
    if (event.target.closest?.("#corrections [data-act=close]")) document.querySelector("#corrections").close();
    if (event.target.closest?.("#corrections [data-act=export]")) exported();
    if (!event.target.closest?.("#memory")) return;
    try {
      await show();
    } catch (error) {
      find(".lead").textContent = window.passerelleReason(error.message);
    }
    document.querySelector("#corrections").showModal();
  });
})();
