// The last two minutes of rates, one point for each second that was told.

export const SECONDS = 120;
const WIDTH = 600;
const TOP = 8;
const BOTTOM = 160;

export class RateChart {
    #points = new Map(); // epoch second → messages per second
    #line = document.getElementById("line");
    #area = document.getElementById("area");
    #max = document.getElementById("chart-max");

    clear() {
        this.#points.clear();
        this.#draw(0);
    }

    /** Draws the second, counted from 1970, and what came before it: `[second, rate]`. */
    add(second, rate, before = []) {
        for (const [each, known] of [...before, [second, rate]]) {
            this.#points.set(each, known);
        }
        for (const old of this.#points.keys()) {
            if (old <= second - SECONDS) {
                this.#points.delete(old);
            }
        }
        this.#draw(second);
    }

    #draw(last) {
        const points = [...this.#points].sort(([a], [b]) => a - b);
        const top = niceMax(Math.max(...points.map(([, rate]) => rate), 1));
        const x = (second) => WIDTH * (1 - (last - second) / (SECONDS - 1));
        const y = (rate) => BOTTOM - (BOTTOM - TOP) * (rate / top);
        // a silent service leaves a gap: what was not seen is not drawn
        const runs = [];
        let previous = -Infinity;
        for (const [second, rate] of points) {
            if (second - previous > 3) {
                runs.push([]);
            }
            runs.at(-1).push([x(second).toFixed(1), y(rate).toFixed(1)]);
            previous = second;
        }
        this.#line.setAttribute("d", runs.map((run) => `M${run.map((p) => p.join(" ")).join("L")}`).join(""));
        this.#area.setAttribute(
            "d",
            runs.map((run) => `M${run[0][0]} ${BOTTOM}L${run.map((p) => p.join(" ")).join("L")}L${run.at(-1)[0]} ${BOTTOM}Z`).join(""),
        );
        this.#max.textContent = points.length ? top.toLocaleString("en") : "";
    }
}

/** The next of 1, 2, 5, 10, 20, 50, … */
export function niceMax(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value);
}
