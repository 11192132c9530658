/* A script saves steps: no page needs it, and it decides nothing. */
document.documentElement.className = "script";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const on = (target, type, work, how) => target.addEventListener(type, work, how);
const hold = (event) => event.preventDefault();
const status = one("#say"), say = (text) => { status.textContent = text; };

on(window, "submit", ({ submitter, target }) => setTimeout(() => { (submitter || target).ariaBusy = "true"; say(status.dataset.busy); }, 400));
const held = (event) => event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;

/* A page without its script, if somebody answers. */
const load = (address, body) => new Promise((done) => {
  const ask = new XMLHttpRequest();
  ask.open(body ? "POST" : "GET", address);
  ask.responseType = "document"; ask.onloadend = () => { if (!ask.response) say(status.dataset.offline); done(ask.response); };
  ask.send(body);
});

const clean = (element) => element.textContent.replace(/\s+/g, " ").trim();

/* Fetch a page as a form or a link would, put a part of it, or what lives in it, in place of ours, but not under a hand.
   The last question's answer counts; a word in data-say is said where it is new. */
const asked = {};
async function part(from, button, id, whole, hand = ":active, :focus:not(h2)") {
  const place = one(`#${id}`), lives = (page) => all(`#${id} .live, #${id}:not(:has(.live))`, page);
  const tells = () => all(`#${id} [data-say]`), before = tells().map((each) => each.dataset.say);
  const turn = asked[id] = {}, slow = setTimeout(() => { place.ariaBusy = "true"; }, 400);
  const page = await load(from.href || from.action, from.href ? null : new URLSearchParams(new FormData(from, button)));
  clearTimeout(slow);
  if (asked[id] !== turn) return;
  place.ariaBusy = asked[id] = null;
  if (!page) return;
  const ours = lives(), found = lives(page);
  for (const each of all("[autofocus]", page)) each.autofocus = false;
  if (ours.length !== found.length || whole && one("#wrongs", page)) return from.href ? location.assign(from.href) : from.requestSubmit(button);
  ours.forEach((each, at) => one(hand, each) || each.replaceChildren(...found[at].childNodes));
  const told = tells().find(({ dataset }) => !dataset.say || !before.includes(dataset.say));
  if (told) say(clean(told).slice(0, 200));
  if (whole) one(`#${id} [tabindex]:not(#how-far)`)?.focus();
  return told || true;
}

/* A form shows what it would do, as it is filled in where that is quick. */
for (const form of all("[data-live]")) {
  const id = form.dataset.live, show = one("[data-show]", form), bar = one(".foot-bar", form);
  let waiting;
  const again = async (event) => {
    clearTimeout(waiting);
    const told = await part(form, show, id, event);
    if (bar && told) { bar.hidden = !told.textContent; bar.firstElementChild.textContent = told.textContent; }
  };
  on(form, "input", ({ target: { name, value } }) => {
    if (name === "start" && value !== "other") form.when.value = "";
    if (name === "when" && form.start) form.start.value = "other";
    clearTimeout(waiting);
    if (show.dataset.show) waiting = setTimeout(again, 400);
  });
  on(show, "click", (event) => { hold(event); again(event); });
  if (location.search) again().then(() => one("[value=keep]")?.focus());
}

/* Scales: words follow; digits, Delete, dragging. */
for (const scale of all("[data-scale]")) {
  const stops = all(".track input", scale), track = one(".track", scale), word = one("[data-word]", scale);
  const tell = () => { word.textContent = stops.find((each) => each.checked)?.ariaLabel.replace(",", " –") || ""; };
  on(scale, "change", tell);
  on(scale, "keydown", (event) => {
    const stop = event.key === "Delete" ? one(".not-said input", scale) : stops[event.key];
    if (!stop) return;
    hold(event); stop.checked = true; stop.focus(); tell();
  });
  on(track, "pointermove", ({ buttons, clientX }) => {
    const { x, width } = track.getBoundingClientRect(), stop = stops[Math.floor((clientX - x) / width * 11)];
    if (buttons & 1 && stop) { stop.checked = true; tell(); }
  });
  tell();
}

const { form } = one("#minutes") || {};
if (form?.how) {
  const follow = () => { const how = form.how.value; for (const each of all("#minutes, [for=minutes], #minutes-hint")) each.hidden = how === "left_out" || how === "done" && form.did.value === form.dataset.planned; };
  on(window, "change", follow); follow();
}
/* An emergency sign waits for no Save. */
on(window, "change", ({ target }) => { if (target.matches("[data-emergency]:checked")) target.form.requestSubmit(); });

const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/* The body is one stop for Tab, arrows go to the nearest place. */
for (const narrow of all("[data-narrow]")) on(narrow, "input", () => {
  for (const row of all("[data-row]")) row.hidden = !row.textContent.toLowerCase().includes(narrow.value.trim().toLowerCase());
  say(narrow.dataset.narrow.replace("{count}", all("[data-row]:not([hidden])").length));
});
for (const body of all("svg.body")) {
  const places = all("a.place", body);
  const middle = (place) => { const { x, y, width, height } = one(".hit", place).getBoundingClientRect(); return [x + width / 2, y + height / 2]; };
  const stop = (place) => { for (const each of places) each.tabIndex = -(each !== place); return place; };
  stop(places[0]);
  on(body, "keydown", (event) => {
    const here = event.target.closest("a.place"), way = ways[event.key];
    let least = 1e9, next = { Home: places[0], End: places.at(-1) }[event.key];
    if (!here || !way && !next) return;
    hold(event);
    const [x, y] = middle(here);
    if (way) for (const each of places) {
      const [ex, ey] = middle(each), dx = ex - x, dy = ey - y, along = dx * way[0] + dy * way[1];
      const far = along + 2.5 * Math.abs(dx * way[1] + dy * way[0]);
      if (along > 2 && far < least) [least, next] = [far, each];
    }
    if (next) stop(next).focus();
  });
}
on(window, "hashchange", () => one(".place-panel:target button")?.focus());
on(window, "keydown", ({ key }) => {
  const { hash, pathname } = location;
  if (key !== "Escape" || !hash.startsWith("#p")) return;
  history.replaceState(null, "", pathname); one(`[data-place="${CSS.escape(hash.slice(1))}"]`)?.focus();
});

/* Each week is one stop for Tab. M picks a workout up, arrows go through its times. */
const carried = {}, daysOf = (within) => all("[data-day]", within);
const told = (option) => `${clean(one("strong", option))}: ${clean(one(".sub", option).firstChild)}`;
const moveOf = (item) => one("[href$='/move']", item);

async function pickUp(item) {
  const link = carried.link = moveOf(item).href, page = await load(link);
  if (!page || carried.link !== link) return; // Let go meanwhile.
  const times = all("input[name=start]:not([value=other])", page);
  Object.assign(carried, { item, times, at: Math.max(0, times.findIndex((each) => each.checked)) });
  for (const { classList, dataset } of daysOf()) {
    const may = times.some((each) => each.value.startsWith(dataset.day)), rule = one(`[data-day="${dataset.day}"]`, page);
    classList.toggle("possible", may);
    if (!may && rule) dataset.ruled = told(rule);
  }
  return true;
}
function putBack() {
  for (const day of daysOf()) { day.classList.remove("possible", "chosen"); delete day.dataset.ruled; }
  carried.link = carried.item = null;
  one("#carrying").hidden = true;
}
function showCarried(words) {
  const note = one("#carrying"), time = carried.times[carried.at];
  words ??= told(time.parentElement);
  for (const day of daysOf()) day.classList.toggle("chosen", !!time?.value.startsWith(day.dataset.day));
  note.hidden = false; note.firstElementChild.textContent = words; say(words);
  one(".chosen")?.scrollIntoView({ block: "nearest" });
}
const preview = (value) => location.assign(`${carried.link}?day=${value.slice(0, 16)}`);

/* A mouse drags from six pixels on; a finger holds the handle first. */
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
    if (!taken) { if (!far) return; take(); }
    const over = document.elementFromPoint(clientX, clientY)?.closest("[data-day]"), ruled = over?.dataset.ruled;
    if (ruled) say(ruled);
    day?.classList.remove("chosen");
    day = ruled ? null : over; day?.classList.add("chosen");
    scrollBy(0, clientY < 60 ? -20 : clientY > innerHeight - 60 ? 20 : 0);
  };
  for (const type of ["move", "up", "cancel"]) on(window, `pointer${type}`, follow, end);
}
const drawWeeks = () => all("[data-week]").forEach((week) => {
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
  if (items[0]) enter(one(".today .item", week) || items[0]);
  on(week, "keydown", async (event) => {
    const item = event.target.closest(".item"), { key } = event;
    if (!item || held(event)) return;
    const [across, down] = ways[key] || [], step = across + down;
    if (carried.item) {
      const { item, times, times: { length }, at } = carried;
      if (key === "Escape") { item.focus(); putBack(); say(week.dataset.back); }
      else if (key === "Enter" && length) preview(times[at].value);
      else if (step && length) { carried.at = (at + step + length) % length; showCarried(); }
      else return;
      hold(event); return;
    }
    if (/^m$/i.test(key) && moveOf(item)) {
      hold(event);
      if (await pickUp(item)) showCarried(week.dataset.carry.replace("{what}", item.ariaLabel).replace("{count}", carried.times.length));
    } else if (key === "Enter" && event.target === item) one("a:not([href$='/log'], [href$='/move'])", item)?.click();
    else if (step) {
      hold(event);
      const days = daysOf(week), day = days[days.indexOf(dayOf(item)) + step];
      (across ? day && one(".item", day) : items[items.indexOf(item) + step])?.focus();
    }
  });
});
drawWeeks();
/* What goes on by itself is looked at again. */
async function goOn() {
  const again = one("[data-again]"), id = again?.dataset.again;
  if (id && !asked[id]) await part(again.form, again, id, one("[data-show]:focus", again.form));
  setTimeout(goOn, 1000);
}
goOn();

for (const drop of all("form[data-drop]")) {
  on(drop, "dragover", hold);
  on(drop, "drop", (event) => { hold(event); drop.file.files = event.dataTransfer.files; drop.requestSubmit(); });
}
for (const field of all("[data-copy]")) on(field, "focus", () => field.select());
on(window, "click", async (event) => {
  const { target } = event, { href, rel } = target;
  if (target.matches("[data-print]")) print();
  if (target.matches("[data-copied]")) navigator.clipboard.writeText(one("[data-copy]").value).then(() => say(target.dataset.copied));
  /* Other weeks come without a reload. */
  if (!/prev|next/.test(rel) || held(event)) return;
  hold(event);
  if (await part(target, null, "shown", null, ":active")) {
    if (carried.link) { putBack(); say(one("[data-back]").dataset.back); } // Its marks are gone.
    history.replaceState(null, "", href); drawWeeks(); one(`[rel=${rel}]`)?.focus();
  }
});
