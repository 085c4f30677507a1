// Numbers and times as people read them.

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];
const UNKNOWN = "–";

const known = (value) => value !== null && value !== undefined;

export const whole = (value) => (known(value) ? WHOLE.format(value) : UNKNOWN);
export const short = (value) => (known(value) ? SHORT.format(value) : UNKNOWN);

/** A share of 1; small ones with a digit more. */
export const percent = (share) => (known(share) ? `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %` : UNKNOWN);

/** Bytes in decimal units; below a thousand exactly. */
export function bytes(value) {
    if (!known(value)) {
        return UNKNOWN;
    }
    let unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 ? WHOLE.format(value) : value.toPrecision(3)} ${UNITS[unit]}`;
}

/** The time of day in UTC, to the second; the date too unless it is today. */
export function time(iso) {
    if (!known(iso)) {
        return UNKNOWN;
    }
    const today = new Date().toISOString().slice(0, 10);
    return `${iso.startsWith(today) ? "" : `${iso.slice(0, 10)} `}${iso.slice(11, 19)} UTC`;
}

export function ago(ms) {
    const seconds = Math.max(0, Math.round(ms / 1000));
    if (seconds < 120) {
        return `${seconds} s`;
    }
    return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** top_agents → top agents */
export const words = (name) => name.replaceAll("_", " ");
