/* While a child types in its own words: what may tell who it is, and words that ask for help. It all stays on the phone. */
const PAUSE = 500;
const DRAWN_OUT = /(\p{L})\1{2,}/gu;
const ALIKE = { ß: "ss", œ: "oe", ı: "i", ł: "l", ة: "ه", ى: "ي" }; // what children leave out or mix up

/* What tells who somebody is: numbers to call, addresses to write to, streets with a number, names after "I am called".
   A group, where there is one, is the part that tells. */
const STREETS = "straat|laan|weg|plein|dreef|lei|steenweg|kaai|baan|pad|hof|singel|gracht|kade|straße|strasse|platz|allee|gasse";
const PERSONAL = [
  /\+?\d(?:[\s./()-]?\d){7,}/gu,
  /[\w.+-]+@[\w-]+\.[\w.-]+/gu,
  /(?:^|[^\w.])(@[\w.]{3,})/gu,
  new RegExp(`\\p{L}*(?:${STREETS})\\s+\\d+\\s?[a-z]?(?![\\p{L}\\d])`, "giu"),
  /(?:rue|avenue|chaussée|boulevard|place|quai)\s+(?:\p{L}+[\s-]){1,4}\d+/giu,
  /\d+,?\s+(?:rue|avenue|chaussée|boulevard|place|quai)\s+(?:\p{Ll}+\s+){0,3}\p{Lu}\p{L}+/gu,
  /\d+\s+\p{Lu}\p{L}+\s+(?:[Ss]treet|[Rr]oad|[Ll]ane|[Aa]venue|[Dd]rive|[Cc]lose)\b/gu,
  /(?:[Ii]k heet|[Ii]k noem|[Nn]aam is|[Nn]ame is|m['’]appelle|nom est|[Ii]ch hei(?:ß|ss)e|[Nn]ame ist)\s+(\p{L}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)*)/gu,
  /\b(?:[Jj]uf|[Jj]uffrouw|[Mm]eester|[Mm]eneer|[Mm]evrouw|[Mm]adame|[Mm]onsieur|[Mm]ister|[Mm]iss|[Mm]rs?\.?|[Ff]rau|[Hh]err)\s+\p{Lu}[\p{L}'’-]+/gu,
];

/* The parts of a text that may tell who somebody is, each once. */
export function personal(text) {
  return [...new Set(PERSONAL.flatMap((pattern) => [...text.matchAll(pattern)].map(([all, part]) => part ?? all)))];
}

/* Sentences in bare small letters, as dialogue/answering/rules.py makes them. */
function sentences(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(/\p{M}|[’'`´ʼ]/gu, "").replace(/[ßœıłةى]/g, (letter) => ALIKE[letter]);
  return plain.replace(DRAWN_OUT, "$1$1").split(/[.!?;؟؛\n]+/).map((sentence) => sentence.replace(/[^\p{L}\p{N}]+/gu, " ").trim());
}

/* The rules that the server wrote for phones (dialogue/answering/help_words.py), as a question about a text. */
export function helpRules({ everyday, parts, rules }) {
  const usual = new RegExp(everyday, "g");
  const patterns = parts.map((part) => new RegExp(part));
  const holds = (sentence) => {
    const found = patterns.map((pattern) => pattern.test(sentence));
    return rules.some((rule) => rule.every((part) => found[part]));
  };
  return (text) => sentences(text).some((sentence) => holds(sentence) && holds(sentence.replace(usual, " ")));
}

/* Look at a box of own words whenever typing pauses, and speak in `notes`, which come under the box. */
export function watch(box, rules, notes) {
  const [names, help] = notes.children;
  const asksForHelp = helpRules(rules);
  const look = () => {
    const told = personal(box.value).map((words) => Object.assign(document.createElement("mark"), { textContent: words }));
    names.lastElementChild.replaceChildren(...told.flatMap((mark, place) => (place ? [" · ", mark] : [mark])));
    names.hidden = told.length === 0;
    help.hidden &&= !asksForHelp(box.value); // once shown, it stays
  };
  box.parentElement.append(names, help);
  let timer = 0;
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); });
  look();
}
