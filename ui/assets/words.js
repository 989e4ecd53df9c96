/* What the page says, in English and in French. */
(() => {
  "use strict";
  const words = {
    en: {
      summary_waits: "The summary comes when the text is done.", go_on: "Go on", this_much: "Summarise this much",
      small: "A small model is at work: read its English as a gist.", small_how: "How to get the large one: on this machine, with a network, run passerelle download once, then start the page again. It fetches the model and sends nothing of yours.",
      small_how_server: "How to get the large one: whoever runs this server runs passerelle download there once, and starts it again.",
      hint: "Point at a sentence to see its partners, at a French word to see what it means; click an English sentence to mend it.",
      edit_save: "Save", corrections_export: "Export",
      tagline: "French in, English and a summary out.", place_here: "Everything stays on this machine.", place_server: "Your text goes to this page’s server, and nowhere else.",
      dark: "Dark", light: "Light", keys: "Shortcuts", close: "Close", sign_out: "Sign out", new: "New text", save: "Save",
      share: "Copy settings link", glossary: "Glossary", terms_source: "French", terms_target: "English",
      terms_lead: "Terms that the English must have, in any form of the French. They are kept in this browser only, and go along with each text and file.",
      terms_add: "Add a term", terms_import: "Import CSV…", terms_export: "Export CSV", terms_clear: "Remove all",
      terms_undo: "Bring them back", terms_again: "Translate again", term: "Term {n}",
      term_source: "French of term {n}", term_target: "English of term {n}", term_drop: "Remove term {n}",
      term_keep: "Keep French", term_keep_why: "The term stays as it is", term_kept: "stays French",
      term_case: "Match capitals", term_case_why: "Only where capitals agree",
      term_word: "This form only", term_word_why: "No plural, no other gender",
      term_found: "{n} found", term_missed: "{n} missed",
      terms_counted: { one: "In this text: {found} found, {n} missed.", other: "In this text: {found} found, {n} missed." },
      terms_unfinished: { one: "{n} term lacks its English and is not used.", other: "{n} terms lack their English and are not used." },
      terms_taken: { one: "{n} term taken in.", other: "{n} terms taken in." },
      terms_done: "{n} of {all} terms found", terms_changed: "The glossary has changed: Ctrl+Enter translates again",
      terms_unkept: "This browser keeps nothing: the terms last until the page is closed.",
      runs: "What runs here", checking: "Sentences to check", shared: "Copied: the settings, never the text",
      interface: "For programs: the REST interface", drop: "Drop files to translate them",
      ready: "Ready.", translate: "Translate", stop: "Stop", open: "Open files…",
      french: "French text", placeholder: "Paste a French text here, or drop files anywhere on the page.", placeholder_touch: "Paste or type a French text here, or open files.",
      length: "Summary", short: "Short", medium: "Medium", long: "Long", sentences: "Sentences",
      style: "Form", prose: "Prose", bullets: "Bullets", examples: "Examples",
      original: "Original", translation: "Translation", summary: "Summary", copy: "Copy", copied: "Copied",
      about: "About this sentence", doubted: "To check: ", noted: "Note: ", previous: "Previous sentence to check", next: "Next sentence to check",
      check: { one: "{n} to check", other: "{n} to check" },
      sending: "Sending…", queued: "Waiting: {n} in front of you", translating: "Translating…",
      progress: "{done} sentences, {words} words", left: "about {n} s left",
      summarising: "Summarising…", stopping: "Stopping…",
      done: "Done: {words} words in {seconds} s", done_known: "Done: {words} words", repeated: ", {n} of them in repeated sentences",
      stopped: "Stopped: {words} words in {seconds} s",
      again: "Done: the summary is new", led_again: "The summary is new.", led_summarising: "The summary is made anew…", renew: "Out of date: renew",
      undo: "Undo", undone: "Undone.", k_undo: "Undo the last change of the English",
      keep_ask: "Your corrections are gone when this page is closed. May this browser keep them? Not on a machine that you share.",
      keep_yes: "Keep them here", keep_no: "No", keeps: "This browser keeps your corrections.", keeps_not: "This browser keeps nothing: they last until the page is closed.",
      kept_before: { one: "{n} correction from before is kept in this browser.", other: "{n} corrections from before are kept in this browser." },
      kept_forget: "Forget them", forgotten: "Forgotten.",
      lost: "The server does not answer. What is done is kept; try again.",
      edit: "Edit", others: "Other translations", hide: "Close", keep: "Keep", cancel: "Cancel", waiting: "One moment…",
      none: "No other translation was found.", remembered: "Kept, and remembered for next time.",
      remembered_shared: "Kept, and used for everybody on this server from now on.",
      corrections: "Corrections", corrections_none: "There are none yet.", corrections_undo: "Undo",
      corrections_own: "Your own English for these sentences. Nobody else gets it.",
      corrections_shared: "These are shared: everybody on this server gets them.", corrections_by: "{who}, {when}",
      kept: "Kept while this page is open.", retry: "Try again", retried: "Translated otherwise.", yours: "Your own words",
      waitingFile: "waiting", failed: "failed", ready_file: "ready", saveFile: "Save", saveAll: "Save all (.zip)", with_french: "With the French:", beside: "{name} with the French",
      stopFile: "Stop", clear: "Clear the list", empty_summary: "There is nothing to summarise yet.",
      k_translate: "Translate", k_stop: "Stop, or close what is open", k_next: "Next or previous sentence to check",
      k_move: "Into the English; sentence to sentence, pane to pane", k_word: "Word to word, with what the dictionary says", dictionary: "Dictionary", k_edit: "Edit the English sentence",
      k_others: "Other translations of it", k_retry: "Translate it otherwise",
      k_glossary: "Glossary; a French word pointed at is put in", k_new: "Back to the text box", k_open: "Open files",
    },
    fr: {
      summary_waits: "Le résumé vient quand le texte est fini.", go_on: "Continuer", this_much: "Résumer ce qui est fait",
      small: "Un petit modèle est à l’œuvre : son anglais donne le sens général.", small_how: "Pour avoir le grand : sur cette machine, avec un réseau, lancez une fois passerelle download, puis rouvrez la page. Il télécharge le modèle et n’envoie rien de vos textes.",
      small_how_server: "Pour avoir le grand : qui tient ce serveur y lance une fois passerelle download, puis le redémarre.",
      hint: "Pointez une phrase pour voir ses pendants, un mot français pour voir son sens ; cliquez sur une phrase anglaise pour la reprendre.",
      edit_save: "Enregistrer", corrections_export: "Exporter",
      tagline: "Du français vers l’anglais, avec un résumé.", place_here: "Tout reste sur cette machine.", place_server: "Votre texte va au serveur de cette page, et nulle part ailleurs.",
      dark: "Sombre", light: "Clair", keys: "Raccourcis", close: "Fermer", sign_out: "Se déconnecter", new: "Nouveau texte", save: "Enregistrer",
      share: "Copier le lien des réglages", glossary: "Glossaire", terms_source: "Français", terms_target: "Anglais",
      terms_lead: "Les termes que l’anglais doit avoir, quelle que soit la forme du français. Ils restent dans ce navigateur et accompagnent chaque texte et chaque fichier.",
      terms_add: "Ajouter un terme", terms_import: "Importer un CSV…", terms_export: "Exporter en CSV", terms_clear: "Tout retirer",
      terms_undo: "Les remettre", terms_again: "Traduire à nouveau", term: "Terme {n}",
      term_source: "Français du terme {n}", term_target: "Anglais du terme {n}", term_drop: "Retirer le terme {n}",
      term_keep: "Garder le français", term_keep_why: "Le terme reste tel quel", term_kept: "reste en français",
      term_case: "Respecter les majuscules", term_case_why: "Seulement si les majuscules concordent",
      term_word: "Cette forme seulement", term_word_why: "Ni pluriel, ni autre genre",
      term_found: { one: "{n} trouvé", other: "{n} trouvés" }, term_missed: { one: "{n} manqué", other: "{n} manqués" },
      terms_counted: { one: "Dans ce texte : {found} trouvés, {n} manqué.", other: "Dans ce texte : {found} trouvés, {n} manqués." },
      terms_unfinished: { one: "{n} terme n’a pas encore d’anglais et ne sert pas.", other: "{n} termes n’ont pas encore d’anglais et ne servent pas." },
      terms_taken: { one: "{n} terme repris.", other: "{n} termes repris." },
      terms_done: "{n} termes trouvés sur {all}", terms_changed: "Le glossaire a changé : Ctrl+Entrée traduit à nouveau",
      terms_unkept: "Ce navigateur ne garde rien : les termes durent tant que la page est ouverte.",
      runs: "Ce qui tourne ici", checking: "Phrases à vérifier", shared: "Copié : les réglages, jamais le texte",
      interface: "Pour les programmes : l’interface REST", drop: "Déposez les fichiers à traduire",
      ready: "Prêt.", translate: "Traduire", stop: "Arrêter", open: "Ouvrir des fichiers…",
      french: "Texte français", placeholder: "Collez ici un texte français, ou déposez des fichiers sur la page.", placeholder_touch: "Collez ou tapez ici un texte français, ou ouvrez des fichiers.",
      length: "Résumé", short: "Court", medium: "Moyen", long: "Long", sentences: "Phrases",
      style: "Forme", prose: "Prose", bullets: "Puces", examples: "Exemples",
      original: "Original", translation: "Traduction", summary: "Résumé", copy: "Copier", copied: "Copié",
      about: "Sur cette phrase", doubted: "À vérifier : ", noted: "Note : ", previous: "Phrase précédente à vérifier", next: "Phrase suivante à vérifier",
      check: { one: "{n} à vérifier", other: "{n} à vérifier" },
      sending: "Envoi…", queued: "En attente : {n} devant vous", translating: "Traduction…",
      progress: "{done} phrases, {words} mots", left: "encore {n} s environ",
      summarising: "Résumé en cours…", stopping: "Arrêt…",
      done: "Terminé : {words} mots en {seconds} s", done_known: "Terminé : {words} mots", repeated: ", dont {n} dans des phrases répétées",
      stopped: "Arrêté : {words} mots en {seconds} s",
      again: "Terminé : le résumé est refait", led_again: "Le résumé est refait.", led_summarising: "Le résumé se refait…", renew: "Dépassé : le refaire",
      undo: "Annuler", undone: "Annulé.", k_undo: "Annuler le dernier changement de l’anglais",
      keep_ask: "Vos corrections disparaissent avec cette page. Ce navigateur peut-il les garder ? Pas sur une machine partagée.",
      keep_yes: "Les garder ici", keep_no: "Non", keeps: "Ce navigateur garde vos corrections.", keeps_not: "Ce navigateur ne garde rien : elles durent tant que la page est ouverte.",
      kept_before: { one: "{n} correction d’avant est gardée dans ce navigateur.", other: "{n} corrections d’avant sont gardées dans ce navigateur." },
      kept_forget: "Les oublier", forgotten: "Oublié.",
      lost: "Le serveur ne répond pas. Ce qui est fait est gardé ; réessayez.",
      edit: "Modifier", others: "Autres traductions", hide: "Fermer", keep: "Garder", cancel: "Annuler", waiting: "Un instant…",
      none: "Aucune autre traduction n’a été trouvée.", remembered: "Gardé, et retenu pour la prochaine fois.",
      remembered_shared: "Gardé, et utilisé désormais pour tous sur ce serveur.",
      corrections: "Corrections", corrections_none: "Il n’y en a pas encore.", corrections_undo: "Annuler",
      corrections_own: "Votre propre anglais pour ces phrases. Personne d’autre ne le reçoit.",
      corrections_shared: "Elles sont communes : tous sur ce serveur les reçoivent.", corrections_by: "{who}, {when}",
      kept: "Gardé tant que la page est ouverte.", retry: "Réessayer", retried: "Traduit autrement.", yours: "Vos propres mots",
      waitingFile: "en attente", failed: "échec", ready_file: "prêt", saveFile: "Enregistrer",
      saveAll: "Tout enregistrer (.zip)", with_french: "Avec le français :", beside: "{name} avec le français", stopFile: "Arrêter", clear: "Vider la liste",
      empty_summary: "Il n’y a encore rien à résumer.",
      k_translate: "Traduire", k_stop: "Arrêter, ou fermer ce qui est ouvert",
      k_next: "Phrase à vérifier suivante ou précédente", k_move: "Vers l’anglais ; de phrase en phrase, de volet en volet",
      k_word: "De mot en mot, avec ce qu’en dit le dictionnaire", dictionary: "Dictionnaire", k_edit: "Modifier la phrase anglaise", k_others: "Autres traductions", k_retry: "La traduire autrement",
      k_glossary: "Glossaire ; le mot français pointé y est mis",
      k_new: "Retour au texte à traduire", k_open: "Ouvrir des fichiers",
    },
  };
  const GRADIO = {
    translate: "#translate", stop: "#stop", open: "#open", french: "#french [data-testid=block-info]",
    length: "#length [data-testid=block-info]", style: "#style [data-testid=block-info]",
    sentences: "#number [data-testid=block-info]",
  };
  let language = "en";

  window.passerelleSay = (name, values = {}) => {
    let text = words[language][name] ?? words.en[name] ?? name;
    if (typeof text === "object") text = text[new Intl.PluralRules(language).select(values.n)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
  };
  window.passerelleNumber = (number, digits = 0) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(number);

  /* Change the last text of an element, leaving its other parts alone. */
  function retitle(element, text) {
    const walker = element && document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let last = null;
    while (walker?.nextNode()) if (walker.currentNode.data.trim()) last = walker.currentNode;
    if (last && last.data.trim() !== text) last.data = text;
  }

  window.passerelleSpeak = (chosen) => {
    language = words[chosen] ? chosen : "en";
    const say = window.passerelleSay;
    document.documentElement.lang = language;
    for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
    for (const element of document.querySelectorAll("[data-label]"))
      element.setAttribute("aria-label", say(element.dataset.label));
    for (const [name, selector] of Object.entries(GRADIO)) retitle(document.querySelector(selector), say(name));
    for (const input of document.querySelectorAll("#length input, #style input"))
      retitle(input.closest("label"), say(input.value));
    const area = document.querySelector("#french textarea");
    if (area) area.placeholder = say(matchMedia("(hover: hover)").matches ? "placeholder" : "placeholder_touch");
    for (const wrap of document.querySelectorAll("#length > .wrap:not([data-testid])")) wrap.dataset.title = say("length");
    for (const [number, name] of ["original", "translation", "summary"].entries()) {
      const pane = document.querySelectorAll("#panes .pane")[number];
      if (!pane) continue;
      pane.setAttribute("aria-label", say(name));
      pane.querySelector("h2").textContent = say(name);
      pane.querySelector(".copy").textContent = say("copy");
      if (name === "summary") pane.querySelector(".text").dataset.waiting = say("summary_waits");
    }
    const other = document.querySelector("#language");
    Object.assign(other, { textContent: language === "fr" ? "English" : "Français", lang: language === "fr" ? "en" : "fr" });
    other.setAttribute("aria-label", language === "fr" ? "Interface in English" : "Interface en français");
    return language;
  };
  window.passerelleLanguage = () => language;
})();
