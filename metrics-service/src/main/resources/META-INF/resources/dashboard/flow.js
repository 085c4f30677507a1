// What flows: the busiest subjects, channels and agents, how long messages take, how often they fail.

import { percent, short, time, whole } from "./format.js";

const SHOWN = 6;
const $ = (id) => document.getElementById(id);

export function renderFlow(now) {
    renderLatency(now.latency_ms);
    $("errors-tile").hidden = now.error_rate === undefined;
    $("errors").textContent = percent(now.error_rate);
    $("flow-card").hidden = !now.subjects;
    if (!now.subjects) {
        return;
    }
    bars($("subjects"), now.subjects.map(({ name, messages }) => [name, messages]));
    bars($("channels"), (now.channels ?? []).map(({ name, messages }) => [name, messages]));
    bars($("publishers"), (now.top_agents ?? []).map(({ agent_id, messages }) => [agent_id, messages]));
    $("flow-window").textContent = now.window ? `Messages from ${time(now.window.from)} to ${time(now.window.to)}` : "";
}

function renderLatency(latency) {
    $("latency-tile").hidden = !latency;
    if (latency) {
        $("latency").textContent = milliseconds(latency.p95);
        $("latency-others").textContent = `p50 ${milliseconds(latency.p50)}, p99 ${milliseconds(latency.p99)}`;
    }
}

const milliseconds = (value) => `${short(value)} ms`;

/** A list of names with numbers, the most first. */
export function bars(list, entries, otherwise = "nothing just now") {
    const shown = entries.slice(0, SHOWN);
    const most = Math.max(...shown.map(([, messages]) => messages), 1);
    list.replaceChildren(...(shown.length ? shown.map(([name, messages]) => bar(name, messages, messages / most)) : [nothing(otherwise)]));
}

function bar(name, messages, share) {
    const li = document.createElement("li");
    const label = document.createElement("span");
    label.textContent = name;
    label.title = name;
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = whole(messages);
    li.style.setProperty("--share", `${(100 * share).toFixed(1)}%`);
    li.append(label, number);
    return li;
}

function nothing(text) {
    const li = document.createElement("li");
    li.className = "none";
    li.textContent = text;
    return li;
}
