/* How the page is set: language, colours and the kind of summary, from the link, this browser, or the system. */
(() => {
  "use strict";
  const say = (...all) => window.passerelleSay(...all);
  const find = (selector) => document.querySelector(selector);
  const isDark = () => document.body.classList.contains("dark");

  /* Keep a value in this browser; null takes it out. Returns whether the browser keeps anything. */
  function remember(key, value) {
    try {
      if (value === null) localStorage.removeItem(`passerelle-${key}`);
      else localStorage.setItem(`passerelle-${key}`, value);
      return true;
    } catch {
      return false;
    }
  }

  function recalled(key) {
    try {
      return localStorage.getItem(`passerelle-${key}`);
    } catch {
      return null;
    }
  }

  function dark(on) {
    document.body.classList.toggle("dark", on);
    const button = find("#scheme");
    button.dataset.say = on ? "light" : "dark";
    button.textContent = say(button.dataset.say);
  }

  const chosen = () => ({
    length: find("#length input:checked")?.value ?? "medium",
    number: Number(find("#number input")?.value ?? 5),
    style: find("#style input:checked")?.value ?? "prose",
  });

  /* The address of the page with its settings; never a text, nor a term. */
  function link() {
    const { length, number, style } = chosen();
    const settings = {
      length: length === "sentences" ? number : length,
      style,
      language: window.passerelleLanguage(),
      scheme: isDark() ? "dark" : "light",
    };
    return `${location.origin}${location.pathname}#${new URLSearchParams(settings)}`;
  }

  function begin() {
    /* Behind a proxy or a tunnel the server does not know who its visitors are; their address line does. */
    if (!/^(localhost|127\..*|\[::1\])$/.test(location.hostname)) find("#place").dataset.say = "place_server";
    const asked = new URLSearchParams(location.hash.slice(1));
    const length = asked.get("length"), style = asked.get("style");
    window.passerelleSpeak(asked.get("language") ?? recalled("language") ?? navigator.language.slice(0, 2));
    const scheme = asked.get("scheme") ?? recalled("scheme");
    dark(scheme ? scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
    if (/^\d+$/.test(length ?? "")) {
      const input = find("#number input");
      input.value = length;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      find('#length input[value="sentences"]')?.click();
    } else if (length) find(`#length input[value="${CSS.escape(length)}"]`)?.click();
    if (style) find(`#style input[value="${CSS.escape(style)}"]`)?.click();
  }

  function turn() {
    dark(!isDark());
    remember("scheme", isDark() ? "dark" : "light");
  }

  function translate() {
    remember("language", window.passerelleSpeak(window.passerelleLanguage() === "fr" ? "en" : "fr"));
    dark(isDark());
  }

  window.passerelleKeeping = { remember, recalled };
  window.passerelleSettings = { begin, chosen, link, turn, translate };
})();
