// What is odd: open anomalies first, then those of the last day that are over.

import { ago, time, words } from "./format.js";

const $ = (id) => document.getElementById(id);

export function renderAnomalies(answer) {
    $("anomalies-card").hidden = !answer;
    if (!answer) {
        return;
    }
    const sorted = answer.anomalies.toSorted((a, b) => Boolean(a.ended_at) - Boolean(b.ended_at) || b.started_at.localeCompare(a.started_at));
    const learning = answer.detectors.filter(({ ready }) => !ready).map(({ type }) => words(type));
    $("anomalies-empty").textContent = [
        sorted.length === 0 ? "Nothing odd was found." : "",
        learning.length > 0 ? `Still learning what is normal: ${learning.join(", ")}.` : "",
    ]
        .filter(Boolean)
        .join(" ");
    $("anomalies-empty").hidden = !$("anomalies-empty").textContent;
    $("anomalies").replaceChildren(...sorted.map(item));
}

function item(anomaly) {
    const li = document.createElement("li");
    li.className = anomaly.ended_at ? "over" : "open";
    const severity = document.createElement("span");
    severity.className = `severity ${anomaly.severity}`;
    severity.textContent = anomaly.severity;
    const text = document.createElement("div");
    const title = document.createElement("strong");
    title.textContent = words(anomaly.type);
    const when = document.createElement("small");
    when.textContent = anomaly.ended_at
        ? `${time(anomaly.started_at)}, over after ${ago(Date.parse(anomaly.ended_at) - Date.parse(anomaly.started_at))}`
        : `since ${time(anomaly.started_at)}`;
    const explanation = document.createElement("p");
    explanation.textContent = anomaly.explanation;
    text.append(title, " ", when, explanation);
    li.append(severity, text);
    return li;
}
