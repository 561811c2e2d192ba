// Keeps what is typed into the form of a record or a results table: on the server every few seconds, in this browser when that fails.
(() => {
  const line = document.querySelector("[data-keep]");
  const form = line?.closest("form");
  if (!form) return;

  const QUIET = 2000, LONGEST_WAIT = 10000, RETRY = 15000; // milliseconds
  const LAST_WORD = 60000; // characters: browsers let no more be sent while a page closes
  const UNTYPED = ["csrfmiddlewaretoken", "saves", "copy", "tab"];
  const owned = `temsisite:unsent:${line.dataset.user}:`;
  const own = () => owned + line.dataset.keep + ":" + form.elements.copy.value;
  const words = (...parts) => line.replaceChildren(...parts);
  const clock = (moment) => new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const plural = (count, one, many) => (count === 1 ? one : many.replace("#", count));

  // An answer may be missed: by this name the server knows that it is not another tab that goes on.
  const tab = Object.assign(document.createElement("input"), { type: "hidden", name: "tab" });
  tab.value = Math.random().toString(36).slice(2);
  form.append(tab);

  let kept = read(), before = kept, changedAt = 0, quietSince = 0, failedAt = 0, busy = null, leaving = false;

  // What other scripts fill in while the page opens is nobody's work yet.
  let isTouched = false;
  for (const event of ["pointerdown", "keydown", "paste", "drop", "input"]) {
    document.addEventListener(event, () => (isTouched = true), { capture: true, once: true });
  }

  function read() {
    return JSON.stringify([...new FormData(form)].filter(([name]) => !UNTYPED.includes(name)));
  }

  function link(text, address, isNew) {
    const anchor = Object.assign(document.createElement("a"), { href: address, textContent: text });
    if (isNew) anchor.target = "_blank";
    return anchor;
  }

  function cookie(name) {
    return document.cookie.split("; ").find((each) => each.startsWith(name + "="))?.slice(name.length + 1);
  }

  // In this browser

  function hold() {
    const entries = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    try {
      localStorage.setItem(own(), JSON.stringify({ at: Date.now(), entries }));
      return true;
    } catch {
      return false;
    }
  }

  function forget(key = own()) {
    try { localStorage.removeItem(key); } catch { /* a browser that stores nothing has nothing to forget */ }
  }

  function held(where = "") {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(owned + where));
      return keys.map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }));
    } catch {
      return [];
    }
  }

  // On the server

  function post(body, isLast) {
    const token = cookie("csrftoken") || form.elements.csrfmiddlewaretoken.value; // a new one after a login elsewhere
    body.delete("csrfmiddlewaretoken");
    busy = new AbortController();
    const options = { method: "POST", body, redirect: "manual", keepalive: isLast, signal: busy.signal };
    return fetch(line.dataset.keep, { ...options, headers: { "X-CSRFToken": token } });
  }

  async function answer(response) {
    if (response.type === "opaqueredirect") return { lost: true };
    if (response.status === 403) return { sentence: "The server does not accept this form any more: you may have signed in anew." };
    const said = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    if (response.ok) return said;
    if (said.sentence) return { sentence: said.sentence };
    return { sentence: response.status < 500 ? "This is more than the server can keep." : "The server is in trouble." };
  }

  async function keep(isLast = false) {
    if (busy || leaving) return;
    const sent = read();
    let said;
    try {
      said = await answer(await post(new FormData(form), isLast));
    } catch {
      if (leaving) return;
      said = { sentence: "The server cannot be reached." };
    } finally {
      busy = null;
    }
    if (said.copy) arrived(said, sent);
    else missed(said);
  }

  function arrived(said, sent) {
    forget();
    form.elements.copy.value = said.copy;
    form.elements.saves.value = said.saves;
    const token = cookie("csrftoken");
    if (token) form.elements.csrfmiddlewaretoken.value = token;
    kept = sent;
    failedAt = 0;
    tell(said.saved_at, said.problems && Object.values(said.problems).flat().length);
    if (said.sentence) line.append(" ", said.sentence, " ", link("Look at both", said.address));
    line.classList.toggle("is-troubled", Boolean(said.sentence));
  }

  function tell(moment, lacking) { // a results table is judged only when it is sent
    if (lacking === undefined) return void words(`Kept at ${clock(moment)}.`);
    const state = lacking ? plural(lacking, "1 thing", "# things") + " still missing or wrong." : "nothing is missing.";
    words(`Kept at ${clock(moment)}, ${state}`);
  }

  function missed(said) {
    failedAt = Date.now();
    line.classList.add("is-troubled");
    const isHeld = hold();
    const where = isHeld
      ? `What you typed is kept in this browser since ${clock(Date.now())}, and sent as soon as it can be.`
      : "This browser cannot keep it either: leave this page open, and copy what you typed.";
    if (!said.lost) words(`${said.sentence} ${where}`);
    else words("You are no longer signed in. ", link("Sign in in another tab", "/admin/login/?next=/admin/", true), `. ${where}`);
  }

  // While it is typed

  setInterval(() => {
    if (document.hidden || leaving || busy) return;
    const now = read();
    if (!isTouched) kept = now;
    if (now === kept && !failedAt) return void (changedAt = 0, before = now);
    if (now !== before) {
      before = now;
      if (!changedAt) changedAt = Date.now();
      quietSince = Date.now();
      if (Date.now() - changedAt < LONGEST_WAIT) return;
    }
    const isQuiet = Date.now() - quietSince >= QUIET || Date.now() - changedAt >= LONGEST_WAIT;
    if (failedAt && changedAt && isQuiet) changedAt = hold() ? 0 : changedAt;
    if (failedAt ? Date.now() - failedAt > RETRY : isQuiet) keep().then(() => (changedAt = 0));
  }, 1000);

  // When the page is left

  function leave() {
    if (leaving || !isTouched || read() === kept) return;
    if (failedAt || read().length > LAST_WORD) hold();
    else keep(true);
  }
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pagehide", leave);
  form.addEventListener("submit", () => {
    leaving = true;
    busy?.abort();
    hold(); // until the server says that it has arrived
  });
  addEventListener("pageshow", () => (leaving = false));

  // When it is opened

  function offer(unsent) {
    const box = document.createElement("div");
    box.className = "working";
    const said = document.createElement("p");
    const button = (text, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      made.addEventListener("click", act);
      return made;
    };
    const again = async () => {
      const body = new FormData();
      unsent.entries.forEach(([name, value]) => body.append(name, value));
      let answered;
      try { answered = await answer(await post(body)); } catch { answered = { sentence: "The server cannot be reached: try it again later." }; }
      busy = null;
      if (!answered.address) return void said.append(" ", answered.sentence ?? "You are no longer signed in.");
      forget(unsent.key);
      leaving = true;
      location.assign(answered.address);
    };
    said.append(
      `What you typed here at ${clock(unsent.at)} never reached the server. `,
      button("Continue it", again), " or ", button("discard it", () => { forget(unsent.key); box.remove(); }), "."
    );
    box.append(said);
    form.prepend(box);
  }

  held().filter(({ key }) => key.endsWith(":" + cookie("received"))).forEach(({ key }) => forget(key));
  held(line.dataset.keep + ":").forEach(offer);
  if (line.dataset.kept) tell(line.dataset.kept, line.dataset.lacking && Number(line.dataset.lacking));
  document.querySelectorAll(".working time, .held time").forEach((time) => {
    time.textContent = new Date(time.dateTime).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  });
  // A chosen record hides its field behind one of its own, which can take the focus.
  document.querySelectorAll(".problems a, .conflict th a").forEach((anchor) => anchor.addEventListener("click", () => {
    const field = document.getElementById(anchor.hash.slice(1));
    (field?.nextElementSibling?.querySelector(".select2-selection") ?? field)?.focus();
  }));
})();
