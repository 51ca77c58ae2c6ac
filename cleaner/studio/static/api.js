// Asking the server. The token comes with the address, stays in this tab, and is sent in a header only.

const KEY = "cleaner-studio-token";

/** Take the token out of the address. */
export function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  sessionStorage.setItem(KEY, token);
  history.replaceState(null, "", location.pathname);
}

export class ServerError extends Error {
  /** @param {string} message @param {number} status @param {string} [key] */
  constructor(message, status, key) {
    super(message);
    this.status = status;
    this.key = key;
  }
}

/** @param {string} path @param {unknown} [body] @param {AbortSignal} [signal] @returns {Promise<Response>} */
async function request(path, body, signal) {
  const headers = new Headers({ Authorization: `Bearer ${sessionStorage.getItem(KEY) ?? ""}` });
  /** @type {RequestInit} */
  const options = { headers, signal };
  if (body !== undefined) {
    headers.set("Content-Type", "application/json");
    options.method = "POST";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options);
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new ServerError(problem.error ?? response.statusText, response.status, problem.key);
}

/** @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function get(path, signal) {
  return (await request(path, undefined, signal)).json();
}

/** @param {string} path @param {unknown} body @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function post(path, body, signal) {
  return (await request(path, body, signal)).json();
}

/** @param {string} path @param {unknown} body @returns {Promise<Blob>} */
export async function download(path, body) {
  return (await request(path, body)).blob();
}

/** Call `changed` for each version that the server announces, for as long as it runs. @param {(version: number) => void} changed @param {(alive: boolean) => void} connected */
export async function listen(changed, connected) {
  for (;;) {
    try {
      const response = await request("/api/events");
      connected(true);
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = (await reader?.read()) ?? { value: "", done: true };
        if (done) break;
        const lines = (rest + value).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) if (line) changed(JSON.parse(line).version);
      }
    } catch (error) {
      if (error instanceof ServerError && error.status === 401) return;
    }
    connected(false);
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}
