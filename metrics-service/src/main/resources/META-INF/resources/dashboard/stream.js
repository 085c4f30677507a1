// The live picture as it comes: Server-Sent Events over fetch, as EventSource sends no token.

import { headers, successful } from "./api.js";

const PATH = "/api/v1/metrics/realtime/stream";
const QUIET_MS = 5000; // an event comes every second: after that something on the way holds them back

/**
 * Calls back with each event, `{ event, id, data }`, until the service ends the stream.
 * @param lastId the last id that was seen, if any: what was missed since is told
 * @throws ApiError when there is no stream to be had; anything else when it breaks
 */
export async function follow(session, lastId, onEvent, signal) {
    const watchdog = new AbortController();
    let bark = 0;
    const heard = () => {
        clearTimeout(bark);
        bark = setTimeout(() => watchdog.abort(), QUIET_MS);
    };
    heard();
    try {
        const response = await fetch(PATH, {
            headers: { ...headers(session), Accept: "text/event-stream", ...(lastId && { "Last-Event-ID": lastId }) },
            signal: AbortSignal.any([signal, watchdog.signal]),
            cache: "no-store",
        });
        const reader = (await successful(response)).body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = "";
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
            heard();
            const events = (rest + part.value).split("\n\n");
            rest = events.pop();
            events.map(parse).filter(({ data }) => data).forEach(onEvent);
        }
    } finally {
        clearTimeout(bark);
    }
}

function parse(text) {
    const fields = Object.fromEntries(
        text
            .split("\n")
            .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()])
            .filter(([name]) => name),
    );
    return { ...fields, data: fields.data && JSON.parse(fields.data) };
}
