// Answers, verdicts, comparisons and audits as elements. `open(article_id, start, end)` shows a place in an article.
import { differing, element } from "./text.js";

const STATUS = { answered: "Answered", partial: "Answered in part", refused: "The articles do not say" };
const STANCE = { supports: "supports", refutes: "refutes", differs: "says otherwise", silent: "does not say" };
const FLAGS = { wording: "Different wording", quantity: "Different number", qualifier: "Number hedged differently", scope: "Different scope", attribution: "Who says so", quotation: "Quotation", modality: "Different strength", negation: "The opposite", time: "Time", headline_body: "Headline against body", opinion: "Opinion", secondhand: "Second-hand", single_source: "One source only", overreach: "Goes further than the sources", false_premise: "False premise" };
const RELATION = { same: "stands in", nearest: "nearest, in", fragment: "a part stands in", elsewhere: "but it stands in" };
const FEW = 3; // silent sources that keep a row of their own
const plain = (kind) => kind.replaceAll("_", " ");

export function draw(result, desk) {
  return { ask: answer, verify: verification, compare: comparison, quotes: quotations }[result.command](result, desk);
}

export function statement(part, citations, desk) {
  const buttons = part.citations.map((n) => {
    const cited = citations.find((c) => c.n === n);
    return element("button", { type: "button", class: "cite", "aria-label": `Citation ${n}`, title: cited?.quote ?? "", onclick: () => cited && desk.open(cited.article_id, cited.start, cited.end) }, String(n));
  });
  return element("p", {}, part.text, " ", ...buttons);
}

function answer(result, desk) {
  const stances = result.sources.some((source) => source.stance);
  const rows = result.sources.map((source) => {
    const cited = result.citations.filter((c) => source.citations.includes(c.n));
    return { id: source.article_id, stance: source.stance, words: cited.map((c) => quote(c, desk, `${c.n}. `)) };
  });
  return element("div", { class: "reply" },
    element("p", {}, element("span", { class: `verdict ${result.status}` }, STATUS[result.status])),
    told(result.statements).map((part) => statement(part, result.citations, desk)),
    result.missing?.length ? element("p", { class: "hint" }, `Not in the articles: ${result.missing.join("; ")}`) : null,
    flags(result.flags, desk, "the question"),
    result.dropped?.length ? element("details", {}, element("summary", { class: "hint" }, `What was dropped of the model's text (${result.dropped.length})`), result.dropped.map((line) => element("p", { class: "hint" }, line))) : null,
    sources(rows, desk, stances),
    degraded(result),
    result.not_consulted ? element("p", { class: "hint" }, `${result.not_consulted} more articles were not consulted: nothing in them came near.`) : null,
    result.model?.sent_to ? element("p", { class: "hint" }, result.model.chat ? `Phrased by ${result.model.chat}, which was sent the question and the quoted passages; checked here sentence by sentence.` : `${result.model.sent_to} was sent the question and the quoted passages; nothing that it wrote was used.`) : null);
}

// Who is silent is said in one breath, not in a paragraph each.
function told(statements) {
  const out = [];
  for (const part of statements) {
    const last = out.at(-1);
    if (last && !part.citations.length && !last.citations.length) last.text += ` ${part.text}`;
    else out.push({ ...part });
  }
  return out;
}

function verification(result, desk) {
  const claims = result.claims.map((claim) => {
    const rows = claim.sources.map((source) => ({
      id: source.article_id, stance: source.stance,
      words: source.evidence.map((part) => quote(part, desk, "", source.article_id)),
      nearest: source.evidence.length ? [] : source.nearest.slice(0, 1).map((part) => quote(part, desk, "nearest: ", source.article_id)),
    }));
    return element("section", {}, element("p", {}, element("span", { class: `verdict ${claim.verdict}` }, plain(claim.verdict))), result.claims.length > 1 ? element("p", { class: "claim" }, claim.text) : null, claim.reason ? element("p", { class: "reason" }, claim.reason) : null, sources(rows, desk, true), flags(claim.flags, desk, "the claim"));
  });
  const rest = [...result.unchecked.map((p) => `Not checked: ${p.text} (${p.why})`), ...result.errors.map((p) => `Could not be judged: ${p.claim} (${p.error})`)];
  return element("div", { class: "reply" }, claims, degraded(result), rest.map((line) => element("p", { class: "hint" }, line)));
}

// A row for each source; of many that have nothing to say, one that opens.
function sources(rows, desk, stances) {
  const silent = rows.filter((row) => !row.words.length);
  const folded = silent.length > FEW ? silent : [];
  const cells = (row) => element("tr", {}, element("td", {}, desk.name(row.id)), stances ? element("td", { class: `label ${row.stance ?? ""}` }, STANCE[row.stance] ?? "") : null, element("td", {}, row.words, row.nearest, row.words.length || row.nearest?.length ? null : element("span", { class: "where" }, "nothing quoted")));
  const shown = rows.filter((row) => !folded.includes(row));
  return element("div", {},
    shown.length ? table(stances ? ["Source", "Stance", "Its words"] : ["Source", "Its words"], shown.map(cells)) : null,
    folded.length ? element("details", { class: "silence" }, element("summary", {}, `${folded.length} ${shown.length ? "other sources do" : "sources do"} not say`), table(stances ? ["Source", "Stance", "Its words"] : ["Source", "Its words"], folded.map(cells))) : null);
}

function comparison(result, desk) {
  const rows = result.rows.map((row) => element("tr", {}, element("td", {}, desk.name(row.article_id)), element("td", { class: "where" }, row.section), element("td", {}, element("mark", {}, row.wording), " ", quote({ ...row, section: "" }, desk))));
  const differences = result.differences.map((part) => flag({ ...part, ours: part.left, theirs: part.right }, desk, ""));
  return element("div", { class: "reply" }, degraded(result),
    result.rows.length ? table(["Source", "Where", "Wording"], rows) : element("p", {}, "The articles say nothing about that."),
    differences.length ? element("h3", { class: "label" }, "Differences") : null, differences,
    result.agreements.length ? element("h3", { class: "label" }, "Agreement") : null,
    result.agreements.map((part) => element("div", { class: "agreed" }, element("p", {}, part.note), element("div", { class: "pair" }, part.spans.map((span) => element("div", {}, element("span", { class: "who" }, desk.name(span.article_id)), quote(span, desk)))))));
}

function quotations(result, desk) {
  if (!result.quotations.length) return element("div", { class: "reply" }, element("p", {}, "There is no quotation in that."));
  const blocks = result.quotations.map((part) => {
    const diff = part.diff?.length ? element("p", {}, part.diff.flatMap(([tag, words]) => [tag === "same" ? words : element(tag === "drop" ? "del" : "ins", {}, words), " "])) : null;
    const places = part.matches.map((match) => element("p", {}, element("span", { class: "where" }, `${RELATION[match.relation] ?? match.relation} `), place(match, desk), match.quote === part.text ? null : [element("span", { class: "where" }, ": "), quoted(match, desk)]));
    return element("section", {}, element("p", {}, element("span", { class: `verdict ${part.status}` }, plain(part.status))), element("p", { class: "claim" }, `“${part.text}”`), diff, places, flags(part.flags, desk, "the draft"));
  });
  return element("div", { class: "reply" }, blocks);
}

function quote(span, desk, prefix = "", article = span.article_id) {
  return element("p", {}, quoted(span, desk, prefix, article), span.section === "headline" ? element("span", { class: "where" }, " headline") : null);
}

function quoted(span, desk, prefix = "", article = span.article_id) {
  return element("button", { type: "button", class: "quote", title: "Show it in the article", onclick: () => desk.open(article, span.start, span.end) }, prefix ? element("span", { class: "where" }, prefix) : null, `“${span.quote}”`);
}

function place(span, desk) {
  return element("button", { type: "button", class: "quote place", title: "Show it in the article", onclick: () => desk.open(span.article_id, span.start, span.end) }, desk.name(span.article_id));
}

const degraded = (result) => (result.degraded ? element("p", { class: "hint" }, `Degraded: searched by keyword alone, so passages in other words may be missing (${result.degraded})`) : null);
const table = (heads, rows) => element("table", {}, element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)))), element("tbody", {}, rows));
const flags = (list, desk, own) => list.map((one) => flag(one, desk, own));

function flag(one, desk, own) {
  const sides = [one.ours, one.theirs].filter((side) => side?.quote);
  const words = sides.length === 2 ? differing(sides[0].quote, sides[1].quote) : sides.map((side) => [side.quote]);
  const boxes = sides.map((side, k) => element("div", {}, element("span", { class: "who" }, who(one, sides, k, desk, own)), "“", words[k], "”"));
  const kind = FLAGS[one.kind] ?? plain(one.kind);
  const note = one.note.startsWith(`${kind}. `) ? one.note.slice(kind.length + 2) : one.note;
  return element("div", { class: "flag" }, element("span", { class: "kind" }, kind), " ", note, boxes.length ? element("div", { class: "pair" }, boxes) : null);
}

// Of a headline and its own body, the headline comes first in the text.
function who(one, sides, k, desk, own) {
  const side = sides[k], other = sides[1 - k];
  if (!side.article_id) return own;
  if (one.kind !== "headline_body" || side.article_id !== other?.article_id) return desk.name(side.article_id);
  return `${desk.name(side.article_id)}, ${(side.start ?? 0) < (other.start ?? 0) ? "headline" : "body"}`;
}
