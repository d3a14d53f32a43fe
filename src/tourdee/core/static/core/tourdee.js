// Everything here makes a page quicker or kinder; every form works without it.

const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(name + "="))?.split("=")[1];

// How many things lie in the basket (pages are kept for everybody, so the number is filled in here).
function showBasketCount() {
  const count = Number(cookie("basket_count") || 0);
  for (const badge of document.querySelectorAll("[data-basket-count]")) {
    badge.textContent = count;
    badge.hidden = !count;
  }
}

// Guests' names that the check-in page put on this phone are forgotten when their day is over, whatever page opens next.
function forgetGuests() {
  const until = localStorage.getItem("guests-until");
  if (!until || until > new Date().toISOString()) return;
  indexedDB.deleteDatabase("tourdee-guests");
  localStorage.removeItem("guests-until");
}

// data-unsent="question": asked before a form is sent while check-ins wait on this phone (signing out clears it).
function askIfUnsent(event) {
  const question = event.target.dataset.unsent;
  if (question && Number(localStorage.getItem("unsent")) && !window.confirm(question)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

// A form is sent once: the second click of a double click does nothing.
function sendOnce(event) {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method !== "post") return;
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 8000);
}

// data-copy="text": copies it and says so.
async function copyText(event) {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.dataset.label ??= button.innerHTML;
  button.textContent = button.dataset.copied || "✓";
  setTimeout(() => { button.innerHTML = button.dataset.label; }, 1800);
}

// data-confirm="question": asked before a form is sent.
function askFirst(event) {
  const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
  if (question && !window.confirm(question)) { event.preventDefault(); event.stopImmediatePropagation(); }
}

// data-tick-all="name": ticks every box of this name in its form, or none once all are ticked.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick-all]");
  if (!button) return;
  const boxes = [...button.form.elements].filter((one) => one.type === "checkbox" && one.name === button.dataset.tickAll);
  const all = boxes.every((one) => one.checked);
  for (const box of boxes) box.checked = !all;
});

// data-step="1" / "-1" beside a number input.
function stepQuantity(event) {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const input = button.parentElement.querySelector("input");
  const next = Number(input.value || 0) + Number(button.dataset.step);
  input.value = Math.min(Number(input.max || 999), Math.max(Number(input.min || 0), next));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// data-submit-at="5": once so many digits stand in it, its form is sent as if by the button named in data-submit-with.
function sendWhenFull(event) {
  const input = event.target;
  const full = input.dataset.submitAt && input.value.replace(/\s/g, "");
  if (!full || !new RegExp(`^[0-9๐-๙]{${input.dataset.submitAt}}$`).test(full) || full === input.defaultValue) return;
  input.form.requestSubmit(input.form.querySelector(`button[name=${input.dataset.submitWith}]`)); // the first of that name
}

// data-live: a form whose sums follow what is changed in it. It is sent as if by its button "stay", and the answer takes the
// page's place; who is on a button stays on it.
function followChange(event) {
  const form = event.target.closest("form[data-live]");
  if (!form || !event.target.matches("select, [type=radio], [name=quantity]")) return;
  clearTimeout(form.waiting);
  form.waiting = setTimeout(() => showAnew(form), 500);
}

async function showAnew(form) {
  const [body, turn] = [new FormData(form), form.waiting];
  body.append("stay", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    if (!answer.ok || !main || form.waiting !== turn || form.dataset.sent) return; // something was changed or sent meanwhile
    const where = document.activeElement;
    const input = where.closest(".qty")?.querySelector("input") || where;
    document.querySelector("main").replaceChildren(...main.childNodes);
    history.replaceState(null, "", answer.url);
    showBasketCount();
    const again = input.id && document.getElementById(input.id);
    (again && where.dataset.step ? again.parentElement.querySelector(`[data-step="${where.dataset.step}"]`) : again)?.focus();
  } catch { /* no network: the button is still there */ }
}

// What was not understood is brought into sight: on a telephone it may stand below the first screen.
function showMistake() {
  const field = document.querySelector("main [aria-invalid=true]");
  if (field) field.focus();
  else document.querySelector("main .error, main .notice-error")?.scrollIntoView({ block: "nearest" });
}

// data-refresh="seconds" data-refresh-url: replaces the element's content (the wall's code and live count); with
// data-refresh-now at once too. A page that nobody looks at asks for nothing.
function keepFresh(element) {
  let shown = "";
  const load = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(element.dataset.refreshUrl, { headers: { "X-Requested-With": "fetch" } });
      const text = await answer.text();
      if (answer.ok && text !== shown) element.innerHTML = shown = text; // what is the same is not read aloud again
    } catch { /* no network: the next turn tries again */ }
  };
  setInterval(load, Number(element.dataset.refresh) * 1000);
  if ("refreshNow" in element.dataset) load();
}

// Shows the pictures a person has chosen before they are sent.
function previewPictures(event) {
  const input = event.target;
  if (input.type !== "file" || !input.dataset.preview) return;
  const place = document.getElementById(input.dataset.preview);
  place.replaceChildren(...[...input.files].map((file) => {
    const image = new Image();
    image.className = "pic-thumb";
    image.alt = file.name;
    image.src = URL.createObjectURL(file);
    return image;
  }));
}

// data-until="moment": the time that is left, counted down; when it is over, the page is asked for anew.
function countDown(element) {
  const end = Date.parse(element.dataset.until);
  if (end <= Date.now()) return; // a clock that is ahead must not ask for the page again and again
  const show = () => {
    const seconds = Math.max(0, Math.round((end - Date.now()) / 1000));
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].slice(seconds < 3600 ? 1 : 0);
    element.textContent = `${element.dataset.left} ${parts.map((part, at) => at ? String(part).padStart(2, "0") : part).join(":")}`;
    if (!seconds) { clearInterval(timer); setTimeout(() => location.reload(), 2000); }
  };
  const timer = setInterval(show, 1000);
  show();
}

// A row of tabs that is wider than a telephone begins at the tab one is on.
function showTab(tab) {
  tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 24;
}

document.addEventListener("submit", askFirst, true);
document.addEventListener("submit", askIfUnsent, true);
document.addEventListener("submit", sendOnce);
document.addEventListener("click", copyText);
document.addEventListener("click", stepQuantity);
document.addEventListener("input", sendWhenFull);
document.addEventListener("change", previewPictures);
document.addEventListener("change", followChange);
window.addEventListener("load", showMistake); // after the browser has gone to the address's #place
window.addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
document.querySelectorAll("[data-refresh]").forEach(keepFresh);
document.querySelectorAll("[data-until]").forEach(countDown);
document.querySelectorAll(".tabs [aria-current]").forEach(showTab);
showBasketCount();
forgetGuests();
