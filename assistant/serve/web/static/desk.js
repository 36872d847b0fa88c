// The page: conversations and articles on the left, the talk in the middle, an article on the right.
import { call, events, Refused, useKey } from "./api.js";
import { draw, statement } from "./results.js";
import { element, slice, visible } from "./text.js";

const $ = (id) => document.getElementById(id);
const desk = { articles: new Map(), talk: null, running: null, name, open };
const SHOWN = 60; // articles in the list at once
const NO_MODEL = "extractive";
const ASKED = { ask: "Question", verify: "Claim", compare: "Topic", quotes: "Draft" };
const PLACEHOLDER = { ask: "Ask the articles a question", verify: "Paste a claim or a paragraph to check", compare: "Name what to compare: people, a number, an event", quotes: "Paste a draft: every quotation in it is checked" };

function name(id) {
  const article = desk.articles.get(id);
  if (!article) return id.slice(0, 8);
  if (article.publisher) return article.publisher;
  const file = article.source.split(/[\\/]/).pop() || article.source;
  return /^[\w-]+\.\w+$/.test(file) ? `Article ${file.replace(/\.\w+$/, "").split("_")[0]}` : file;
}
const titled = (talk) => talk.title.replace(/^\/(?:ask|verify|compare|quotes) /, "");

async function attempt(action) {
  try { return await action(); } catch (error) {
    if (error.name === "AbortError") return undefined;
    if (error instanceof Refused && error.status === 401) { await askKey(); return attempt(action); }
    $("thread").append(errorBox(error));
    $("thread").lastChild.scrollIntoView();
    return undefined;
  }
}

const NO_ARTICLES = "There are no articles yet: drop files on the left, or use Add.";

function errorBox(error, retry) {
  const known = error instanceof Refused, empty = known && error.kind === "EmptyCollection";
  const said = empty ? NO_ARTICLES : known ? error.message : "The server cannot be reached. Is claimdesk serve still running?";
  const next = empty || !error.next ? "" : error.next.startsWith("claimdesk ") ? `In a terminal: ${error.next}` : `Next: ${error.next}`;
  return element("div", { class: "error", role: "alert" }, element("p", {}, said), next ? element("p", { class: "hint" }, next) : null, retry ? element("button", { type: "button", class: "small", onclick: retry }, "Try again") : null);
}

// Dialogs

let answer = null; // of the dialog that is open

function ask(title, { value = null, note = "", yes = "OK" } = {}) {
  $("asking-title").textContent = title; $("asking-note").textContent = note; $("asking-yes").textContent = yes;
  $("asking-value").hidden = value === null; $("asking-value").value = value ?? "";
  const dialog = $("asking");
  answer?.(null); // closed, but its event has not come yet
  dialog.returnValue = "no"; dialog.showModal();
  return new Promise((resolve) => { answer = resolve; });
}

$("asking").addEventListener("close", () => {
  if ($("asking").open) return; // of the one before
  answer?.($("asking").returnValue === "yes" ? $("asking-value").value || true : null); answer = null;
});

async function askKey() {
  const given = await ask("This server needs a key", { value: "", note: "It was printed when the server was started." });
  if (typeof given === "string") useKey(given);
}

// Articles

async function loadArticles() {
  const found = await attempt(() => call("GET", "/sources"));
  if (!found) return;
  desk.articles = new Map(found.articles.map((article) => [article.article_id, article]));
  drawArticles();
}

function drawArticles() {
  const pinned = new Set(desk.talk?.pinned ?? []);
  $("pin-hint").textContent = desk.articles.size ? (pinned.size ? `Only ${pinned.size} pinned article(s) are asked.` : "Pin articles to ask only those.") : "No articles yet: drop files here, or use Add.";
  const wanted = $("article-filter").value.trim().toLowerCase();
  const every = [...desk.articles.values()].reverse().sort((a, b) => pinned.has(b.article_id) - pinned.has(a.article_id));
  const found = wanted ? every.filter((a) => [a.headline, a.publisher, a.source, a.published].some((part) => part?.toLowerCase().includes(wanted))) : every;
  $("article-filter").hidden = desk.articles.size < 8;
  $("articles-more").hidden = found.length <= SHOWN; $("articles-more").textContent = `${(found.length - SHOWN).toLocaleString("en")} more: find them by a word of the headline.`;
  $("articles").replaceChildren(...found.slice(0, SHOWN).map((article) => element("li", {},
    element("button", { type: "button", class: "open", onclick: () => open(article.article_id) }, article.headline || name(article.article_id), element("small", {}, [article.publisher, article.published, `${article.words} words`].filter(Boolean).join(" · "))),
    element("button", { type: "button", class: "pin", "aria-pressed": String(pinned.has(article.article_id)), "aria-label": `Pin ${name(article.article_id)}`, onclick: () => pin(article.article_id) }, pinned.has(article.article_id) ? "Pinned" : "Pin"))));
}

async function pin(id) {
  await ensureTalk();
  const pinned = new Set(desk.talk.pinned);
  if (!pinned.delete(id)) pinned.add(id);
  const changed = await attempt(() => call("PATCH", `/conversations/${desk.talk.conversation_id}`, { pinned: [...pinned] }));
  if (changed) { desk.talk.pinned = changed.pinned; drawArticles(); }
}

async function addArticles(files) {
  const list = [...files];
  let done = 0, failed = [];
  $("index-bar").hidden = false; $("index-bar").max = list.length;
  for (const file of list) {
    $("index-bar").value = done;
    $("index-state").textContent = `Indexing ${done + 1} of ${list.length}: ${visible(file.name)}`;
    const report = await attempt(async () => call("POST", "/index", { files: [{ name: file.name, content_base64: await base64(file) }] }));
    done += 1;
    failed = failed.concat(report ? report.failed : [{ source: file.name, error: "not indexed" }]);
  }
  $("index-state").textContent = `${done - failed.length} of ${done} indexed.${failed.map((f) => ` ${visible(f.source.split("/").pop())}: ${visible(f.error)}`).join("")}`;
  $("index-bar").hidden = true;
  await loadArticles();
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return btoa(binary);
}

let opener = null;
async function open(id, start, end) {
  const article = await attempt(() => call("GET", `/sources/${id}`));
  if (!article) return;
  if ($("drawer").hidden) opener = document.activeElement;
  const points = Array.from(article.text);
  const headline = article.sections.find((section) => section.section === "headline");
  const cut = start === undefined ? [] : [start, end];
  const edges = [...new Set([0, ...(headline ? [headline.start, headline.end] : []), ...cut, points.length])].sort((a, b) => a - b);
  const pieces = edges.slice(0, -1).map((from, k) => {
    const text = slice(points, from, edges[k + 1]);
    const inner = start !== undefined && from >= start && from < end ? element("mark", { id: "cited" }, text) : visible(text);
    return headline && from >= headline.start && from < headline.end ? element("span", { class: "headline" }, inner) : inner;
  });
  $("drawer-title").textContent = visible(article.headline || name(id));
  $("drawer-meta").textContent = visible([article.byline, article.publisher, article.published, article.source].filter(Boolean).join(" · "));
  $("drawer-text").replaceChildren(...pieces);
  $("drawer").hidden = false;
  $("drawer-title").focus();
  $("cited")?.scrollIntoView({ block: "center" });
}

function closeDrawer() { $("drawer").hidden = true; opener?.focus(); }

// Conversations

async function loadTalks() {
  const found = await attempt(() => call("GET", "/conversations"));
  if (!found) return;
  $("talks").replaceChildren(...found.conversations.map((talk) => element("li", {}, element("button", { type: "button", class: "open", "aria-current": String(talk.conversation_id === desk.talk?.conversation_id), onclick: () => showTalk(talk.conversation_id) }, titled(talk)))));
}

async function showTalk(id) {
  const talk = await attempt(() => call("GET", `/conversations/${id}`));
  if (!talk) return;
  desk.talk = talk;
  closeMenu();
  drawTalk();
  await loadTalks();
}

function closeMenu() { $("rail").classList.remove("shown"); $("menu").setAttribute("aria-expanded", "false"); }

function drawTalk() {
  const turns = desk.talk?.turns ?? [];
  $("talk-title").textContent = visible(desk.talk ? titled(desk.talk) : "New conversation");
  drawActions();
  $("thread").replaceChildren(...(turns.length ? turns.map((turn) => turn.role === "user" ? asked(turn.content) : turn.result ? draw(turn.result, desk) : element("div", { class: "reply" }, turn.content)) : [welcome()]));
  drawArticles();
  $("thread").lastElementChild?.scrollIntoView({ block: "end" });
}

function drawActions() { for (const id of ["rename", "export", "delete"]) $(id).hidden = !desk.talk; }

function welcome() {
  const count = desk.articles.size;
  const ways = [["ask", "Ask", "a question: each source answers in its own words, or is said to be silent"], ["verify", "Verify", "a claim: who supports it, who refutes it, who words it otherwise"], ["compare", "Compare", "how each source words a person, a number, an event"], ["quotes", "Quotations", "of a draft: exact, altered, spliced, or nowhere to be found"]];
  return element("div", { class: "welcome" },
    element("strong", {}, count ? "What do the articles say?" : "Begin with your articles"),
    count ? element("p", {}, `${count.toLocaleString("en")} ${count === 1 ? "article is" : "articles are"} indexed. What they do not say is refused.`)
      : element("p", {}, "Drop text, Markdown or HTML files on the left, or run ", element("code", {}, "claimdesk index FOLDER"), ". They stay on this machine."),
    element("ul", { class: "ways" }, ways.map(([value, name, told]) => element("li", {}, element("button", { type: "button", class: "small", onclick: () => { setMode(value); $("words").focus(); } }, name), element("span", {}, told)))));
}

function asked(content) {
  const [, mode = "ask", words = content] = /^\/(verify|compare|quotes|ask) ([\s\S]*)$/.exec(content) ?? [];
  return element("h3", { class: "asked" }, element("span", { class: "what" }, ASKED[mode]), words.length > 600 ? `${words.slice(0, 600)}…` : words);
}

async function ensureTalk() {
  if (!desk.talk) desk.talk = await call("POST", "/conversations");
}

// What could not be asked begins no conversation.
async function dropEmpty() {
  const talk = desk.talk;
  if (talk.turns.length || talk.pinned.length) return;
  const kept = await call("GET", `/conversations/${talk.conversation_id}`).catch(() => null);
  if (!kept || kept.turns.length) return;
  await call("DELETE", `/conversations/${talk.conversation_id}`).catch(() => null);
  desk.talk = null;
}

async function send(content) {
  await attempt(ensureTalk);
  if (!desk.talk) return;
  drawActions();
  if (!desk.talk.turns.length) $("thread").replaceChildren();
  const waiting = element("p", { class: "waiting" }, "Reading the articles…");
  $("thread").append(asked(content), waiting);
  waiting.scrollIntoView({ block: "end" });
  desk.running = new AbortController();
  busy(true);
  const partial = element("div", { class: "reply" });
  let answered = false;
  try {
    for await (const [event, data] of events(`/conversations/${desk.talk.conversation_id}/messages`, { content, model: $("model").value }, desk.running.signal)) {
      if (event === "started" && data.model) waiting.textContent = `Asking ${visible(data.model)}, which is sent the question and the quoted passages…`;
      if (event === "statement") { waiting.replaceWith(partial); partial.append(statement(data, [], desk)); }
      if (event === "error" && !answered) throw new Refused(400, data);
      if (event === "error") $("thread").append(errorBox(new Refused(400, { ...data, message: `Not kept: ${data.message}` })));
      if (event === "reply") {
        answered = true;
        const drawn = draw(data, desk);
        (partial.isConnected ? partial : waiting).replaceWith(drawn);
        desk.talk.turns.push({ role: "user", content }, { role: "assistant", content: "", result: data });
        drawn.previousElementSibling?.scrollIntoView({ block: "start" });
      }
    }
  } catch (error) {
    const place = partial.isConnected ? partial : waiting;
    const again = (event) => { event.target.closest(".error").previousElementSibling?.remove(); event.target.closest(".error").remove(); send(content); };
    const box = errorBox(error.name === "AbortError" ? new Refused(0, { message: "Stopped. Nothing more is computed for it." }) : error, again);
    await dropEmpty(); // before it can be tried again: the next try must not ask in a conversation that is being dropped
    place.replaceWith(box);
    box.scrollIntoView({ block: "nearest" });
  } finally { busy(false); desk.running = null; }
  await loadTalks();
  if (!desk.talk) return drawActions();
  const title = desk.talk.title;
  const fresh = await attempt(() => call("GET", `/conversations/${desk.talk.conversation_id}`));
  if (fresh && fresh.title !== title) { desk.talk.title = fresh.title; $("talk-title").textContent = visible(titled(fresh)); }
}

function busy(now) {
  $("thread").setAttribute("aria-busy", String(now));
  $("send").hidden = now; $("stop").hidden = !now;
  if (!now) $("words").focus();
}

const mode = () => document.querySelector('input[name="mode"]:checked').value;
function setMode(value) {
  document.querySelector(`input[name="mode"][value="${value}"]`).checked = true;
  $("words").placeholder = PLACEHOLDER[value];
  $("words").setAttribute("aria-label", ASKED[value]);
  $("send").textContent = { ask: "Ask", verify: "Verify", compare: "Compare", quotes: "Check" }[value];
  sayWhatIsSent();
}

// Wiring

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = $("words").value.trim();
  if (!words || desk.running) return;
  $("words").value = "";
  send(mode() === "ask" ? words : `/${mode()} ${words}`);
});
$("words").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("composer").requestSubmit(); } });
document.querySelectorAll('input[name="mode"]').forEach((input) => input.addEventListener("change", () => setMode(input.value)));
$("stop").addEventListener("click", () => desk.running?.abort());
$("new-talk").addEventListener("click", () => { closeMenu(); desk.talk = null; drawTalk(); loadTalks(); $("words").focus(); });
$("article-filter").addEventListener("input", drawArticles);
$("add-articles").addEventListener("click", () => $("article-files").click());
$("article-files").addEventListener("change", (event) => addArticles(event.target.files));
$("close-drawer").addEventListener("click", closeDrawer);
$("menu").addEventListener("click", () => { const shown = $("rail").classList.toggle("shown"); $("menu").setAttribute("aria-expanded", String(shown)); });
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); $("words").focus(); }
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !$("drawer").hidden && !$("asking").open) closeDrawer(); });
$("rename").addEventListener("click", async () => {
  const title = await ask("Rename the conversation", { value: titled(desk.talk) });
  if (typeof title === "string" && title.trim()) { await attempt(() => call("PATCH", `/conversations/${desk.talk.conversation_id}`, { title })); await showTalk(desk.talk.conversation_id); }
});
$("delete").addEventListener("click", async () => {
  if (!(await ask("Delete this conversation?", { note: "Its questions and answers are removed for good.", yes: "Delete" }))) return;
  await attempt(() => call("DELETE", `/conversations/${desk.talk.conversation_id}`));
  desk.talk = null; drawTalk(); await loadTalks();
});
$("export").addEventListener("click", async () => {
  const found = await attempt(() => call("GET", `/conversations/${desk.talk.conversation_id}/export`));
  if (!found) return;
  const link = element("a", { href: URL.createObjectURL(new Blob([found.markdown], { type: "text/markdown" })), download: "conversation.md" });
  link.click(); URL.revokeObjectURL(link.href);
});
for (const [zone, take] of [[$("rail"), addArticles], [$("composer"), async ([file]) => { setMode("quotes"); $("words").value = await file.text(); $("composer").requestSubmit(); }]]) {
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("dropping"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("dropping"));
  zone.addEventListener("drop", (event) => { event.preventDefault(); zone.classList.remove("dropping"); if (event.dataTransfer.files.length) take(event.dataTransfer.files); });
}
$("model").addEventListener("change", () => { sessionStorage.setItem("claimdesk-model", $("model").value); sayWhatIsSent(); });
// Said before anything is sent, and as long as it would be.
function sayWhatIsSent() {
  const note = models.find((model) => model.name === $("model").value)?.note ?? "";
  $("model-note").textContent = mode() === "ask" ? visible(note) : "";
  $("model-note").hidden = !$("model-note").textContent;
}
window.addEventListener("hashchange", followHash);
function followHash() {
  const found = /^#\/article\/([0-9a-f]{16})(?:\/(\d+)-(\d+))?$/.exec(location.hash);
  if (found) open(found[1], ...(found[2] ? [Number(found[2]), Number(found[3])] : []));
}

const models = (await attempt(() => call("GET", "/models")))?.models ?? [];
for (const model of models) $("model").append(element("option", { value: model.name }, model.name));
$("model").value = sessionStorage.getItem("claimdesk-model") ?? models[0]?.name ?? NO_MODEL;
if (!$("model").value) $("model").value = NO_MODEL;
$("model-choice").hidden = !models.length;
sayWhatIsSent();
await loadArticles();
drawTalk();
await loadTalks();
followHash();
document.body.dataset.ready = "true";
