// Passkeys: asks our server for a challenge, the browser for an answer to it, and sends that with the form.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const readable = (credentials = []) => credentials.map((one) => ({ ...one, id: toBytes(one.id) }));

/** What the server asks, with bytes where the browser wants bytes. */
function asked(options) {
  const wanted = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) wanted.user = { ...options.user, id: toBytes(options.user.id) };
  wanted.excludeCredentials = readable(options.excludeCredentials);
  wanted.allowCredentials = readable(options.allowCredentials);
  return wanted;
}

/** What the browser answers, as text. */
function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

async function use(form) {
  const token = form.elements.csrf_token.value;
  const begun = await fetch(form.dataset.begin, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!begun.ok) throw new Error("no challenge");
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: asked(await begun.json()) });
  form.elements.credential.value = answered(credential);
  form.submit();
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const button = form.querySelector("[data-go]");
  form.hidden = button.disabled = false;
  form.querySelector("[data-not-here]")?.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = form.querySelector("[data-trouble]");
    trouble.hidden = button.disabled = true;
    await use(form).catch(() => (trouble.hidden = button.disabled = false));
  });
}
