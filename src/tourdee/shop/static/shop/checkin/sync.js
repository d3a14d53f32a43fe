// Talks to the server: fetches the guests, sends what was scanned. Everything may be sent twice; it counts once.

const MOST = 50; // scans in one request
const PATIENCE = 15_000;
const token = () => document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="))?.split("=")[1] || "";

// {state: "ok", data} | {state: "signed_out" | "other_person" | "no_network" | "trouble"}
async function ask(url, options = {}) {
  let answer;
  try {
    answer = await fetch(url, { ...options, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return { state: "no_network" };
  }
  if (answer.status === 401 || answer.type === "opaqueredirect") return { state: "signed_out" };
  if (answer.status === 409) return { state: "other_person" };
  if (!answer.ok) return { state: "trouble", status: answer.status };
  return { state: "ok", data: await answer.json() };
}

export const fetchDay = (url) => ask(url);

const post = (url, body) => ask(url, {
  method: "POST", body: JSON.stringify(body),
  headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
});

// Sends the oldest scans of this person. {state, answers}
export async function send(url, person, queue) {
  const mine = queue.filter((one) => one.person === person).slice(0, MOST);
  if (!mine.length) return { state: "ok", answers: [] };
  const scans = mine.filter((one) => !one.undo)
    .map(({ id, departure, text, came, everybody, at }) => ({ id, departure, text, came: everybody ? null : came, at }));
  const undone = mine.filter((one) => one.undo).map((one) => one.undo);
  const answer = await post(url, { person, scans, undone });
  return { ...answer, answers: answer.data?.answers || [], sent: mine };
}
