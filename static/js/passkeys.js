// Passkeys: a form that is hidden without a script asks this device, and sends its answer on as any other form.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function asked(options) {
  const asks = { ...options, challenge: bytes(options.challenge) };
  if (options.user) {
    asks.user = { ...options.user, id: bytes(options.user.id) };
    asks.excludeCredentials = ids(options.excludeCredentials);
  } else asks.allowCredentials = ids(options.allowCredentials);
  return asks;
}

function answered(credential) {
  const own = credential.response, response = { clientDataJSON: text(own.clientDataJSON) };
  if (own.attestationObject) {
    response.attestationObject = text(own.attestationObject);
    response.transports = own.getTransports?.() ?? [];
  } else {
    response.authenticatorData = text(own.authenticatorData);
    response.signature = text(own.signature);
    if (own.userHandle) response.userHandle = text(own.userHandle);
  }
  const { id, type, authenticatorAttachment } = credential;
  return { id, rawId: text(credential.rawId), type, authenticatorAttachment, response, clientExtensionResults: credential.getClientExtensionResults() };
}

async function ask(form) {
  const data = new FormData(form);
  const answer = await fetch(form.dataset.question, { method: "POST", body: data });
  if (!answer.ok) throw new Error(`the question was refused: ${answer.status}`);
  const { id, options } = await answer.json(), publicKey = asked(options);
  const credential = await (options.user ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
  form.elements.question.value = id;
  form.elements.answer.value = JSON.stringify(answered(credential));
  form.submit();
}

for (const form of document.querySelectorAll("[data-question]")) {
  form.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const note = form.querySelector("[role=status]");
    note.textContent = "";
    ask(form).catch(() => (note.textContent = form.dataset.failed));
  });
}
