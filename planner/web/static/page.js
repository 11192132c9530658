/* A script saves steps: no page needs it, and nothing here decides anything. */
document.documentElement.classList.add("script");
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const on = (target, type, work, how) => target.addEventListener(type, work, how);
const hold = (event) => event.preventDefault();
const say = (text) => { one("#say").textContent = text; };

/* Our own pages only; the policy asks for a named way. */
const plain = { createHTML: (text) => text };
const ours = window.trustedTypes ? trustedTypes.createPolicy("planner", plain) : plain;
on(window, "submit", ({ submitter, target }) => setTimeout(() => { (submitter || target).ariaBusy = "true"; say(one("#say").dataset.busy); }, 400));
const read = (text) => new DOMParser().parseFromString(ours.createHTML(text), "text/html");

/* Fetch a page as the form would, put a part of it, or what lives in it, in place of ours. */
async function part(form, button, id) {
  const place = one(`#${id}`), lives = (page) => all(`#${id} .live, #${id}:not(:has(.live))`, page);
  const slow = setTimeout(() => { place.ariaBusy = "true"; }, 400);
  try {
    const page = read(await (await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) })).text());
    const found = lives(page);
    for (const each of all("[autofocus]", page)) each.autofocus = false;
    if (!found[0]) { form.requestSubmit(button); return null; }
    lives().forEach((each, at) => each.replaceChildren(...found[at].childNodes));
    return page;
  } catch { say(form.dataset.offline); return null; } finally { clearTimeout(slow); place.ariaBusy = null; }
}

const start = one("form[data-live]");
if (start) {
  const bar = one(".foot-bar", start), show = one("button[value=show]", start);
  let waiting;
  const again = async () => {
    if (!start.where.value.trim() && !start.treatment.value.trim()) return;
    await part(start, show, "answer");
    const text = one("[data-answer]")?.textContent;
    if (text) { bar.hidden = false; bar.firstElementChild.textContent = text; say(text); }
  };
  on(start, "input", () => { clearTimeout(waiting); waiting = setTimeout(again, 400); });
  on(show, "click", (event) => { hold(event); again(); });
}

const moving = one("form[data-live-move]");
if (moving) {
  const show = one("button[value=show]", moving);
  const again = () => part(moving, show, "preview").then((page) => {
    if (!page) return;
    say(clean(one("#preview")).slice(0, 200));
    const keep = one("#preview button[value=keep]");
    if (location.search && keep) keep.focus();
  });
  on(moving, "change", (event) => { if (event.target.name === "start" && event.target.value !== "other") { moving.when.value = ""; again(); } });
  on(moving.when, "input", () => { one("[value=other]", moving).checked = true; });
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
    const stop = event.key === "Delete" ? one(".not-said input", scale) : stops[event.key];
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
  const box = all("#minutes, label[for=minutes], #minutes-hint");
  const { form } = minutes;
  const follow = () => { const how = form.how.value; for (const each of box) each.hidden = how === "left_out" || how === "done" && form.did.value === form.dataset.planned; };
  on(window, "change", follow); follow();
}
/* An emergency sign waits for no Save. */
on(window, "change", (event) => {
  if (event.target.matches("[data-emergency]:checked")) event.target.form.requestSubmit();
});

/* The body is one stop for Tab, arrows go to the nearest place. */
const narrow = one("[data-narrow]");
if (narrow) {
  const rows = all("[data-row]");
  on(narrow, "input", () => {
    const words = narrow.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(words);
    say(rows.filter((row) => !row.hidden).length);
  });
}
for (const body of all("svg.body")) {
  const places = all("a.place", body);
  const middle = (place) => { const box = one(".hit", place).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  const stop = (place) => { for (const each of places) each.tabIndex = -(each !== place); return place; };
  const go = (place) => stop(place).focus();
  stop(places[0]);
  on(body, "keydown", (event) => {
    const here = event.target.closest("a.place"), edge = { Home: 0, End: -1 }[event.key];
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!here || !way && edge === undefined) return;
    hold(event);
    if (!way) { go(places.at(edge)); return; }
    const [x, y] = middle(here);
    let least = Infinity, next;
    for (const each of places) {
      const [ex, ey] = middle(each), dx = ex - x, dy = ey - y, along = dx * way[0] + dy * way[1];
      const far = along + 2.5 * Math.abs(dx * way[1] + dy * way[0]);
      if (along > 2 && far < least) [least, next] = [far, each];
    }
    if (next) go(next);
  });
}
on(window, "hashchange", () => one(".place-panel:target button")?.focus());
on(window, "keydown", (event) => {
  if (event.key !== "Escape" || !location.hash.startsWith("#p")) return;
  const place = one(`[data-place="${CSS.escape(location.hash.slice(1))}"]`);
  history.replaceState(null, "", location.pathname); place?.focus();
});

/* The weeks: each is one stop for Tab. M picks a workout up, arrows go through its times; the page of moving shows what
   that changes. */
const carried = { link: "", item: null, times: [], at: 0 };
const clean = (element) => element.textContent.replace(/\s+/g, " ").trim();
const told = (option) => `${clean(one("strong", option))}: ${clean(one(".sub", option).firstChild)}`;
const moveOf = (item) => one("[href$='/move']", item);

async function pickUp(item) {
  const link = moveOf(item);
  carried.link = link.href;
  const page = read(await (await fetch(link.href)).text());
  if (carried.link !== link.href) return false; // It was let go meanwhile.
  const times = all("input[name=start]:not([value=other])", page)
    .map((stop) => ({ value: stop.value, words: told(stop.parentElement), here: stop.checked }));
  Object.assign(carried, { item, times, at: Math.max(0, times.findIndex((each) => each.here)) });
  const rules = Object.fromEntries(all(".choice.ruled", page).map((each) => [each.dataset.day, told(each)]));
  for (const { classList, dataset } of all("[data-day]")) {
    const may = times.some((each) => each.value.startsWith(dataset.day));
    classList.toggle("possible", may);
    if (!may && rules[dataset.day]) dataset.ruled = rules[dataset.day];
  }
  return true;
}
function putBack() {
  for (const day of all("[data-day]")) { day.classList.remove("possible", "chosen"); delete day.dataset.ruled; }
  Object.assign(carried, { link: "", item: null, times: [] });
  (one("#carrying") || {}).hidden = true;
}
function showCarried(words) {
  const note = one("#carrying"), time = carried.times[carried.at];
  for (const day of all("[data-day]")) day.classList.toggle("chosen", !!time?.value.startsWith(day.dataset.day));
  note.hidden = false; note.firstElementChild.textContent = words; say(words);
  one("[data-day].chosen")?.scrollIntoView({ block: "nearest" });
}
const preview = (value) => location.assign(`${carried.link}?day=${value.slice(0, 16)}`);

/* The mouse drags from six pixels on; a finger holds the handle for a moment. */
function drag(item, { button, clientX: x, clientY: y, pointerType, target }) {
  const mouse = pointerType === "mouse", end = new AbortController();
  if (button || !mouse && !target.closest(".grip")) return;
  let taken, day;
  const take = () => { taken = true; pickUp(item); };
  const wait = mouse || setTimeout(take, 250);
  const follow = ({ type, clientX, clientY }) => {
    const far = Math.hypot(clientX - x, clientY - y) > 6;
    if (type !== "pointermove" || !taken && far && !mouse) {
      end.abort(); clearTimeout(wait);
      if (day && carried.link && type === "pointerup") preview(day.dataset.day);
      if (taken) putBack();
      return;
    }
    if (!taken && far) take();
    if (!taken) return;
    const over = document.elementFromPoint(clientX, clientY)?.closest("[data-day]"), ruled = over?.dataset.ruled;
    if (ruled) say(ruled);
    day?.classList.remove("chosen");
    day = ruled ? null : over; day?.classList.add("chosen");
    scrollBy(0, clientY < 60 ? -20 : clientY > innerHeight - 60 ? 20 : 0);
  };
  for (const type of ["move", "up", "cancel"]) on(window, `pointer${type}`, follow, end);
}
for (const week of all("[data-week]")) {
  const items = all(".item", week), dayOf = (element) => element.closest("[data-day]");
  const enter = (item) => {
    for (const each of items) each.tabIndex = -(each !== item);
    for (const link of all("a", week)) link.tabIndex = -(dayOf(link) !== dayOf(item));
  };
  for (const item of items) {
    item.role = "group"; item.ariaLabel = clean(one("h4", item));
    if (moveOf(item)) { item.ariaKeyShortcuts = "M"; on(item, "pointerdown", (event) => drag(item, event)); }
    on(item, "dragstart", hold);
    on(item, "focusin", () => enter(item));
  }
  if (items.length) enter(items.find((item) => item.closest(".today")) || items[0]);
  on(week, "keydown", async (event) => {
    const item = event.target.closest(".item"), { key } = event;
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    if (carried.item) {
      const { times: { length }, at } = carried;
      if (key === "Escape") { carried.item.focus(); putBack(); say(week.dataset.back); }
      else if (key === "Enter" && length) preview(carried.times[at].value);
      else if (step && length) { carried.at = (at + step + length) % length; showCarried(carried.times[carried.at].words); }
      else return;
      hold(event); return;
    }
    if (key.toLowerCase() === "m" && moveOf(item)) {
      hold(event);
      if (await pickUp(item)) showCarried(week.dataset.carry.replace("{what}", item.ariaLabel).replace("{count}", carried.times.length));
    } else if (key === "Enter" && event.target === item) one("a:not([href$='/log'], [href$='/move'])", item)?.click();
    else if (step) {
      hold(event);
      const days = all("[data-day]", week), day = days[days.indexOf(dayOf(item)) + step];
      const next = /Left|Right/.test(key) ? day && one(".item", day) : items[items.indexOf(item) + step];
      next?.focus();
    }
  });
}
/* What goes on by itself is looked at again, until it is done. */
async function goOn() {
  const again = one("[data-again]"), id = again?.dataset.again;
  if (!id || !await part(again.form, again, id)) return;
  say(clean(one(`#${id} :is(.quiet, h2)`))); setTimeout(goOn, 1000);
}
goOn();

const drop = one("form[data-drop]");
if (drop) {
  on(drop, "dragover", hold);
  on(drop, "drop", (event) => { hold(event); drop.file.files = event.dataTransfer.files; drop.requestSubmit(); });
}
for (const field of all("[data-copy]")) on(field, "focus", () => field.select());
on(window, "click", ({ target }) => {
  if (target.matches("[data-print]")) print();
  if (target.matches("[data-copied]")) navigator.clipboard.writeText(one("[data-copy]").value).then(() => say(target.dataset.copied));
});
