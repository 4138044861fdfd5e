// While somebody types, fetch how a child would see it and what we advise; nothing is stored.

const WAIT = 250; // milliseconds after the last key

for (const form of document.querySelectorAll("form[data-preview]")) {
  let timer;
  let asking = new AbortController();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      asking.abort();
      asking = new AbortController();
      refresh(form, asking.signal);
    }, WAIT);
  });
}

async function refresh(form, signal) {
  try {
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.dataset.preview, { method: "POST", body, signal });
    if (response.ok) show(await response.text());
  } catch {
    // Offline, or typing went on: the next key asks again, and saving shows it too.
  }
}

function show(html) {
  const parts = new DOMParser().parseFromString(html, "text/html");
  for (const part of parts.querySelectorAll("[data-part]")) {
    document.querySelector(`main [data-part="${part.dataset.part}"]`)?.replaceChildren(...part.childNodes);
  }
}
