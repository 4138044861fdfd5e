/* Plan codes are searched by code and by name; the text field keeps what is sent, and does all without this. */
const field = document.querySelector("[data-plan-codes]");
if (field) search(field);

function search(field) {
  const options = [...field.list.options].map(({ value, text }) => ({ code: value, name: text }));
  const known = new Map(options.map((option) => [option.code.toLowerCase(), option]));
  const box = make("input", { type: "text", autocomplete: "off", id: field.id });
  const hint = document.getElementById(`${field.id}-hint`);
  if (hint) hint.textContent = field.dataset.planCodes;
  const found = make("ul", { className: "found", id: `${field.id}-found`, hidden: true });
  const chosen = make("ul", { className: "picked" });
  let at = -1;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", found.id);
  if (field.hasAttribute("aria-describedby")) box.setAttribute("aria-describedby", field.getAttribute("aria-describedby"));
  found.setAttribute("role", "listbox");
  found.setAttribute("aria-label", field.dataset.planCodes);
  field.removeAttribute("list");
  field.hidden = true;
  field.id = `${box.id}-sent`; // the label, and a link to what is wrong, lead to the search now
  field.after(chosen, box, found);
  show();
  close();

  box.addEventListener("input", suggest);
  box.addEventListener("focus", suggest);
  box.addEventListener("blur", () => { take(); close(); });
  box.addEventListener("keydown", (event) => {
    const rows = found.querySelectorAll("[data-code]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? at + 1 : Math.max(at, 0) - 1 + rows.length;
      if (rows.length) mark(rows, next % rows.length);
    } else if (event.key === "Enter" && !found.hidden) {
      event.preventDefault();
      if (rows.length && (at >= 0 || box.value.trim())) add(rows[Math.max(at, 0)].dataset.code);
    } else if (event.key === "Escape") close();
    else if (event.key === "Backspace" && !box.value) keep(codes().slice(0, -1));
  });

  /* What is no code goes along as well: the server says what is wrong with it. */
  field.form.addEventListener("submit", () => {
    if (box.value.trim()) field.value = [...codes(), box.value.trim()].join(", ");
  });

  function codes() {
    return field.value.split(/[,;]/).map((code) => code.trim()).filter(Boolean);
  }

  function keep(list) {
    field.value = [...new Set(list)].join(", ");
    show();
  }

  function add(code) {
    box.value = "";
    keep([...codes(), code]);
    close();
  }

  /* A code that was typed in full counts without choosing it. */
  function take() {
    const typed = known.get(box.value.trim().toLowerCase());
    if (typed) add(typed.code);
  }

  function show() {
    chosen.replaceChildren(...codes().map((code) => {
      const row = make("li", {}), button = make("button", { type: "button", className: "chip", textContent: `${code} ×` });
      const name = known.get(code.toLowerCase())?.name;
      button.setAttribute("aria-label", field.dataset.remove.replace("{code}", code));
      button.addEventListener("click", () => { keep(codes().filter((other) => other !== code)); box.focus(); });
      row.append(button, name ? ` ${name}` : "");
      return row;
    }));
  }

  function suggest() {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean), present = codes();
    const hits = options.filter(({ code, name }) => !present.includes(code) && words.every((word) => `${code} ${name}`.toLowerCase().includes(word)));
    const rows = hits.slice(0, 8).map((option, index) => {
      const row = make("li", { id: `${found.id}-${index}` }), code = make("strong", { textContent: option.code });
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.dataset.code = option.code;
      row.append(code, ` ${option.name}`);
      row.addEventListener("pointerdown", (event) => { event.preventDefault(); add(option.code); });
      return row;
    });
    if (!rows.length) {
      const none = make("li", { textContent: field.dataset.nothing });
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      rows.push(none);
    }
    at = -1;
    found.replaceChildren(...rows);
    found.hidden = false;
    box.setAttribute("aria-expanded", "true");
    box.removeAttribute("aria-activedescendant");
  }

  function mark(rows, place) {
    at = place;
    rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === place)));
    rows[place].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", rows[place].id);
  }

  function close() {
    found.hidden = true;
    box.setAttribute("aria-expanded", "false");
  }
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
