// The agents: what each used today, and how it is.

import { ago, bytes, whole } from "./format.js";

const SHOWN = 100;
const $ = (id) => document.getElementById(id);

let clients = new Map(); // agent → what is known of its presence

export function renderPresence(answer) {
    clients = new Map((answer?.clients ?? []).map((client) => [client.client_id, client]));
    const counts = answer?.counts;
    $("presence").textContent = counts
        ? [
              `${whole(counts.online)} online`,
              counts.degraded ? `${whole(counts.degraded)} degraded` : "",
              counts.unhealthy ? `${whole(counts.unhealthy)} unhealthy` : "",
              `${whole(counts.offline)} offline`,
          ]
              .filter(Boolean)
              .join(", ")
        : "with an open connection";
}

export function renderAgents(agents) {
    $("agents-card").hidden = !agents;
    if (!agents) {
        return;
    }
    $("agents-empty").hidden = agents.length > 0;
    $("agents-scroll").hidden = agents.length === 0;
    $("agents").replaceChildren(...agents.slice(0, SHOWN).map(row));
    $("agents-more").hidden = agents.length <= SHOWN;
    $("agents-more").textContent = `The ${SHOWN} busiest of ${whole(agents.length)} agents.`;
}

function row(agent) {
    const tr = document.createElement("tr");
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = agent.agent_id;
    tr.append(name, status(clients.get(agent.agent_id)));
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

function status(client) {
    const td = document.createElement("td");
    if (!client) {
        td.textContent = "–";
        return td;
    }
    const mark = document.createElement("span");
    mark.className = `status ${client.status}`;
    mark.textContent = client.status;
    td.append(mark);
    if (client.status === "offline" && client.last_seen) {
        const seen = document.createElement("small");
        seen.textContent = ` ${ago(Date.now() - Date.parse(client.last_seen))} ago`;
        td.append(seen);
    }
    return td;
}
