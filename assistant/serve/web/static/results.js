// Answers, verdicts, comparisons and audits as elements. `open(article_id, start, end)` shows a place in an article.
import { differing, element } from "./text.js";

const STATUS = { answered: "Answered", partial: "Answered in part", refused: "The articles do not say" };
const STANCE = { supports: "supports", refutes: "refutes", differs: "says otherwise", silent: "does not say" };
const FLAGS = { wording: "Different wording", quantity: "Different number", qualifier: "Number hedged differently", scope: "Different scope", attribution: "Who says so", quotation: "Quotation", modality: "Different strength", negation: "The opposite", time: "Time", headline_body: "Headline against body", opinion: "Opinion", secondhand: "Second-hand", single_source: "One source only", overreach: "Goes further than the sources", false_premise: "False premise" };
const RELATION = { same: "stands in", nearest: "nearest, in", fragment: "a part stands in", elsewhere: "but it stands in" };
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
    const cells = cited.length ? cited.map((c) => quote(c, desk, `${c.n}. `)) : [element("span", { class: "where" }, "nothing quoted")];
    return element("tr", {}, element("td", {}, desk.name(source.article_id)), stances ? element("td", { class: `label ${source.stance ?? ""}` }, STANCE[source.stance] ?? "") : null, element("td", {}, cells));
  });
  return element("div", { class: "reply" },
    element("p", {}, element("span", { class: `verdict ${result.status}` }, STATUS[result.status])),
    result.statements.map((part) => statement(part, result.citations, desk)),
    result.missing?.length ? element("p", { class: "hint" }, `Not in the articles: ${result.missing.join("; ")}`) : null,
    flags(result.flags, desk, "the question"),
    result.dropped?.length ? element("details", {}, element("summary", { class: "hint" }, `${result.dropped.length} sentence(s) of the model were dropped`), result.dropped.map((line) => element("p", { class: "hint" }, line))) : null,
    table(stances ? ["Source", "Stance", "Its words"] : ["Source", "Its words"], rows),
    degraded(result),
    result.not_consulted ? element("p", { class: "hint" }, `${result.not_consulted} more articles were not consulted: nothing in them came near.`) : null,
    result.model?.sent_to ? element("p", { class: "hint" }, result.model.chat ? `Phrased by ${result.model.chat}, which was sent the question and the quoted passages; checked here sentence by sentence.` : `${result.model.sent_to} was sent the question and the quoted passages; nothing that it wrote was used.`) : null);
}

function verification(result, desk) {
  const claims = result.claims.map((claim) => {
    const rows = claim.sources.map((source) => {
      const words = source.evidence.length ? source.evidence.map((part) => quote(part, desk, "", source.article_id)) : source.nearest.slice(0, 1).map((part) => element("p", { class: "where" }, "nearest: ", quote(part, desk, "", source.article_id)));
      return element("tr", {}, element("td", {}, desk.name(source.article_id)), element("td", { class: `label ${source.stance}` }, STANCE[source.stance]), element("td", {}, words));
    });
    return element("section", {}, element("p", {}, element("span", { class: `verdict ${claim.verdict}` }, plain(claim.verdict))), result.claims.length > 1 ? element("p", { class: "claim" }, claim.text) : null, claim.reason ? element("p", { class: "reason" }, claim.reason) : null, table(["Source", "Stance", "Its words"], rows), flags(claim.flags, desk, "the claim"));
  });
  const rest = [...result.unchecked.map((p) => `Not checked: ${p.text} (${p.why})`), ...result.errors.map((p) => `Could not be judged: ${p.claim} (${p.error})`)];
  return element("div", { class: "reply" }, claims, degraded(result), rest.map((line) => element("p", { class: "hint" }, line)));
}

function comparison(result, desk) {
  const rows = result.rows.map((row) => element("tr", {}, element("td", {}, desk.name(row.article_id)), element("td", { class: "where" }, row.section), element("td", {}, element("mark", {}, row.wording), " ", quote({ ...row, section: "" }, desk))));
  const differences = result.differences.map((part) => flag({ ...part, ours: part.left, theirs: part.right }, desk, ""));
  return element("div", { class: "reply" }, degraded(result),
    result.rows.length ? table(["Source", "Where", "Wording"], rows) : element("p", {}, "The articles say nothing about that."),
    differences.length ? element("h3", { class: "label" }, "Differences") : null, differences,
    result.agreements.length ? element("h3", { class: "label" }, "Agreement") : null,
    result.agreements.map((part) => element("div", {}, element("p", {}, part.note), part.spans.map((span) => element("p", { class: "where" }, `${desk.name(span.article_id)}: `, quote(span, desk))))));
}

function quotations(result, desk) {
  if (!result.quotations.length) return element("div", { class: "reply" }, element("p", {}, "There is no quotation in that."));
  const blocks = result.quotations.map((part) => {
    const diff = part.diff?.length ? element("p", {}, part.diff.flatMap(([tag, words]) => [tag === "same" ? words : element(tag === "drop" ? "del" : "ins", {}, words), " "])) : null;
    const places = part.matches.map((match) => element("p", {}, element("span", { class: "where" }, `${RELATION[match.relation] ?? match.relation} ${desk.name(match.article_id)} `), quote(match, desk)));
    return element("section", {}, element("p", {}, element("span", { class: `verdict ${part.status}` }, plain(part.status))), element("p", { class: "claim" }, `“${part.text}”`), diff, places, flags(part.flags, desk, "the draft"));
  });
  return element("div", { class: "reply" }, blocks);
}

function quote(span, desk, prefix = "", article = span.article_id) {
  return element("p", {}, element("button", { type: "button", class: "quote", title: "Show it in the article", onclick: () => desk.open(article, span.start, span.end) }, `${prefix}“${span.quote}”`), span.section === "headline" ? element("span", { class: "where" }, " headline") : null);
}

const degraded = (result) => (result.degraded ? element("p", { class: "hint" }, `Degraded: searched by keyword alone, so passages in other words may be missing (${result.degraded})`) : null);
const table = (heads, rows) => element("table", {}, element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)))), element("tbody", {}, rows));
const flags = (list, desk, own) => list.map((one) => flag(one, desk, own));

function flag(one, desk, own) {
  const sides = [one.ours, one.theirs].filter((side) => side?.quote);
  const marked = sides.length === 2 ? differing(sides[0].quote, sides[1].quote) : sides.map((side) => [side.quote]);
  const boxes = sides.map((side, k) => element("div", {}, element("span", { class: "who" }, side.article_id ? desk.name(side.article_id) : own), "“", marked[k], "”"));
  return element("div", { class: "flag" }, element("span", { class: "kind" }, FLAGS[one.kind] ?? plain(one.kind)), " ", one.note, boxes.length ? element("div", { class: "pair" }, boxes) : null);
}
