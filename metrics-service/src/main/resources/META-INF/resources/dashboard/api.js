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

async function get(path, { token, tenant }) {
    const headers = { Authorization: `Bearer ${token}`, Accept: "application/json", "X-Session-Id": VISIT };
    if (tenant) {
        headers["X-Tenant-Id"] = tenant;
    }
    const response = await fetch(path, { headers, signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" });
    if (!response.ok) {
        throw new ApiError(response.status, await response.json().catch(() => null));
    }
    return response.json();
}
