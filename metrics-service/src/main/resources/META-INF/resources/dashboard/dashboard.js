// The page: signs in, follows the live picture, shows what it is told, and says plainly when that is old.
// While there is no stream to be had it asks every second instead.

import { renderAgents, renderPresence } from "./agents.js";
import { renderAnomalies } from "./anomalies.js";
import * as api from "./api.js";
import { RateChart, SECONDS } from "./chart.js";
import { renderFlow } from "./flow.js";
import { ago, bytes, short, time, whole, words } from "./format.js";
import * as history from "./history.js";
import * as sessions from "./session.js";
import { follow } from "./stream.js";
import * as usage from "./usage.js";
import * as views from "./views.js";

const EVERY_MS = 1000; // while there is no stream
const TODAY_EVERY_MS = 2000; // today's usage
const SLOWLY_EVERY_MS = 5000; // presence and anomalies
const STREAM_AGAIN_MS = [2000, 5000, 15000, 30000]; // after so many times in a row without
const LATE_MS = 5000;

const $ = (id) => document.getElementById(id);
const chart = new RateChart();

let session = sessions.fromAddress() ?? sessions.remembered();
let stopper = new AbortController(); // of the stream
let latest = null; // the last realtime answer
let lastId = ""; // of the last event that had one
let trouble = null; // why there is no newer one
let askedToday = -Infinity; // when today's usage was asked for
let askedSlowly = -Infinity; // when presence and anomalies were

function show(signedIn) {
    $("sign-in").hidden = signedIn;
    $("who").hidden = !signedIn;
    $("footer").hidden = !signedIn;
    $("views").hidden = !signedIn;
    $("board").hidden = !signedIn || !latest || views.shown() !== "live";
    $("history").hidden = !signedIn || views.shown() !== "history";
    $("usage").hidden = !signedIn || views.shown() !== "usage";
}

function start() {
    stopper.abort();
    latest = null;
    lastId = String(Math.floor(Date.now() / 1000) - SECONDS); // the chart begins with what was before
    trouble = null;
    askedToday = -Infinity;
    askedSlowly = -Infinity;
    renderPresence(null);
    renderAnomalies(null);
    renderAgents(null);
    chart.clear();
    $("tenant").textContent = session.tenant;
    $("tier").hidden = true;
    show(true);
    notice("");
    askView();
    run(session);
}

function signOut(reason) {
    stopper.abort();
    sessions.forget();
    session = null;
    latest = null;
    show(false);
    notice(reason ?? "");
    document.title = "ArtCafe PubSub";
    $("token-field").focus();
}

/** Follows the stream, and asks while there is none. */
async function run(mine) {
    let without = 0;
    while (mine === session) {
        without = (await watch(mine)) ? 0 : Math.min(without + 1, STREAM_AGAIN_MS.length - 1);
        const again = performance.now() + STREAM_AGAIN_MS[without];
        while (mine === session && performance.now() < again) {
            await ask(mine);
        }
    }
}

/** Follows the stream until it ends or breaks; says whether anything came. */
async function watch(mine) {
    let came = false;
    stopper = new AbortController();
    try {
        await follow(
            mine,
            lastId,
            ({ event, id, data }) => {
                came = true;
                lastId = id ?? lastId;
                told(mine, event, data);
            },
            stopper.signal,
        );
    } catch (error) {
        refused(mine, error);
    }
    return came;
}

function told(mine, event, data) {
    if (mine !== session) {
        return;
    }
    if (event === "realtime") {
        picture(mine, data, Number(lastId));
    } else if (event === "expired") {
        signOut("The token is no longer valid. Sign in again.");
    } else if (data.code === "not_found") {
        signOut(data.detail);
    } else {
        trouble = data.detail;
        renderState();
    }
}

/** One question at a time: a slow service is not asked more often for being slow. */
async function ask(mine) {
    const began = performance.now();
    try {
        const now = await api.realtime(mine);
        if (mine === session) {
            picture(mine, now, Math.floor(Date.parse(now.as_of) / 1000) - 1);
        }
    } catch (error) {
        if (!refused(mine, error)) {
            trouble = error.status ? error.message : "The service cannot be reached.";
            renderState();
        }
    }
    await new Promise((resume) => setTimeout(resume, Math.max(100, EVERY_MS - (performance.now() - began))));
}

/** Whether there is no use in asking again. */
function refused(mine, { status, message }) {
    if (mine !== session) {
        return true;
    }
    if (status === 401) {
        signOut("The token is not valid, or no longer. Sign in again.");
    } else if ([400, 404].includes(status)) {
        signOut(message);
    }
    return mine !== session;
}

/** A new picture, and the rest of the page when it is time for that. */
function picture(mine, now, second) {
    latest = now;
    trouble = null;
    render(now, second);
    renderState();
    const time = performance.now();
    if (time - askedToday >= TODAY_EVERY_MS) {
        askedToday = time;
        askToday(mine);
    }
    if (time - askedSlowly >= SLOWLY_EVERY_MS) {
        askedSlowly = time;
        askSlowly(mine, now);
    }
}

/** What cannot be had stays as it is: the rates are what the page is for. */
async function askToday(mine) {
    const [today] = await Promise.allSettled([api.usageToday(mine)]);
    if (mine === session && today.status === "fulfilled") {
        renderAgents(today.value.agents);
    }
}

/** What changes slowly. */
async function askSlowly(mine, now) {
    const mayAnomalies = !now.locked.some(({ feature }) => feature === "anomalies");
    const [presence, anomalies] = await Promise.allSettled([api.presence(mine), mayAnomalies ? api.anomalies(mine) : null]);
    if (mine !== session) {
        return;
    }
    if (presence.status === "fulfilled") {
        renderPresence(presence.value);
    }
    if (anomalies.status === "fulfilled") {
        renderAnomalies(anomalies.value);
    }
}

function render(now, second) {
    show(true);
    $("tenant").textContent = now.tenant_id;
    $("tier").textContent = now.tier;
    $("tier").hidden = false;
    $("rate").textContent = whole(now.rates.messages_per_second);
    $("rate-1m").textContent = short(now.rates.messages_per_second_1m);
    $("rate-bytes").textContent = bytes(now.rates.bytes_per_second);
    $("published").textContent = whole(now.today.published.messages);
    $("published-bytes").textContent = bytes(now.today.published.bytes);
    $("delivered").textContent = whole(now.today.delivered.messages);
    $("delivered-bytes").textContent = bytes(now.today.delivered.bytes);
    $("active").textContent = whole(now.active_clients);
    if (now.as_of && !now.stale) {
        const before = (now.missed?.seconds ?? []).map(({ at, messages }) => [Date.parse(at) / 1000, messages]);
        chart.add(second, now.rates.messages_per_second, before);
    }
    document.title = `${whole(now.rates.messages_per_second)} msg/s · ${now.tenant_id} · ArtCafe PubSub`;
    renderFlow(now);
    renderLocked(now.locked);
}

function renderLocked(locked) {
    $("locked-card").hidden = locked.length === 0;
    $("locked").replaceChildren(
        ...locked.map(({ feature, requires }) => {
            const li = document.createElement("li");
            const tier = document.createElement("small");
            tier.textContent = `from ${requires}`;
            li.append(`${words(feature)} `, tier);
            return li;
        }),
    );
}

/** How old the numbers are, and why. */
function renderState() {
    $("as-of").textContent = time(latest?.as_of);
    $("complete").textContent = time(latest?.complete_through);
    const age = latest?.as_of ? Date.now() - Date.parse(latest.as_of) : null;
    if (trouble) {
        state("down", "No answer");
        notice(latest ? `${trouble} These are the last known numbers${old(age)}.` : `${trouble} This page keeps trying.`);
    } else if (latest.stale) {
        state("down", "Last known numbers");
        notice(`A part of the platform is away. These are the last known numbers${old(age)}.`, "warn");
    } else if (age === null) {
        state("late", "Nothing counted yet");
        notice("Nothing has been counted yet: rates are unknown until the first reading.", "warn");
    } else if (age > LATE_MS) {
        state("late", `${ago(age)} behind`);
        notice(`Counting is ${ago(age)} behind: these numbers are that old.`, "warn");
    } else {
        state("live", "Live");
        notice("");
    }
}

const old = (age) => (age === null ? "" : `, ${ago(age)} old`);

function state(kind, text) {
    $("dot").className = `dot ${kind}`;
    if (kind !== $("state").dataset.kind) {
        $("spoken").textContent = text;
        $("state").dataset.kind = kind;
    }
    $("state").textContent = text;
}

/** Written only when it changes, so that screen readers do not repeat it every second. */
function notice(text, kind = "") {
    const element = $("notice");
    element.hidden = !text;
    element.className = `notice ${kind}`;
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

$("sign-in").addEventListener("submit", (event) => {
    event.preventDefault();
    session = sessions.save($("token-field").value, $("tenant-field").value);
    $("sign-in").reset();
    start();
});
$("sign-out").addEventListener("click", () => signOut());
const askView = views.follow(
    {
        history: async () => session && history.ask(session),
        usage: async () => session && usage.ask(session),
    },
    () => show(Boolean(session)),
);
history.onPeriod(() => session && history.ask(session));
addEventListener("hashchange", () => {
    const linked = sessions.fromAddress();
    if (linked) {
        session = linked;
        start();
    }
});

if (session) {
    start();
} else {
    show(false);
}
