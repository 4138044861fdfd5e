/* Help with the four words: words of the list that look like what is typed, and a photo of the receipt, read on this phone. */
const form = () => document.querySelector("[data-receipt]");
const MOST = 5;
const SHORTEST = 2;
const LARGEST = 1400; // pixels of a photo that is read
const bare = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");

let list = null;
function words() {
  list ??= Promise.all(form().dataset.lists.split(" ").map(async (address) => (await fetch(address, { credentials: "omit" })).json()))
    .then((lists) => [...new Set(lists.flat())])
    .catch(() => { list = null; return []; });
  return list;
}

/* Whether one letter more, less or other, or two that changed places, make one word the other. */
function nearly(one, other) {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const [rest, left] = [one.slice(same), other.slice(same)];
  return rest.slice(1) === left || rest === left.slice(1) || rest.slice(1) === left.slice(1)
    || (rest.slice(2) === left.slice(2) && rest[0] === left[1] && rest[1] === left[0]);
}

/* Words of the list for what is typed: those that begin so; for a word that is in no list those that nearly are it. */
export function suggestions(typed, all) {
  if (typed.length < SHORTEST || all.includes(typed)) return [];
  const begun = all.filter((word) => word.startsWith(typed));
  return (begun.length ? begun : all.filter((word) => nearly(typed, word))).slice(0, MOST);
}

const typedIn = (field) => field.value.slice(0, field.selectionStart).match(/[\p{L}\p{M}]+$/u)?.[0] ?? "";

async function suggest(field) {
  const found = suggestions(bare(typedIn(field)), await words());
  const group = form().querySelector("[data-suggestions]");
  group.hidden = !found.length;
  group.replaceChildren(...found.map((word) => Object.assign(document.createElement("button"), { type: "button", className: "btn outline small", textContent: word })));
}

function take(word) {
  const { words: field } = form().elements;
  const end = field.selectionStart;
  const begin = end - typedIn(field).length;
  field.setRangeText(`${word} `, begin, end, "end");
  field.focus();
  suggest(field);
}

/* The words in a photo of the receipt; "" when none are seen. */
async function read(file, decoder) {
  const { decodeQR } = await import(decoder);
  const photo = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST / Math.max(photo.width, photo.height));
  const canvas = Object.assign(document.createElement("canvas"), { width: photo.width * scale, height: photo.height * scale });
  const pen = canvas.getContext("2d");
  pen.drawImage(photo, 0, 0, canvas.width, canvas.height);
  const found = decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height));
  return decodeURIComponent(found.split("#")[1] ?? "").replaceAll("-", " ");
}

async function photo(input) {
  const status = form().querySelector("[data-working]");
  status.textContent = status.dataset.working;
  const found = await read(input.files[0], input.dataset.decoder).catch(() => "");
  input.value = "";
  status.textContent = found ? "" : input.dataset.nothing;
  if (!found) return;
  form().elements.words.value = found;
  form().requestSubmit();
}

document.addEventListener("input", ({ target }) => target.name === "words" && target.form === form() && suggest(target));
document.addEventListener("click", ({ target }) => target.closest("[data-suggestions] button") && take(target.textContent));
document.addEventListener("change", ({ target }) => target.matches("[data-photo] input") && target.files.length && photo(target));
