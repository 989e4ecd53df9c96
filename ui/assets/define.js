/* Where the dictionary under the pointer gets its entries: from the server, a sentence at a time, each once. */
(() => {
  "use strict";
  const KEPT = 500, known = new Map();
  const PARTS = {
    noun: "nom", verb: "verbe", adjective: "adjectif", adverb: "adverbe", name: "nom propre", pronoun: "pronom", preposition: "préposition",
    conjunction: "conjonction", interjection: "interjection", phrase: "expression", proverb: "proverbe", numeral: "numéral",
    abbreviation: "abréviation", contraction: "contraction", determiner: "déterminant", article: "article",
  };

  window.passerelleDefine = (french) => {
    if (!known.has(french)) {
      if (known.size >= KEPT) known.clear();
      const asked = window.passerelleFiles.send("define", { french }).then((answer) => answer.json());
      known.set(french, asked);
      asked.catch(() => known.delete(french));
    }
    return known.get(french);
  };
  window.passerellePart = (name) => (document.documentElement.lang === "fr" ? (PARTS[name] ?? name) : name);
})();
