/* What a script adds: it saves steps. A page without it loses no function; nothing here decides anything. */
const root = document.documentElement;
root.classList.add("script");
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const on = (target, type, work) => target.addEventListener(type, work);
const hold = (event) => event.preventDefault();
const say = (text) => { one("#say").textContent = text; };

/* Our own pages only; the policy asks for a named way from text to markup. */
const plain = { createHTML: (text) => text };
const ours = window.trustedTypes ? trustedTypes.createPolicy("planner", plain) : plain;
on(window, "submit", ({ submitter, target }) => setTimeout(() => { (submitter || target).ariaBusy = "true"; say(one("#say").dataset.busy); }, 400));
const read = (text) => new DOMParser().parseFromString(ours.createHTML(text), "text/html");

/* Fetch a page as the form would, and put one part of it in place of ours. */
async function part(form, button, id) {
  const place = document.getElementById(id);
  const slow = setTimeout(() => { place.ariaBusy = "true"; }, 400);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
    const page = read(await answer.text());
    const found = page.getElementById(id);
    for (const each of all("[autofocus]", page)) each.removeAttribute("autofocus");
    if (!found) { form.requestSubmit(button); return null; }
    place.replaceChildren(...document.importNode(found, true).childNodes);
    return page;
  } catch { say(form.dataset.offline); return null; } finally { clearTimeout(slow); place.ariaBusy = null; }
}
/* Start: the week follows the answers. */
const start = one("form[data-live]");
if (start) {
  const bar = one(".foot-bar", start);
  let waiting;
  const again = async () => {
    if (!start.elements.where.value.trim() && !start.elements.treatment.value.trim()) return;
    const page = await part(start, one("button[value=show]", start), "answer");
    const answer = one("[data-answer]");
    if (answer && bar) { bar.hidden = false; bar.firstElementChild.textContent = answer.textContent; say(answer.textContent); }
    return page;
  };
  on(start, "input", () => { clearTimeout(waiting); waiting = setTimeout(again, 400); });
  on(start, "click", (event) => {
    if (event.target.closest("button[value=show]")) { hold(event); again(); }
  });
}

/* Move: the preview stands beside the choice. */
const moving = one("form[data-live-move]");
if (moving) {
  const show = one("button[value=show]", moving);
  const again = () => part(moving, show, "preview").then((page) => {
    if (!page) return;
    say(clean(one("#preview")).slice(0, 200));
    const keep = one("#preview button[value=keep]");
    if (location.search && keep) keep.focus();
  });
  on(moving, "change", (event) => { if (event.target.name === "start" && event.target.value !== "other") { moving.elements.when.value = ""; again(); } });
  on(moving.elements.when, "input", () => { one("[value=other]", moving).checked = true; });
  on(show, "click", (event) => { hold(event); again(); });
  if (location.search) again();
}

/* Scales: the word follows; digits, Delete, and dragging. */
for (const scale of all("[data-scale]")) {
  const stops = all(".track input", scale);
  const word = one("[data-word]", scale);
  const tell = () => { const stop = stops.find((each) => each.checked); word.textContent = stop ? stop.ariaLabel.replace(",", " –") : ""; };
  on(scale, "change", tell);
  on(scale, "keydown", (event) => {
    const stop = event.key === "Delete" ? one(".not-said input", scale) : /^[0-9]$/.test(event.key) ? stops[Number(event.key)] : null;
    if (!stop) return;
    hold(event); stop.checked = true; stop.focus(); tell();
  });
  const track = one(".track", scale);
  on(track, "pointermove", (event) => {
    if (!(event.buttons & 1)) return;
    const box = track.getBoundingClientRect();
    const stop = stops[Math.min(10, Math.max(0, Math.floor((event.clientX - box.left) / box.width * 11)))];
    if (!stop.checked) { stop.checked = true; tell(); }
  });
  tell();
}

const minutes = one("#minutes");
if (minutes && one("input[name=how]")) {
  const box = [minutes, one("label[for=minutes]"), one("#minutes-hint")];
  const { form } = minutes;
  const follow = () => { const how = form.how.value; for (const each of box) each.hidden = how === "left_out" || how === "done" && form.did.value === form.dataset.planned; };
  on(window, "change", follow); follow();
}
/* An emergency sign waits for no Save. */
on(window, "change", (event) => {
  if (event.target.matches("[data-emergency]:checked")) event.target.form.requestSubmit();
});

/* The list narrows; the body is one stop for Tab, arrows go to the nearest place. */
const narrow = one("[data-narrow]");
if (narrow) {
  const rows = all("[data-row]");
  on(narrow, "input", () => {
    const words = narrow.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(words);
    say(String(rows.filter((row) => !row.hidden).length));
  });
}
for (const body of all("svg.body")) {
  const places = all("a.place", body);
  const middle = (place) => { const box = one(".hit", place).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  places.forEach((place, number) => { place.tabIndex = number ? -1 : 0; });
  const go = (place) => { for (const each of places) each.tabIndex = each === place ? 0 : -1; place.focus(); };
  on(body, "keydown", (event) => {
    const here = event.target.closest("a.place");
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (!here) return;
    if (event.key === "Home" || event.key === "End") { hold(event); go(places.at(event.key === "Home" ? 0 : -1)); return; }
    const way = ways[event.key];
    if (!way) return;
    hold(event);
    const [x, y] = middle(here);
    const next = places.filter((each) => each !== here).map((each) => {
      const [ex, ey] = middle(each), dx = ex - x, dy = ey - y, along = dx * way[0] + dy * way[1];
      return [along > 2 ? along + 2.5 * Math.abs(dx * way[1] + dy * way[0]) : Infinity, each];
    }).sort((one, other) => one[0] - other[0])[0];
    if (next && next[0] < Infinity) go(next[1]);
  });
}
on(window, "hashchange", () => {
  one(".place-panel:target button")?.focus();
});
on(window, "keydown", (event) => {
  if (event.key !== "Escape" || !location.hash.startsWith("#p")) return;
  const place = one(`[data-place="${CSS.escape(location.hash.slice(1))}"]`);
  history.replaceState(null, "", location.pathname); if (place) place.focus();
});

/* The weeks: each is one stop for Tab. M picks a workout up, then arrows go through the times that it may have; dragging
   does the same. What that changes is shown on the page of moving. */
const carried = { link: "", name: "", item: null, times: [], at: 0 };
const clean = (element) => element.textContent.replace(/\s+/g, " ").trim();
const told = (option) => `${clean(one("strong", option))}: ${clean(one(".sub", option).firstChild)}`;
const linkOf = (item, end) => all(".links a", item).find((link) => end ? link.pathname.endsWith(end) : !/\/(log|move)$/.test(link.pathname));

async function pickUp(item) {
  const link = linkOf(item, "/move");
  if (!link) return false;
  carried.link = link.href;
  const page = read(await (await fetch(link.href)).text());
  if (carried.link !== link.href) return false; // It was let go meanwhile.
  const times = all("input[name=start]", page).filter((stop) => stop.value !== "other")
    .map((stop) => ({ value: stop.value, words: told(stop.parentElement), here: stop.checked }));
  Object.assign(carried, { name: clean(one("h4", item)), item, times, at: Math.max(0, times.findIndex((each) => each.here)) });
  const days = new Set(times.map((each) => each.value.slice(0, 10)));
  const rules = new Map(all(".choice.ruled", page).map((each) => [each.dataset.day, told(each)]));
  for (const day of all("[data-day]")) {
    day.classList.toggle("possible", days.has(day.dataset.day));
    if (!days.has(day.dataset.day) && rules.has(day.dataset.day)) day.dataset.ruled = rules.get(day.dataset.day);
  }
  return true;
}
function putBack() {
  for (const day of all("[data-day]")) { day.classList.remove("possible", "chosen"); delete day.dataset.ruled; }
  Object.assign(carried, { link: "", item: null, times: [] });
  const note = one("#carrying");
  if (note) note.hidden = true;
}
function showCarried(words) {
  const note = one("#carrying"), time = carried.times[carried.at];
  for (const day of all("[data-day]")) day.classList.toggle("chosen", !!time && day.dataset.day === time.value.slice(0, 10));
  note.hidden = false; note.firstElementChild.textContent = words; say(words);
  one("[data-day].chosen")?.scrollIntoView({ block: "nearest" });
}
const preview = (value) => location.assign(`${carried.link}?day=${value.slice(0, 16)}`);

for (const week of all("[data-week]")) {
  const items = all(".item", week), dayOf = (element) => element.closest("[data-day]");
  const enter = (item) => {
    for (const each of items) each.tabIndex = each === item ? 0 : -1;
    for (const link of all("a", week)) link.tabIndex = dayOf(link) === dayOf(item) ? 0 : -1;
  };
  for (const item of items) {
    item.role = "group"; item.ariaLabel = clean(one("h4", item));
    if (linkOf(item, "/move")) { item.setAttribute("aria-keyshortcuts", "M"); item.draggable = true; }
    on(item, "dragstart", (event) => { event.dataTransfer.setData("text/plain", "workout"); pickUp(item); });
    on(item, "dragend", putBack);
    on(item, "focusin", () => enter(item));
  }
  if (items.length) enter(items.find((item) => item.closest(".today")) || items[0]);
  on(week, "keydown", async (event) => {
    const item = event.target.closest(".item");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (carried.item) {
      const there = carried.times.length;
      if (event.key === "Escape") { hold(event); const back = carried.item; putBack(); back.focus(); say(week.dataset.back); }
      else if (event.key === "Enter" && there) { hold(event); preview(carried.times[carried.at].value); }
      else if (step && there) { hold(event); carried.at = (carried.at + step + there) % there; showCarried(carried.times[carried.at].words); }
      return;
    }
    if (event.key.toLowerCase() === "m" && linkOf(item, "/move")) {
      hold(event);
      if (await pickUp(item)) showCarried(week.dataset.carry.replace("{what}", carried.name).replace("{count}", carried.times.length));
    } else if (event.key === "Enter" && event.target === item) linkOf(item)?.click();
    else if (step) {
      hold(event);
      const days = all("[data-day]", week), day = days[days.indexOf(dayOf(item)) + step];
      const next = /Left|Right/.test(event.key) ? day && one(".item", day) : items[items.indexOf(item) + step];
      if (next) next.focus();
    }
  });
}
for (const day of all("[data-week] [data-day]")) {
  on(day, "dragover", (event) => { if (day.dataset.ruled) say(day.dataset.ruled); else hold(event); });
  on(day, "drop", (event) => { if (carried.link) { hold(event); preview(day.dataset.day); } });
}

/* What goes on by itself is looked at again, until it is done. */
async function goOn() {
  const again = one("[data-again]"), id = again && again.dataset.again;
  if (!again || !await part(again.form, again, id)) return;
  say(clean(one(".quiet, h2", document.getElementById(id)))); setTimeout(goOn, 1000);
}
goOn();

const drop = one("form[data-drop]");
if (drop) {
  on(drop, "dragover", hold);
  on(drop, "drop", (event) => { hold(event); drop.elements.file.files = event.dataTransfer.files; drop.requestSubmit(); });
}
for (const field of all("[data-copy]")) on(field, "focus", () => field.select());
on(window, "click", ({ target }) => {
  if (target.matches("[data-print]")) print();
  if (target.matches("[data-copied]")) navigator.clipboard.writeText(one("[data-copy]").value).then(() => say(target.dataset.copied));
});
