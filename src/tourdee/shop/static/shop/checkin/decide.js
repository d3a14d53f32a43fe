// What a ticket means at a departure, worked out on the phone alone. No page, no network, no storage: only answers.

const CODE = "[2-9A-HJKMNP-Z]{8}";
const SEALED = new RegExp(`^(?:https?://[^\\s/]+/k/)?(${CODE})-([0-9a-f]{16})/?$`);
const TYPED = new RegExp(`^${CODE}$`);

// {code, seal} of a scanned or typed text, or null. A typed code has no seal.
export function readTicket(text) {
  const sealed = SEALED.exec(text.trim());
  if (sealed) return { code: sealed[1], seal: sealed[2] };
  const typed = text.replace(/[\s-]/g, "").toUpperCase();
  return TYPED.test(typed) ? { code: typed, seal: "" } : null;
}

// The lines of a booking with who came, counting the scans that the server has not heard of yet.
export function lines(booking, departure, queue) {
  const told = queue.filter((scan) => scan.code === booking.code && scan.departure === departure.id);
  return booking.lines.map((line) => {
    const more = told.reduce((sum, scan) => sum + (scan.came[line.category] || 0), 0);
    return { ...line, arrived: Math.min(line.booked, line.arrived + more) };
  });
}

export const people = (some) => some.reduce((sum, line) => sum + line.booked, 0);
export const arrived = (some) => some.reduce((sum, line) => sum + line.arrived, 0);

// Everybody who is missing, by price category: what "all of them" means at this moment.
export const missing = (some) => Object.fromEntries(some.map((line) => [line.category, line.booked - line.arrived]));

const bookingOf = (departure, ticket) => departure.bookings.find((booking) => booking.code === ticket.code);

// {kind, booking, departure}: ok, already, wrong_departure, unpaid, unlisted (ask the server) or unknown.
export function verdict(day, queue, departure, text) {
  const ticket = readTicket(text);
  if (!ticket) return { kind: "unknown" };
  const booking = bookingOf(departure, ticket);
  if (!booking) {
    const other = day.departures.find((one) => bookingOf(one, ticket));
    return other ? { kind: "wrong_departure", booking: bookingOf(other, ticket), departure: other } : { kind: "unlisted" };
  }
  if (ticket.seal && ticket.seal !== booking.seal) return { kind: "unknown" };
  if (!booking.paid) return { kind: "unpaid", booking };
  const now = lines(booking, departure, queue);
  return { kind: arrived(now) < people(now) ? "ok" : "already", booking };
}
