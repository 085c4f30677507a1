// Which of the page's views is shown. It is in the address, so that it can be linked to and survives a reload.

const NAMES = ["live", "history", "usage"];
const ASK_EVERY_MS = 30_000;

const $ = (id) => document.getElementById(id);

export const shown = () => NAMES.find((name) => location.hash === `#${name}`) ?? NAMES[0];

/**
 * Shows the view that the address names, now and whenever that changes. What a view shows is asked for when it
 * comes into sight and every half a minute while it is.
 *
 * @param {Record<string, () => Promise<void>>} askers by view
 * @param {() => void} changed called when another view is shown
 */
export function follow(askers, changed) {
    let timer = 0;
    const ask = async (view) => {
        clearTimeout(timer);
        await askers[view]?.();
        if (view === shown()) {
            clearTimeout(timer);
            timer = setTimeout(() => ask(view), ASK_EVERY_MS);
        }
    };
    const change = () => {
        for (const link of $("views").querySelectorAll("a")) {
            link.toggleAttribute("aria-current", false);
            if (link.hash === `#${shown()}`) {
                link.setAttribute("aria-current", "page");
            }
        }
        changed();
        ask(shown());
    };
    addEventListener("hashchange", change);
    change();
    return change;
}
