// What lies on the phone. Two databases: the guests, who are forgotten at the end of the day or with another person; and
// the queue of scans (codes and times, no names), which stays until the server has it.

const GUESTS = "tourdee-guests"; // core/tourdee.js forgets it too, on whatever page the phone opens next
const QUEUE = "tourdee-scans";

const done = (request) => new Promise((fulfil, refuse) => {
  request.onsuccess = () => fulfil(request.result);
  request.onerror = () => refuse(request.error);
});

async function open(name, store) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "id" });
  const database = await done(request);
  database.onversionchange = () => database.close(); // lets a sign-out delete it
  return database;
}

async function within(name, mode, act) {
  const database = await open(name, "rows");
  try {
    return await done(act(database.transaction("rows", mode).objectStore("rows")));
  } finally {
    database.close();
  }
}

const put = (name, row) => within(name, "readwrite", (rows) => rows.put(row));
const remove = (name, id) => within(name, "readwrite", (rows) => rows.delete(id));
const all = (name) => within(name, "readonly", (rows) => rows.getAll());

// ---------------------------------------------------------------- the guests of the day
// Leaves out departures whose day is over; null when nothing is left.
export async function storedDay() {
  const [day] = await all(GUESTS);
  if (!day) return null;
  const now = new Date().toISOString();
  const current = day.departures.filter((one) => new Date(one.until).toISOString() > now);
  if (current.length !== day.departures.length) await keepDay({ ...day, departures: current });
  return current.length ? { ...day, departures: current } : null;
}

export async function keepDay(day) {
  await within(GUESTS, "readwrite", (rows) => rows.clear());
  if (!day.departures.length) return forgetDay();
  await put(GUESTS, { ...day, id: "day" });
  const last = day.departures.map((one) => new Date(one.until).toISOString()).sort().at(-1);
  localStorage.setItem("guests-until", last);
  return undefined;
}

export function forgetDay() {
  localStorage.removeItem("guests-until");
  indexedDB.deleteDatabase(GUESTS);
}

// ---------------------------------------------------------------- the queue
async function count() {
  localStorage.setItem("unsent", (await all(QUEUE)).length);
}

export const queued = async () => (await all(QUEUE)).sort((a, b) => (a.at < b.at ? -1 : 1));

export async function enqueue(scan) {
  await put(QUEUE, scan);
  await count();
}

export async function dequeue(ids) {
  for (const id of ids) await remove(QUEUE, id);
  await count();
}
