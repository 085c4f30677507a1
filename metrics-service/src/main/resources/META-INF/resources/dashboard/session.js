// Who is signed in: a token and, where it matters, a tenant. Kept in this tab only.

const KEY = "artcafe.session";

/** Takes a session out of the address (#token=…&tenant=…), so that it is neither shown nor kept in the history. */
export function fromAddress() {
    const fragment = new URLSearchParams(location.hash.slice(1));
    const token = fragment.get("token");
    if (!token) {
        return null;
    }
    history.replaceState(null, "", location.pathname + location.search);
    return save(token, fragment.get("tenant") ?? "");
}

export function remembered() {
    try {
        return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
        return null;
    }
}

export function save(token, tenant) {
    const session = { token: token.trim().replace(/^Bearer\s+/i, ""), tenant: tenant.trim() };
    sessionStorage.setItem(KEY, JSON.stringify(session));
    return session;
}

export function forget() {
    sessionStorage.removeItem(KEY);
}
