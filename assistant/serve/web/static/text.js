// Text into the page: never as markup. Hidden characters are written out, so that what is read is what is there.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

export const visible = (text) => String(text ?? "").replace(HIDDEN, (c) => `\\u${c.codePointAt(0).toString(16).padStart(4, "0")}`);

// element("p", {class: "hint"}, "text", child …): attributes are set, strings become text nodes.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child != null).map((child) => (typeof child === "string" ? visible(child) : child)));
  return made;
}

// Offsets count code points; JavaScript strings count UTF-16 units.
export const slice = (points, start, end) => points.slice(start, end).join("");

const words = (text) => text.match(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*|\s+|[^\p{L}\p{N}\s]/gu) ?? [];

// Both texts as lists of nodes, words that the other lacks (in order) marked; longest common subsequence. What has
// nothing in common is not marked at all: everything would be.
export function differing(left, right) {
  const a = words(left), b = words(right);
  if (a.length * b.length > 250000) return [[visible(left)], [visible(right)]];
  const same = (i, j) => a[i].toLowerCase() === b[j].toLowerCase();
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) best[i][j] = same(i, j) ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  const own = [a.map(() => true), b.map(() => true)];
  let i = 0, j = 0;
  while (i < a.length && j < b.length) {
    if (same(i, j)) { own[0][i++] = false; own[1][j++] = false; }
    else if (best[i + 1][j] >= best[i][j + 1]) i++;
    else j++;
  }
  const common = a.some((word, k) => !own[0][k] && word.trim());
  return [marked(a, own[0], common), marked(b, own[1], common)];
}

// One mark for a run of marked words: the space between two of them belongs to it, others do not.
function marked(list, own, common) {
  const out = [];
  let run = [];
  const flush = () => { if (run.length) out.push(element("mark", {}, run.join(""))); run = []; };
  list.forEach((word, k) => {
    const space = !word.trim();
    if (common && (space ? run.length && own[k + 1] && k + 1 < list.length : own[k])) run.push(word);
    else { flush(); out.push(visible(word)); }
  });
  flush();
  return out;
}
