// The heart of a page writes the wish list's cookie by itself; the cookie is read anew each time, so two tabs agree.

const MOST = 60;
const YEAR = 365 * 24 * 60 * 60;

const wishes = () => (document.cookie.split("; ").find((pair) => pair.startsWith("wishlist="))?.split("=")[1] || "")
  .split("~").filter(Boolean);

function write(list) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `wishlist=${list.slice(0, MOST).join("~")}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}

function show(heart) {
  const kept = wishes().includes(heart.dataset.wish);
  const label = heart.querySelector("span");
  heart.dataset.label ??= label.textContent;
  label.textContent = kept ? heart.dataset.kept : heart.dataset.label;
  heart.setAttribute("aria-pressed", kept);
  heart.classList.toggle("kept", kept);
}

function toggle(event) {
  event.preventDefault();
  const { wish } = event.currentTarget.dataset;
  const rest = wishes().filter((one) => one !== wish);
  write(wishes().includes(wish) ? rest : [wish, ...rest]);
  show(event.currentTarget);
}

const hearts = [...document.querySelectorAll("[data-wish]")];
for (const heart of hearts) {
  heart.setAttribute("role", "button");
  heart.addEventListener("click", toggle);
  heart.addEventListener("keydown", (event) => { if (event.key === " ") toggle(event); });
}
const showAll = () => hearts.forEach(show);
document.addEventListener("visibilitychange", showAll);
window.addEventListener("pageshow", showAll);
showAll();
