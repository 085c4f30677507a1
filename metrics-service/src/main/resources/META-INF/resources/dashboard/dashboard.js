// The page: signs in, asks every second, shows what it is told, and says plainly when that is old.

import { renderAgents, renderPresence } from "./agents.js";
import { renderAnomalies } from "./anomalies.js";
import * as api from "./api.js";
import { RateChart } from "./chart.js";
import { renderFlow } from "./flow.js";
import { ago, bytes, short, time, whole, words } from "./format.js";
import * as history from "./history.js";
import * as sessions from "./session.js";
import * as usage from "./usage.js";
import * as views from "./views.js";

const EVERY_MS = 1000;
const SLOWLY_EVERY_MS = 5000; // presence and anomalies
const LATE_MS = 5000;

const $ = (id) => document.getElementById(id);
const chart = new RateChart();

let session = sessions.fromAddress() ?? sessions.remembered();
let timer = 0;
let latest = null; // the last realtime answer
let trouble = null; // why there is no newer one
let askedSlowly = -Infinity; // when presence and anomalies were asked for

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
    latest = null;
    trouble = null;
    askedSlowly = -Infinity;
    renderPresence(null);
    renderAnomalies(null);
    chart.clear();
    $("tenant").textContent = session.tenant;
    $("tier").hidden = true;
    show(true);
    notice("");
    askView();
    tick(session);
}

function signOut(reason) {
    clearTimeout(timer);
    sessions.forget();
    session = null;
    latest = null;
    show(false);
    notice(reason ?? "");
    document.title = "ArtCafe PubSub";
    $("token-field").focus();
}

/** One question at a time: a slow service is not asked more often for being slow. */
async function tick(mine) {
    const began = performance.now();
    try {
        const [now, today] = await Promise.all([api.realtime(mine), api.usageToday(mine)]);
        if (mine !== session) {
            return;
        }
        latest = now;
        trouble = null;
        render(now, today);
        if (began - askedSlowly >= SLOWLY_EVERY_MS) {
            askedSlowly = began;
            await askSlowly(mine, now);
        }
    } catch (error) {
        if (mine !== session) {
            return;
        }
        if (error.status === 401) {
            signOut("The token is not valid, or no longer. Sign in again.");
            return;
        }
        if ([400, 404].includes(error.status)) {
            signOut(error.message);
            return;
        }
        trouble = error.status ? error.message : "The service cannot be reached.";
    }
    renderState();
    timer = setTimeout(() => tick(mine), Math.max(100, EVERY_MS - (performance.now() - began)));
}

/** What changes slowly. What cannot be had stays as it is: the rates are what the page is for. */
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

function render(now, today) {
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
        chart.add(now.as_of, now.rates.messages_per_second);
    }
    document.title = `${whole(now.rates.messages_per_second)} msg/s · ${now.tenant_id} · ArtCafe PubSub`;
    renderFlow(now);
    renderAgents(today.agents);
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
        clearTimeout(timer);
        session = linked;
        start();
    }
});

if (session) {
    start();
} else {
    show(false);
}
