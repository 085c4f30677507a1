// The endpoints that the page shows.

const TIMEOUT_MS = 5000;

/** Lets the platform's status count how many people look, and says nothing of who. */
const VISIT = crypto.randomUUID?.() ?? String(Math.random()).slice(2);

/** An answer that is no success; `problem` is its problem+json, if it had one. */
export class ApiError extends Error {
    constructor(status, problem) {
        super(problem?.detail ?? `The service answered ${status}.`);
        this.status = status;
        this.code = problem?.code;
        this.requiredTier = problem?.required_tier;
    }
}

export const realtime = (session) => get("/api/v1/metrics/realtime", session);
export const presence = (session) => get("/api/v1/metrics/presence?limit=100", session);
export const anomalies = (session) => get("/api/v1/metrics/anomalies?hours=24&limit=20", session);
export const usageToday = (session) => get("/api/v1/usage/stats", session);
export const analytics = (session, period) => get(`/api/v1/metrics/analytics?period=${period}`, session);
export const usageCurrent = (session) => get("/api/v1/usage/current", session);
export const reconciliation = (session) => get("/api/v1/usage/reconciliation?limit=50", session);

/** What goes with every question of the session. */
export function headers({ token, tenant }) {
    const own = { Authorization: `Bearer ${token}`, "X-Session-Id": VISIT };
    return tenant ? { ...own, "X-Tenant-Id": tenant } : own;
}

/** The answer, if it is a success. */
export async function successful(response) {
    if (!response.ok) {
        throw new ApiError(response.status, await response.json().catch(() => null));
    }
    return response;
}

async function get(path, session) {
    const response = await fetch(path, {
        headers: { ...headers(session), Accept: "application/json" },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        cache: "no-store",
    });
    return (await successful(response)).json();
}
