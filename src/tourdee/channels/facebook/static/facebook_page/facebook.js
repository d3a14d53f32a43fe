// Everything here is a kindness: the pages work without it.

// How long the text is, and how it looks in the phone beside it.
for (const counter of document.querySelectorAll("[data-fb-counter]")) {
  const field = document.getElementById(counter.dataset.fbCounter);
  const preview = document.querySelector("[data-fb-body]");
  const show = () => {
    counter.textContent = `${[...field.value].length} ${counter.dataset.fbWords}`;
    if (preview) preview.textContent = `${field.value.trim()}\n`;
  };
  field.addEventListener("input", show);
  show();
}

// The phone's own share sheet takes text and pictures along, where it has one.
async function share(button) {
  const addresses = button.dataset.fbPictures.trim().split(/\s+/).filter(Boolean);
  const files = await Promise.all(addresses.map(async (address, place) =>
    new File([await (await fetch(address)).blob()], `tourdee-${place + 1}.jpg`, { type: "image/jpeg" })));
  const whole = { text: button.dataset.fbShare, files };
  await navigator.share(files.length && navigator.canShare?.(whole) ? whole : { text: whole.text }).catch(() => {});
}

for (const button of document.querySelectorAll("[data-fb-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => share(button));
}
