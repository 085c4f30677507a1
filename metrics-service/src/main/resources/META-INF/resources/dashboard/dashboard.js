// The page: signs in, asks every second, shows what it is told, and says plainly when that is old.

import * as api from "./api.js";
import { RateChart } from "./chart.js";
import { ago, bytes, short, time, whole, words } from "./format.js";
import * as sessions from "./session.js";

const EVERY_MS = 1000;
const LATE_MS = 5000;
const AGENTS_SHOWN = 100;

const $ = (id) => document.getElementById(id);
const chart = new RateChart();

let session = sessions.fromAddress() ?? sessions.remembered();
let timer = 0;
let latest = null; // the last realtime answer
let trouble = null; // why there is no newer one

function show(signedIn) {
    $("sign-in").hidden = signedIn;
    $("who").hidden = !signedIn;
    $("footer").hidden = !signedIn;
    $("board").hidden = !signedIn || !latest;
}

function start() {
    latest = null;
    trouble = null;
    chart.clear();
    $("tenant").textContent = session.tenant;
    $("tier").hidden = true;
    show(true);
    notice("");
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
    renderAgents(today.agents);
    renderLocked(now.locked);
}

function renderAgents(agents) {
    $("agents-card").hidden = !agents;
    if (!agents) {
        return;
    }
    $("agents-empty").hidden = agents.length > 0;
    $("agents-scroll").hidden = agents.length === 0;
    $("agents").replaceChildren(...agents.slice(0, AGENTS_SHOWN).map(row));
    $("agents-more").hidden = agents.length <= AGENTS_SHOWN;
    $("agents-more").textContent = `The ${AGENTS_SHOWN} busiest of ${whole(agents.length)} agents.`;
}

function row(agent) {
    const tr = document.createElement("tr");
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = agent.agent_id;
    tr.append(name);
    const cells = [
        whole(agent.published.messages),
        whole(agent.delivered.messages),
        bytes(agent.published.bytes + agent.delivered.bytes),
        whole(agent.control.messages),
        whole(agent.connections),
    ];
    for (const text of cells) {
        const td = document.createElement("td");
        td.className = "number";
        td.textContent = text;
        tr.append(td);
    }
    return tr;
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
