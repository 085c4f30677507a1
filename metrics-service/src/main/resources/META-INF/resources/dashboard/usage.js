// What is billed, and the proof that it is what was sent.

import * as api from "./api.js";
import { bytes, percent, time, whole, words } from "./format.js";

const $ = (id) => document.getElementById(id);

const WITNESSES = [
    ["ledger", "what each connection published, read from servers and gateways"],
    ["server", "what the NATS servers counted for the account"],
    ["tap", "what a subscription to everything saw, while it listened"],
];

export async function ask(session) {
    const [current, proof] = await Promise.allSettled([api.usageCurrent(session), api.reconciliation(session)]);
    if (current.status === "fulfilled") {
        renderPeriod(current.value);
    }
    if (proof.status === "fulfilled") {
        renderProof(proof.value);
    }
}

function renderPeriod({ period, published, delivered, quota }) {
    $("period-name").textContent = new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(new Date(period.from));
    $("period-published").textContent = whole(published.messages);
    $("period-published-bytes").textContent = bytes(published.bytes);
    $("period-delivered").textContent = whole(delivered.messages);
    $("period-delivered-bytes").textContent = bytes(delivered.bytes);
    $("quota").textContent = quota.messages === null ? "no limit" : whole(quota.remaining);
    $("quota-of").textContent =
        quota.messages === null
            ? `${whole(quota.used)} messages today`
            : `of ${whole(quota.messages)} messages, anew at ${time(quota.resets_at)}`;
}

function renderProof(proof) {
    $("witnesses").replaceChildren(...WITNESSES.map(([name, counts]) => row(name, counts, proof[name])));
    $("verdict").textContent = verdict(proof);
    $("verdict").className = `verdict ${proof.drift ? (isNothing(proof.drift) ? "even" : "odd") : ""}`;
    const unheard = proof.server && proof.tap ? proof.server.messages - proof.tap.messages : 0;
    $("proof-note").textContent = [
        unheard > 0 ? `The tap heard ${whole(unheard)} fewer: before it listened, or publishes that were refused.` : "",
        proof.settled_through ? `Compared up to ${time(proof.settled_through)}.` : "",
        proof.coverage === null ? "" : `The tap saw ${percentExactly(proof.coverage)} of what it was handed.`,
        proof.gaps.length ? `${proof.gaps.length} ${proof.gaps.length === 1 ? "gap" : "gaps"} in what servers told.` : "",
    ]
        .filter(Boolean)
        .join(" ");
    $("adjustments-card").hidden = proof.adjustments.length === 0;
    $("adjustments").replaceChildren(...proof.adjustments.map(adjustment));
}

const isNothing = ({ messages, bytes: size }) => messages === 0 && size === 0;

/** A share near 1 is told to the digit that matters: 99.99 %, not 100 %. */
const percentExactly = (share) => (share > 0.99 && share < 1 ? `${(100 * Math.min(share, 0.99999)).toFixed(3)} %` : percent(share));

function verdict({ drift }) {
    if (!drift) {
        return "Nothing has been compared yet.";
    }
    if (isNothing(drift)) {
        return "They agree: no message and no byte is unexplained.";
    }
    return `They differ by ${whole(drift.messages)} messages and ${bytes(drift.bytes)} that nothing explains yet.`;
}

function row(name, counts, traffic) {
    const tr = document.createElement("tr");
    const th = document.createElement("th");
    th.scope = "row";
    const about = document.createElement("small");
    about.textContent = counts;
    th.append(name, about);
    tr.append(th, number(traffic?.messages), number(traffic?.bytes));
    return tr;
}

function number(value) {
    const td = document.createElement("td");
    td.textContent = whole(value);
    td.className = "number";
    return td;
}

function adjustment({ reason, agent_id: agent, amount, booked_at: bookedAt, evidence }) {
    const li = document.createElement("li");
    const title = document.createElement("strong");
    title.textContent = `${amount.messages > 0 ? "+" : ""}${whole(amount.messages)} messages, ${bytes(amount.bytes)}`;
    const about = document.createElement("small");
    about.textContent = `${words(reason)}, ${agent}, booked ${time(bookedAt)}`;
    const why = document.createElement("p");
    why.textContent = Object.entries(evidence)
        .map(([name, value]) => `${words(name)} ${value}`)
        .join(", ");
    li.append(title, " ", about, why);
    return li;
}
