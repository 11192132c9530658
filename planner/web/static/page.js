/* What a script adds: it saves steps. A page without it loses no function, and nothing here decides anything. */
const root = document.documentElement;
root.classList.add("script");
const say = (text) => { const place = document.getElementById("say"); if (place) place.textContent = text; };
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/* Our own pages only; the policy asks for a named way to make markup out of text. */
const ours = window.trustedTypes ? trustedTypes.createPolicy("planner", { createHTML: (text) => text }) : { createHTML: (text) => text };
const read = (text) => new DOMParser().parseFromString(ours.createHTML(text), "text/html");

/* Fetch a page as the form would, and put one part of it in place of ours: no address changes, nothing is kept. */
async function part(form, button, id) {
  const data = new FormData(form, button);
  const place = document.getElementById(id);
  const slow = setTimeout(() => place.setAttribute("aria-busy", "true"), 400);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), credentials: "same-origin" });
    const page = read(await answer.text());
    const found = page.getElementById(id);
    if (!found) { form.requestSubmit(button); return null; }
    place.replaceChildren(...document.importNode(found, true).childNodes);
    return page;
  } catch { say(form.dataset.offline); return null; } finally { clearTimeout(slow); place.removeAttribute("aria-busy"); }
}
/* Start: the week follows the answers. */
const start = document.querySelector("form[data-live]");
if (start) {
  const bar = start.querySelector(".foot-bar");
  let waiting;
  const again = async () => {
    if (!start.elements.where.value.trim() && !start.elements.treatment.value.trim()) return;
    const page = await part(start, start.querySelector("button[value=show]"), "answer");
    const answer = document.querySelector("[data-answer]");
    if (answer && bar) { bar.hidden = false; bar.firstElementChild.textContent = answer.textContent; say(answer.textContent); }
    return page;
  };
  start.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(again, 400); });
  start.addEventListener("click", (event) => {
    if (event.target.closest("button[value=show]")) { event.preventDefault(); again(); }
  });
}

/* Move: the preview stands beside the choice as soon as one is made. */
const moving = document.querySelector("form[data-live-move]");
if (moving) {
  const show = moving.querySelector("button[value=show]");
  const again = () => part(moving, show, "preview").then((page) => { if (page) say(document.querySelector("#preview").textContent.trim().slice(0, 200)); });
  moving.addEventListener("change", (event) => { if (event.target.name === "start" && event.target.value !== "other") { moving.elements.when.value = ""; again(); } });
  moving.elements.when.addEventListener("input", () => { moving.querySelector("[value=other]").checked = true; });
  show.addEventListener("click", (event) => { event.preventDefault(); again(); });
  if (location.search) again();
}

/* Scales: the word follows; digits, Delete, and dragging along the track. */
for (const scale of all("[data-scale]")) {
  const stops = all(".track input", scale);
  const none = scale.querySelector(".not-said input");
  const word = scale.querySelector("[data-word]");
  const tell = () => { const stop = stops.find((each) => each.checked); word.textContent = stop ? stop.getAttribute("aria-label").replace(",", " –") : ""; };
  scale.addEventListener("change", tell);
  scale.addEventListener("keydown", (event) => {
    const stop = event.key === "Delete" ? none : /^[0-9]$/.test(event.key) ? stops[Number(event.key)] : null;
    if (!stop) return;
    event.preventDefault(); stop.checked = true; stop.focus(); tell();
  });
  const track = scale.querySelector(".track");
  track.addEventListener("pointermove", (event) => {
    if (!(event.buttons & 1)) return;
    const box = track.getBoundingClientRect();
    const stop = stops[Math.min(10, Math.max(0, Math.floor((event.clientX - box.left) / box.width * 11)))];
    if (!stop.checked) { stop.checked = true; tell(); }
  });
  tell();
}

/* Minutes matter only where it was shorter. */
const minutes = document.getElementById("minutes");
if (minutes && document.querySelector("input[name=how]")) {
  const box = [minutes, document.querySelector("label[for=minutes]"), document.getElementById("minutes-hint")];
  const follow = () => { const how = document.querySelector("input[name=how]:checked"); for (const each of box) if (each) each.hidden = !!how && how.value !== "shorter"; };
  addEventListener("change", follow); follow();
}
/* An emergency sign waits for no Save. */
addEventListener("change", (event) => {
  if (event.target.matches && event.target.matches("[data-emergency]") && event.target.checked) event.target.form.requestSubmit();
});

/* The list narrows as one types; the body is one stop for Tab, and arrows go to the nearest place. */
const narrow = document.querySelector("[data-narrow]");
if (narrow) {
  const rows = all("[data-row]");
  narrow.addEventListener("input", () => {
    const words = narrow.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(words);
    say(String(rows.filter((row) => !row.hidden).length));
  });
}
for (const body of all("svg.body")) {
  const places = all("a.place", body);
  const middle = (place) => { const box = place.querySelector(".hit").getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  places.forEach((place, number) => place.setAttribute("tabindex", number ? "-1" : "0"));
  const go = (place) => { for (const each of places) each.setAttribute("tabindex", each === place ? "0" : "-1"); place.focus(); };
  body.addEventListener("keydown", (event) => {
    const here = event.target.closest("a.place");
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (!here) return;
    if (event.key === "Home" || event.key === "End") { event.preventDefault(); go(places.at(event.key === "Home" ? 0 : -1)); return; }
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    const [x, y] = middle(here);
    const next = places.filter((each) => each !== here).map((each) => {
      const [ex, ey] = middle(each), dx = ex - x, dy = ey - y, along = dx * way[0] + dy * way[1];
      return [along > 2 ? along + 2.5 * Math.abs(dx * way[1] + dy * way[0]) : Infinity, each];
    }).sort((one, other) => one[0] - other[0])[0];
    if (next && next[0] < Infinity) go(next[1]);
  });
}
addEventListener("hashchange", () => {
  const panel = document.querySelector(".place-panel:target");
  if (panel) { const button = panel.querySelector("button"); if (button) button.focus(); }
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !location.hash.startsWith("#p")) return;
  const place = document.querySelector(`[data-place="${CSS.escape(location.hash.slice(1))}"]`);
  history.replaceState(null, "", location.pathname); if (place) place.focus();
});

/* Dragging a workout to another day opens its page of moving with that day typed in: what it changes is shown there first. */
for (const item of all("[data-workout]")) {
  const link = item.querySelector('a[href$="/move"]');
  if (!link) continue;
  item.draggable = true;
  item.addEventListener("dragstart", (event) => { event.dataTransfer.setData("text/plain", link.href); event.dataTransfer.effectAllowed = "move"; });
}
for (const day of all("[data-day]")) {
  day.addEventListener("dragover", (event) => { if (day.querySelector("[data-workout]") || day.closest("[data-week]")) { event.preventDefault(); day.classList.add("possible"); } });
  day.addEventListener("dragleave", () => day.classList.remove("possible"));
  day.addEventListener("drop", (event) => {
    const address = event.dataTransfer.getData("text/plain");
    day.classList.remove("possible");
    if (!address.startsWith(location.origin)) return;
    event.preventDefault();
    location.assign(`${address}?day=${day.dataset.day}`);
  });
}

/* A file may be dropped on its field's card. */
const drop = document.querySelector("form[data-drop]");
if (drop) {
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.elements.file.files = event.dataTransfer.files; drop.requestSubmit(); });
}
/* The address is copied with one click. */
for (const field of all("[data-copy]")) field.addEventListener("focus", () => field.select());
