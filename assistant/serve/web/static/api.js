// Calls to the server. Errors carry the server's own words and what to do next.
const BASE = "/api/v1";
let key = sessionStorage.getItem("claimdesk-key");

export class Refused extends Error {
  constructor(status, error) { super(error?.message ?? `the server answered ${status}`); this.status = status; this.kind = error?.kind ?? ""; this.next = error?.next ?? ""; }
}

export function useKey(given) { key = given; sessionStorage.setItem("claimdesk-key", given); }

function headers() { return { "Content-Type": "application/json", ...(key ? { Authorization: `Bearer ${key}` } : {}) }; }

async function refused(response) {
  const body = await response.json().catch(() => ({}));
  const detail = Array.isArray(body.detail) ? { message: body.detail.map((d) => `${d.loc?.at(-1)}: ${d.msg}`).join("; ") } : undefined;
  return new Refused(response.status, body.error ?? detail);
}

export async function call(method, path, body) {
  const response = await fetch(BASE + path, { method, headers: headers(), body: body === undefined ? undefined : JSON.stringify(body) });
  if (!response.ok) throw await refused(response);
  return response.json();
}

// Yields [event, data] of a server-sent event stream.
export async function* events(path, body, signal) {
  const response = await fetch(BASE + path, { method: "POST", headers: headers(), body: JSON.stringify(body), signal });
  if (!response.ok) throw await refused(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1], data = /^data: (.*)$/m.exec(block)?.[1];
      if (name && data) yield [name, JSON.parse(data)];
    }
  }
}
