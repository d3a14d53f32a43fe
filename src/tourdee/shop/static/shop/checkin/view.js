// Puts what is known on the page. Text goes in as text, never as markup: names are typed by strangers.

import { arrived, lines, people } from "./decide.js";

const words = document.getElementById("words").dataset;
const results = JSON.parse(document.getElementById("results").textContent);
export const find = (name, within = document) => within.querySelector(`[data-${name}]`);
const part = (row, name) => row.querySelector(`[data-is="${name}"]`);
const fresh = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const outOf = (some) => `${arrived(some)} ${words.of} ${people(some)}`;

export function show(name, wanted) { find(name).hidden = !wanted; }

export function screen(name) {
  for (const one of document.querySelectorAll("[data-screen]")) one.hidden = one.dataset.screen !== name;
}

// ---------------------------------------------------------------- the network and what waits
export function signal(state, waiting) {
  const line = find("signal");
  const off = state !== "ok";
  const said = { ok: words.online, no_network: words.offline, trouble: words.trouble }[state] || words.offline;
  line.textContent = waiting ? `${off ? said : ""} (${waiting} ${words.waiting})`.trim() : said;
  line.classList.toggle("off", off || waiting > 0);
  show("signed-out", state === "signed_out");
}

// ---------------------------------------------------------------- departures
const everyone = (departure, queue) => departure.bookings.flatMap((booking) => lines(booking, departure, queue));

export function departures(day, queue) {
  find("departures").replaceChildren(...day.departures.map((departure) => {
    const row = fresh("departure-row");
    row.querySelector("a").href = `#${departure.id}`;
    part(row, "tour").textContent = departure.tour;
    part(row, "when").textContent = `${departure.day} ${departure.time}`;
    part(row, "count").textContent = departure.bookings.length ? outOf(everyone(departure, queue)) : "0";
    return row;
  }));
}

export function departure(one, queue, acts) {
  find("tour").textContent = one.tour;
  find("when").textContent = `${one.day} ${one.time}`;
  find("count").textContent = outOf(everyone(one, queue));
  find("manifest").href = one.page;
  find("guests").replaceChildren(...one.bookings.map((booking) => guest(booking, one, queue, acts)));
}

function guest(booking, departure, queue, acts) {
  const [row, now] = [fresh("guest-row"), lines(booking, departure, queue)];
  const left = people(now) - arrived(now);
  part(row, "name").textContent = booking.name;
  part(row, "code").textContent = booking.code;
  part(row, "party").textContent = now.map((line) => `${line.name} × ${line.booked}`).join(", ");
  part(row, "more").hidden = !booking.options?.length;
  part(row, "options").textContent = (booking.options ?? []).join(" · ");
  part(row, "note").textContent = [booking.note, ...(booking.answers ?? [])].filter(Boolean).map((said) => ` · ${said}`).join("");
  tag(part(row, "tag"), booking, now, left);
  part(row, "rest").hidden = !booking.rest;
  part(row, "rest").textContent = `${words.toPay} ${booking.rest}`;
  part(row, "phone").href = `tel:${booking.phone}`;
  part(row, "phone").hidden = !booking.phone;
  const [go, undo] = [part(row, "go"), part(row, "undo")];
  go.hidden = !booking.paid || !left;
  go.addEventListener("click", () => acts.choose(booking));
  go.setAttribute("aria-label", `${go.textContent.trim()} ${booking.name}`);
  const last = acts.lastScan(booking.code);
  undo.hidden = !last;
  undo.addEventListener("click", () => acts.undo(last));
  return row;
}

function tag(place, booking, now, left) {
  place.hidden = booking.paid && !arrived(now);
  place.textContent = booking.paid ? (left ? outOf(now) : words.here) : words.unpaid;
  place.className = `tag ${booking.paid && !left ? "tag-ok" : "tag-warn"}`;
}

// ---------------------------------------------------------------- how many of them came
export function party(booking, now, go) {
  const form = find("party");
  const open = now.filter((line) => line.booked > line.arrived);
  find("party-name").textContent = `${booking.name} ${booking.code}`;
  find("party-lines").replaceChildren(...open.map((line, place) => {
    const row = fresh("party-line");
    const [label, input] = [row.querySelector("label"), row.querySelector("input")];
    input.id = label.htmlFor = `party-${place}`;
    label.textContent = line.name;
    input.name = line.category;
    input.max = input.value = line.booked - line.arrived;
    return row;
  }));
  const inputs = [...form.querySelectorAll("input")];
  const name = () => {
    const number = inputs.reduce((sum, input) => sum + Number(input.value), 0);
    const whole = number === people(open) - arrived(open);
    find("party-go").textContent = `${whole ? words.everybody : words.some} (${number})`;
    find("party-go").disabled = !number;
  };
  form.onchange = form.oninput = name;
  form.onsubmit = (event) => { event.preventDefault(); go(Object.fromEntries(inputs.map((one) => [one.name, Number(one.value)]))); };
  name();
  show("party", true);
  find("party-go").focus();
}

// ---------------------------------------------------------------- what the answer is
const LOOKS = { ok: "good", unlisted: "ask" };

export function verdict(kind, { booking, elsewhere = "", message = "" } = {}) {
  const panel = find("verdict");
  const name = document.createElement("b");
  name.textContent = booking ? booking.name : "";
  const said = message || results[kind] || words[kind];
  panel.replaceChildren(name, ` ${said}${elsewhere ? ` ${words.belongs} ${elsewhere}` : ""}`);
  panel.className = `verdict ${LOOKS[kind] || "bad"}`;
  panel.hidden = false;
  panel.scrollIntoView({ block: "center" });
}

export function troubles(list, seen) {
  show("troubles", list.length > 0);
  find("trouble-list").replaceChildren(...list.map((one) => {
    const row = fresh("trouble-row");
    part(row, "who").textContent = `${one.name || ""} ${one.code || ""}`.trim();
    part(row, "what").textContent = `${one.message}${one.elsewhere ? ` ${words.belongs} ${one.elsewhere}` : ""}`;
    part(row, "seen").addEventListener("click", () => seen(one));
    return row;
  }));
}
