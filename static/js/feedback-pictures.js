/* Looking for a picture by its name: the others step aside; the chosen one stays. */
const field = document.querySelector("[data-filter]");

if (field) {
  const words = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  field.hidden = false;
  field.addEventListener("input", ({ target }) => {
    const wanted = words(target.value.trim());
    for (const pick of document.querySelectorAll(".pick")) {
      pick.hidden = !words(pick.textContent).includes(wanted) && !pick.querySelector(":checked");
    }
  });
}
