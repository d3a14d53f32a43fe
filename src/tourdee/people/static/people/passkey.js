// Passkeys need a script; everything else on these pages works without. allauth's scripts talk to the authenticator.

const supported = Boolean(window.PublicKeyCredential);
for (const place of document.querySelectorAll("[data-passkey]")) place.hidden = !supported;
for (const place of document.querySelectorAll("[data-no-passkey]")) place.hidden = supported;

// The person cancelled, or the device has no such key: say so where they look, instead of in the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const place of document.querySelectorAll("[data-passkey-error]")) place.hidden = false;
});
