/* What the server says, in French. */
(() => {
  "use strict";
  /* What is said of a sentence, by its code; {0} and {1} are the values that come with it. */
  const CODES = {
    unfinished: "le modèle n’est pas allé au bout ; la suite manque peut-être",
    nothing: "le modèle n’a rien donné ; le français reste",
    nothing_usable: "le modèle n’a rien donné d’utilisable ; le français reste",
    unsure: "le modèle hésitait ({0} par fragment de mot)",
    short: "court pour sa source : {0} caractères pour {1}",
    long: "long pour sa source : {0} caractères pour {1}",
    end_missing: "« {0} » semble manquer à la fin",
    missing: "« {0} » semble manquer",
    not_in_english: "{0}, dans le français, n’est pas dans l’anglais",
    not_in_french: "{0} n’est pas dans le français",
    numbers_became: "{0} du français est devenu {1}",
    became: "{0} est devenu {1}",
    minus_lost: "le signe moins de {0} est perdu",
    currency_lost: "la monnaie est perdue ({0})",
    per_cent_lost: "le signe % est perdu",
    known_name: "« {0} » se dit « {1} » en anglais et n’a pas été rendu ainsi",
    non_word: "« {0} » n’est pas un mot anglais connu",
    denial_lost: "le français nie, l’anglais ne nie pas",
    denial_added: "l’anglais nie, le français ne nie pas",
    partly_french: "une partie est restée en français",
    all_french: "c’est le français tel quel",
    phrase_in_a_row: "« {0} » vient {1} fois de suite",
    phrase_twice: "un groupe de mots vient deux fois, le français ne l’a qu’une fois",
    sign_without_end: "une lettre ou un signe se répète sans fin",
    repeats_itself: "l’anglais se répète",
    number_corrected: "un nombre a été corrigé d’après le français",
    term_lost: "« {0} » devrait être « {1} »",
    term_changed: "« {0} » devrait rester",
    no_french_in_it: "repris tel quel : rien n’y est du texte français",
    from_dictionary: "« {0} » était resté ; « {1} » vient du dictionnaire",
    other_language: "pas du français (plutôt « {0} ») : repris tel quel",
    other: "{0}",
  };
  /* Refusals and notices, by their English: {a}, {b} and {c} stand for whatever the line is about. */
  const LINES = [
    ["no sentence ends here in the text", "aucune phrase ne finit ici dans le texte"],
    ["rests on a translation whose facts are to be checked", "repose sur une traduction dont les faits sont à vérifier"],
    ["Every sentence has a name, a number or a denial to check: the summary rests on them all the same.",
     "Chaque phrase a un nom, un nombre ou une négation à vérifier : le résumé repose pourtant sur elles."],
    ["The text is short: it is given whole.", "Le texte est court : il est donné en entier."],
    ["The text is empty: there is nothing to summarise.", "Le texte est vide : il n’y a rien à résumer."],
    ["The text does not look English: its sentences are quoted as they stand.", "Le texte ne semble pas être de l’anglais : ses phrases sont citées telles quelles."],
    ["this does not look like French; it was translated all the same", "cela ne ressemble pas à du français ; c’est traduit tout de même"],
    ["There is no text yet: paste some French, or drop a file.", "Il n’y a pas encore de texte : collez du français ou déposez un fichier."],
    [
      "This text has {a} characters and the page takes {b} at a time: give it in parts, or use the command passerelle translate FILE. Your text is untouched.",
      "Ce texte a {a} caractères et la page en prend {b} à la fois : donnez-le en plusieurs parties, ou prenez la commande passerelle translate FICHIER. Votre texte est intact.",
    ],
    ["That was too much for one minute; wait a little and try again.", "C’était trop pour une minute ; attendez un peu et réessayez."],
    ["the length is short, medium, long or a number of sentences from 1 to 100", "la longueur est courte, moyenne, longue ou un nombre de phrases de 1 à 100"],
    ["the style is prose or bullets", "la forme est prose ou puces"],
    ["the form is one of {a}", "la forme est l’une de : {a}"],
    ["the glossary cannot be read ({a}); save it as CSV in UTF-8", "le glossaire ne peut être lu ({a}) ; enregistrez-le en CSV, en UTF-8"],
    ["the glossary has a term without a word: “{a}”; take it out", "le glossaire a un terme sans aucun mot : « {a} » ; retirez-le"],
    ["{a} is larger than {b} terms can be: leave some out", "{a} dépasse ce que {b} termes peuvent être : retirez-en"],
    ["{a} has a term of more than {b} characters: “{c}”; shorten it", "{a} a un terme de plus de {b} caractères : « {c} » ; raccourcissez-le"],
    ["{a} has more than {b} terms: leave some out", "{a} a plus de {b} termes : retirez-en"],
    ["{a}: not one of the formats that can be translated: {b}", "{a} : ce format n’est pas de ceux qui se traduisent : {b}"],
    ["{a}: larger than the {b} MB that are taken", "{a} : plus grand que les {b} Mo acceptés"],
    ["{a}: files of this kind are not read; give one of {b}", "{a} : ce genre de fichier n’est pas lu ; donnez l’un de {b}"],
    ["{a} holds no text; there is nothing to translate", "{a} ne contient pas de texte ; il n’y a rien à traduire"],
    [
      "{a} is not plain text, whatever its name says; save it as .docx, .odt or .txt first",
      "{a} n’est pas du texte simple, quoi qu’en dise son nom ; enregistrez-le d’abord en .docx, .odt ou .txt",
    ],
    [
      "{a} is no e-mail: it does not begin with headers such as From: and Subject:",
      "{a} n’est pas un courriel : il ne commence pas par des en-têtes tels que From: et Subject:",
    ],
    ["{a} is encrypted; open it in your mail program and save its text", "{a} est chiffré ; ouvrez-le dans votre messagerie et enregistrez son texte"],
    ["{a} is no flat OpenDocument text: it begins with <{b}>", "{a} n’est pas un texte OpenDocument à plat : il commence par <{b}>"],
    ["{a} is damaged or of another kind: there is no {b} in it", "{a} est abîmé ou d’un autre genre : il n’y a pas de {b} dedans"],
    ["{a} is damaged or of another kind: {b}", "{a} est abîmé ou d’un autre genre : {b}"],
    ["{a} is damaged: there is no {b} in it", "{a} est abîmé : il n’y a pas de {b} dedans"],
    ["{a} is damaged: {b} cannot be read ({c})", "{a} est abîmé : {b} ne peut être lu ({c})"],
    ["{a} is damaged: it is not in the encoding that it declares ({b})", "{a} est abîmé : il n’est pas dans le codage qu’il déclare ({b})"],
    ["{a} is damaged: {b}", "{a} est abîmé : {b}"],
    ["{a} unpacks to far more than a document holds (a zip bomb?); it is not read", "{a} contient bien plus qu’un document (une bombe zip ?) ; il n’est pas lu"],
    ["{a} is encrypted; save it without a password first", "{a} est chiffré ; enregistrez-le d’abord sans mot de passe"],
    ["{a} is protected against copying; it cannot be read", "{a} est protégé contre la copie ; il ne peut être lu"],
    ["{a} is not a table: {b}", "{a} n’est pas un tableau : {b}"],
    ["{a} has no column {b}; its columns are {c}", "{a} n’a pas de colonne {b} ; ses colonnes sont {c}"],
    ["{a} is too large ({b} MiB, at most {c} MiB can be read); split it", "{a} est trop grand ({b} Mio, au plus {c} Mio sont lus) ; partagez-le"],
    ["{a} has no text under {b}; check the name of the key", "{a} n’a pas de texte sous {b} ; vérifiez le nom de la clé"],
    ["{a} is not valid JSON: {b}", "{a} n’est pas du JSON valide : {b}"],
    ["{a} is nested too deeply; it cannot be read", "{a} est trop imbriqué ; il ne peut être lu"],
    ["{a} is nested deeper than {b} elements; it cannot be read", "{a} est imbriqué au-delà de {b} éléments ; il ne peut être lu"],
    ["{a} holds no text, only pictures of it; run a text recognition such as ocrmypdf first", "{a} n’a pas de texte, seulement son image ; passez d’abord une reconnaissance comme ocrmypdf"],
    ["{a} has more than {b} pages; split it", "{a} a plus de {b} pages ; partagez-le"],
    ["{a} is not a sound .po catalogue: {b}; check it with msgfmt", "{a} n’est pas un catalogue .po correct : {b} ; vérifiez-le avec msgfmt"],
    ["{a} holds no subtitles: no line with --> in it; check the file", "{a} n’a pas de sous-titres : aucune ligne avec --> ; vérifiez le fichier"],
    ["{a} is not a text file; give .txt or .md, or save it as text first", "{a} n’est pas un fichier de texte ; donnez .txt ou .md, ou enregistrez-le d’abord en texte"],
    ["{a} is not XLIFF: it begins with <{b}>", "{a} n’est pas du XLIFF : il commence par <{b}>"],
    ["{a} declares entities of its own, which can do harm; save it without them", "{a} déclare ses propres entités, ce qui peut nuire ; enregistrez-le sans elles"],
    ["{a}: what was written is not built like the original; please report it", "{a} : ce qui a été écrit n’est pas bâti comme l’original ; signalez-le, s’il vous plaît"],
    [
      "{a}: what was written lacks the English of {b} of {c} passages “{d}”; please report it",
      "{a} : dans ce qui a été écrit manque l’anglais de {b} passages sur {c} « {d} » ; signalez-le, s’il vous plaît",
    ],
    ["{a}: what was written cannot be read back ({b}); please report it", "{a} : ce qui a été écrit ne se relit pas ({b}) ; signalez-le, s’il vous plaît"],
    ["{a}: translated {b}; choose columns with --columns", "{a} : traduit {b} ; --columns choisit les colonnes"],
    ["{a}: translated the values that look like prose; choose with --keys", "{a} : les valeurs qui ressemblent à du texte sont traduites ; --keys les choisit"],
    ["{a} is not UTF-8; it was read as {b}, and what is written is UTF-8", "{a} n’est pas en UTF-8 ; il a été lu comme {b}, et ce qui est écrit est en UTF-8"],
    ["{a}: only its text was read; it is written as Markdown", "{a} : seul son texte a été lu ; il est écrit en Markdown"],
    ["{a}: {b} messages marked fuzzy keep the English that they have; check it", "{a} : {b} messages marqués fuzzy gardent l’anglais qu’ils ont ; vérifiez-le"],
    ["{a} says that its source is {b}, not French", "{a} dit que sa source est {b}, pas le français"],
  ];
  const pattern = (english) =>
    new RegExp(`^${english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w)\}/g, "(?<$1>.+?)")}$`, "s");
  const known = LINES.map(([english, french]) => [pattern(english), french]);

  /* Return a line of the server, or a note with a code, in the language of the interface; what is not known stays. */
  window.passerelleReason = (line) => {
    const text = line.text ?? line;
    if (document.documentElement.lang !== "fr") return text;
    if (CODES[line.code]) return CODES[line.code].replace(/\{(\d)\}/g, (_, place) => line.values[place]);
    for (const [english, french] of known) {
      const found = english.exec(text);
      if (found) return french.replace(/\{(\w)\}/g, (_, name) => found.groups[name]);
    }
    return text;
  };

  /* The marks beside the sentences, which a screen reader reads out. */
  const voice = () => {
    const language = document.documentElement.lang;
    for (const mark of document.querySelectorAll("#panes .piece > .note")) {
      if (mark.hasAttribute("aria-label") && (mark.lang || "en") === language) continue;
      const piece = mark.parentElement, lead = window.passerelleSay(piece.matches(".noted") ? "noted" : "doubted");
      mark.lang = language;
      mark.setAttribute("aria-label", lead + JSON.parse(piece.dataset.notes).map(window.passerelleReason).join("; "));
    }
  };
  document.addEventListener("passerelle:changed", voice);
  window.passerelleVoice = voice;
})();
