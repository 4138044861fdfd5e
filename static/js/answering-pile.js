// Typing over paper by number keys: a full answer or Enter goes on to the next question. Without it all forms work.
const form = document.querySelector("[data-sheet]");
const fields = [...form.querySelectorAll("input:not([type=hidden]), textarea")];
const SIGNS = ["?", "/", "-"];
const ONE_DIGIT = 9;

const options = (field) => [...field.closest(".ask").querySelectorAll("[data-option]")];

function goOn(field) {
  const next = fields[fields.indexOf(field) + 1];
  if (next) {
    next.focus();
    next.select();
  } else form.querySelector("button[type=submit]").focus();
}

function numbers(field) {
  const apart = field.value.trim().split(/[\s,]+/);
  const typed = apart.length > 1 || options(field).length > ONE_DIGIT ? apart : [...field.value.trim()];
  return typed.map(Number);
}

function show(field) {
  const chosen = numbers(field);
  options(field).forEach((option, at) => option.classList.toggle("chosen", chosen.includes(at + 1)));
}

// Whether no other key can belong to this answer.
function isWhole({ value, dataset }, count) {
  if (SIGNS.includes(value)) return true;
  if (dataset.kind === "grade") return value === "10" || /^[02-9]$/.test(value);
  return dataset.kind === "one_choice" && count <= ONE_DIGIT && /^[1-9]$/.test(value) && Number(value) <= count;
}

for (const field of fields) {
  if (field.matches("input")) {
    show(field);
    field.addEventListener("input", (event) => {
      show(field);
      if (event.inputType?.startsWith("insert") && isWhole(field, options(field).length)) goOn(field);
    });
  }
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    goOn(field);
  });
}
(form.querySelector("[aria-invalid]") ?? fields[0])?.focus();
