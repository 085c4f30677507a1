// What flowed in a time that is over: a bar for each step, and where nobody listened no bar but a hatching.

import * as api from "./api.js";
import { niceMax } from "./chart.js";
import { bars } from "./flow.js";
import { ago, percent, time, whole } from "./format.js";

const WIDTH = 600;
const TOP = 8;
const BOTTOM = 160;
const NOTHING = "nothing in this time";

const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

let period = "24h";

/** Has the view ask anew when another period is chosen. */
export function onPeriod(ask) {
    $("periods").addEventListener("click", ({ target }) => {
        if (target.dataset.period) {
            period = target.dataset.period;
            ask();
        }
    });
}

export async function ask(session) {
    for (const button of $("periods").querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.dataset.period === period));
    }
    const wanted = period;
    try {
        const answer = await api.analytics(session, wanted);
        if (wanted === period) {
            render(answer);
        }
    } catch (error) {
        if (wanted === period) {
            renderNothing(
                error.code === "tier_required" ? `Not in your plan: takes ${error.requiredTier}.` : "The history cannot be had just now.",
            );
        }
    }
}

function render({ period: of, totals, growth, trend, peak, quiet_periods: quiet, subjects, channels, top_agents: agents, series }) {
    const published = totals.published ?? { messages: totals.messages };
    $("series-total").textContent = whole(published.messages);
    $("series-growth").textContent =
        growth?.messages === undefined ? "" : `${signed(growth.messages)} against the ${ago(Date.parse(growth.to) - Date.parse(growth.from))} before`;
    draw(series);
    $("series-from").textContent = time(of.from);
    $("series-to").textContent = time(of.to);
    const unseen = series.filter(({ gap }) => gap).length;
    $("series-note").textContent = unseen
        ? `In ${unseen} of ${series.length} ${of.step}s nobody listened, so how messages were spread over them is not known. ` +
          (totals.published ? "The total is the ledger's, and whole." : "The total is of the others.")
        : "";
    $("peak").textContent = peak ? whole(peak.messages) : "–";
    $("peak-when").textContent = peak ? `messages in the ${of.step} from ${time(peak.start)}` : "nothing flowed";
    $("trend").textContent = trend ? { up: "Up", flat: "Flat", down: "Down" }[trend.direction] : "–";
    $("quiet").textContent = quiet.length ? ago(Date.parse(quiet[0].to) - Date.parse(quiet[0].from)) : "–";
    $("quiet-when").textContent = quiet.length ? `from ${time(quiet[0].from)}, the longest of ${quiet.length}` : "hardly a time without messages";
    named($("past-subjects"), subjects);
    named($("past-channels"), channels);
    named($("past-agents"), agents);
}

function renderNothing(why) {
    for (const id of ["series-total", "peak", "trend", "quiet"]) {
        $(id).textContent = "–";
    }
    for (const id of ["series-growth", "series-from", "series-to", "series-max", "peak-when", "quiet-when"]) {
        $(id).textContent = "";
    }
    $("series-bars").replaceChildren();
    $("series-note").textContent = why;
    for (const id of ["past-subjects", "past-channels", "past-agents"]) {
        bars($(id), [], "–");
    }
}

const named = (list, shares = []) =>
    bars(
        list,
        shares.map(({ name, agent_id, messages }) => [name ?? agent_id, messages]),
        NOTHING,
    );

const signed = (share) => `${share < 0 ? "−" : "+"}${percent(Math.abs(share))}`;

function draw(series) {
    const top = niceMax(Math.max(...series.map(({ messages }) => messages ?? 0), 1));
    const width = WIDTH / Math.max(1, series.length);
    $("series-bars").replaceChildren(...series.map((point, i) => bar(point, i * width, width, top)));
    $("series-max").textContent = top.toLocaleString("en");
}

function bar({ start, gap, incomplete, open, messages }, x, width, top) {
    const height = gap ? BOTTOM - TOP : (BOTTOM - TOP) * (messages / top);
    const between = gap ? 0 : width * 0.1;
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("x", (x + between).toFixed(2));
    rect.setAttribute("width", (width - 2 * between).toFixed(2));
    rect.setAttribute("y", (BOTTOM - height).toFixed(2));
    rect.setAttribute("height", height.toFixed(2));
    rect.setAttribute("class", gap ? "gap" : open || incomplete ? "bar part" : "bar");
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${time(start)}: ${gap ? "nobody listened" : `${whole(messages)} messages${incomplete ? ", of a part of it" : open ? " so far" : ""}`}`;
    rect.append(title);
    return rect;
}
