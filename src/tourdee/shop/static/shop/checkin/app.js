// Check-in at the meeting point, with or without a network. Every scan is put on the phone first and sent afterwards.

import { watch } from "./camera.js";
import { arrived, lines, missing, people, readTicket, verdict } from "./decide.js";
import { say, wake } from "./sounds.js";
import { dequeue, enqueue, forgetDay, keepDay, queued, storedDay } from "./store.js";
import { fetchDay, send } from "./sync.js";
import * as view from "./view.js";

const page = view.find("check-in").dataset;
const EVERY = 20_000; // milliseconds between two tries to send
const SAME_CODE = 4_000; // a code that stays before the camera is one scan

let day = null; // the guests, as the server last told them
let queue = []; // what the server has not answered yet
let state = "no_network";
let sending = false;
let stopCamera = null;
let lastRead = { text: "", at: 0 };
const counted = new Map(); // code → the last scan made on this phone, to take it back

const current = () => day?.departures.find((one) => one.id === location.hash.slice(1));

function render() {
  const here = current();
  view.signal(state, queue.length);
  view.show("other-person", queue.some((one) => day && one.person !== day.person));
  view.show("nothing", !day);
  view.show("none", Boolean(day) && !day.departures.length);
  view.screen(here ? "departure" : "list");
  if (day) view.departures(day, queue);
  if (!here) return;
  view.departure(here, queue, { choose, undo, lastScan: (code) => counted.get(`${here.id} ${code}`) });
  view.troubles((day.troubles || []).filter((one) => one.departure === here.id), seen);
}

// ---------------------------------------------------------------- scanning
function take(text) {
  const here = current();
  if (!here || !text.trim()) return;
  const answer = verdict(day, queue, here, text);
  if (answer.kind === "ok") return choose(answer.booking);
  if (answer.kind === "unlisted") return count({ code: readTicket(text).code, text, came: {}, everybody: true }, "unlisted");
  const other = answer.departure;
  return answered(answer.kind, { ...answer, elsewhere: other ? `${other.tour}, ${other.day} ${other.time}` : "" });
}

function answered(kind, more) {
  view.show("party", false);
  view.verdict(kind, more);
  say(kind === "ok");
}

// One guest is counted at once; of a party one says how many came.
function choose(booking) {
  wake();
  const now = lines(booking, current(), queue);
  const scan = { code: booking.code, text: `${booking.code}-${booking.seal}` };
  if (people(now) - arrived(now) === 1) return count({ ...scan, came: missing(now), everybody: true }, "ok", booking);
  return view.party(booking, now, (came) => {
    const number = Object.values(came).reduce((sum, some) => sum + some, 0);
    count({ ...scan, came, everybody: number === people(now) - arrived(now) }, "ok", booking);
  });
}

async function count(scan, kind, booking) {
  const here = current();
  const whole = { ...scan, id: crypto.randomUUID(), person: day.person, departure: here.id, at: new Date().toISOString() };
  await enqueue(whole);
  queue = await queued();
  if (kind === "ok") counted.set(`${here.id} ${scan.code}`, whole);
  answered(kind, { booking });
  render();
  sync();
}

// Not sent yet: forget it. Sent: the server is told to take it back.
async function undo(scan) {
  const { id, person, departure, code } = scan;
  counted.delete(`${departure} ${code}`);
  if (!sending && queue.some((one) => one.id === id)) await dequeue([id]);
  else await enqueue({ id: crypto.randomUUID(), undo: id, person, departure, code, came: opposite(scan), at: new Date().toISOString() });
  queue = await queued();
  view.show("verdict", false);
  render();
  sync();
}

const opposite = (scan) => Object.fromEntries(Object.entries(scan.came).map(([category, number]) => [category, -number]));

async function seen(trouble) {
  day.troubles = day.troubles.filter((one) => one.id !== trouble.id);
  await keepDay(day);
  render();
}

// ---------------------------------------------------------------- the server
async function sync() {
  if (sending) return;
  sending = true;
  try {
    queue = await queued();
    if (day && queue.some((one) => one.person === day.person)) await sendQueue();
    if (state !== "signed_out" && !queue.some((one) => day && one.person === day.person)) await loadDay();
  } finally {
    sending = false;
    render();
  }
}

async function sendQueue() {
  const answer = await send(page.scans, day.person, queue);
  state = answer.state;
  if (answer.status === 403) await loadDay(); // the form token went with a cookie: this brings a new one, or the word to sign in
  if (answer.state !== "ok") return;
  const told = new Map(answer.answers.map((one) => [one.id, one]));
  for (const scan of answer.sent) settle(scan, told.get(scan.undo || scan.id));
  await keepDay(day);
  await dequeue(answer.sent.filter((one) => told.has(one.undo || one.id)).map((one) => one.id));
  queue = await queued();
}

// What the server counted now belongs to the guests; what it did not is shown until somebody has seen it.
function settle(scan, answer) {
  if (!answer) return;
  const departure = day.departures.find((one) => one.id === scan.departure);
  const booking = departure?.bookings.find((one) => one.code === scan.code);
  if (answer.result === "ok" || answer.result === "undone") {
    if (booking && (answer.result === "ok" || scan.undo)) for (const line of booking.lines) line.arrived += scan.came[line.category] || 0;
    return;
  }
  counted.delete(`${scan.departure} ${scan.code}`);
  day.troubles = [...(day.troubles || []), { ...answer, departure: scan.departure, code: answer.code || scan.code }];
  if (departure === current()) answered(answer.result, { booking: { name: answer.name || scan.code }, ...answer });
}

async function loadDay() {
  const answer = await fetchDay(page.day);
  state = answer.state;
  if (state !== "ok") return;
  const sameOne = day?.person === answer.data.person;
  if (!sameOne) counted.clear();
  const told = new Set(answer.data.departures.map((one) => one.id));
  const troubles = sameOne ? (day.troubles || []).filter((one) => told.has(one.departure)) : [];
  day = { ...answer.data, troubles };
  await keepDay(day);
}

// ---------------------------------------------------------------- the camera
function read(text) {
  const again = text === lastRead.text && Date.now() - lastRead.at < SAME_CODE;
  lastRead = { text, at: Date.now() };
  if (!again && view.find("party").hidden) take(text);
}

async function startCamera() {
  wake();
  view.show("finder", true);
  view.show("camera", false);
  try {
    stopCamera = await watch(document.querySelector("video"), read);
  } catch {
    closeCamera();
    view.show("camera", false);
    view.show("no-camera", true);
    document.getElementById("code").focus();
  }
}

function closeCamera() {
  stopCamera?.();
  stopCamera = null;
  lastRead = { text: "", at: 0 };
  view.show("finder", false);
  view.show("camera", true);
}

// ---------------------------------------------------------------- the page
function typed(event) {
  event.preventDefault();
  wake();
  const input = event.target.elements.code;
  take(input.value);
  input.select();
}

function goTo() {
  if (stopCamera) closeCamera();
  for (const panel of ["verdict", "party"]) view.show(panel, false);
  render();
  if (current()) view.find("tour").focus();
}

// A ticket that was opened by the phone's own camera: /my/check-in/?ticket=…
function ticketOfAddress() {
  const text = new URLSearchParams(location.search).get("ticket");
  const ticket = text && readTicket(text);
  if (!ticket || !day) return;
  const home = day.departures.find((one) => one.bookings.some((booking) => booking.code === ticket.code)) || day.departures[0];
  history.replaceState(null, "", `${location.pathname}#${home ? home.id : ""}`);
  goTo();
  take(text);
}

function offerInstall(event) {
  event.preventDefault();
  view.show("install", true);
  view.find("install").addEventListener("click", () => event.prompt(), { once: true });
}

function listen() {
  addEventListener("hashchange", goTo);
  addEventListener("online", sync);
  addEventListener("offline", () => { state = "no_network"; render(); });
  addEventListener("beforeinstallprompt", offerInstall);
  document.addEventListener("visibilitychange", () => { if (document.hidden) { if (stopCamera) closeCamera(); } else start(); });
  view.find("typed").addEventListener("submit", typed);
  view.find("camera").addEventListener("click", startCamera);
  view.find("camera-stop").addEventListener("click", closeCamera);
  view.find("party-cancel").addEventListener("click", () => view.show("party", false));
  setInterval(sync, EVERY);
}

async function start() {
  day = await storedDay();
  queue = await queued();
  if (!day) forgetDay();
  render();
  await sync();
}

navigator.serviceWorker?.register(page.worker, { scope: page.page });
navigator.storage?.persist?.();
listen();
start().then(ticketOfAddress);
