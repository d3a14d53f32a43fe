// The calculator without a page load: one more row, and the result while one types. The sums are done by the server.

const form = document.querySelector("[data-reckon]");

function addRow(fieldset) {
  const prefix = fieldset.dataset.rows;
  const total = form.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const most = Number(form.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`).value);
  const rows = fieldset.querySelectorAll("[data-row]");
  const row = rows[rows.length - 1].cloneNode(true);
  for (const list of row.querySelectorAll(".errorlist")) list.remove();
  for (const input of row.querySelectorAll("input")) {
    input.name = input.name.replace(/-\d+-/, `-${total.value}-`);
    input.id = input.id.replace(/-\d+-/, `-${total.value}-`);
    input.value = "";
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  rows[rows.length - 1].after(row);
  total.value = Number(total.value) + 1;
  fieldset.querySelector("[data-add-row]").hidden = Number(total.value) >= most;
  row.querySelector("input").focus();
}

let waiting;
let asked = 0;
async function reckon() {
  const turn = ++asked;
  try {
    const answer = await fetch(form.dataset.reckon, { method: "POST", body: new FormData(form) });
    const html = await answer.text();
    if (answer.ok && !answer.redirected && turn === asked) document.getElementById("result").innerHTML = html;
  } catch { /* no network: the button "Work it out" remains */ }
}

if (form) {
  for (const button of form.querySelectorAll("[data-add-row]")) {
    button.hidden = false;
    button.addEventListener("click", () => addRow(button.closest("[data-rows]")));
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(reckon, 500);
  });
}
