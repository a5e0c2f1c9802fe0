// Entries over time: stacked bars in SVG, and the same as a table. What a bar stands for comes from the server; where it
// lies is told by its time alone, so that gaps, seals and the brush share the axis.

import { button, byId, element, svg } from './dom.js';
import * as format from './format.js';
import { KINDS, KIND_NAMES } from './kinds.js';
import { describeMarks, drawMarks } from './marks.js';
import { floor, next, starts, ticks } from './time.js';

const HEIGHT = 232;
const MARGIN = { top: 10, right: 8, bottom: 40, left: 44 };
const WIDEST_BAR = 72;
const PIXELS_PER_TICK = 92;
const EDGE = 22;

export class Chart {

	bars = [];
	unit = 'day';

	#plot = byId('plot');
	#table = byId('bars-table');
	#onPick;
	#marks = { gaps: [], seals: [] };
	#width = 0;

	constructor(onPick) {
		this.#onPick = onPick;
		new ResizeObserver(() => this.#draw()).observe(this.#plot);
		this.#table.addEventListener('toggle', () => this.#showTable());
	}

	show({ unit, from, to, bars }, marks) {
		this.#marks = marks;
		this.unit = unit;
		this.bars = bars.map(({ start, counts }) => ({ start: Date.parse(start), counts }));
		const begin = Date.parse(from) || this.bars[0]?.start || Date.now();
		const end = Math.max(Date.parse(to) || Date.now(), (this.bars.at(-1)?.start ?? 0) + 1, begin + 1);
		this.start = floor(begin, unit);
		this.end = next(floor(end - 1, unit), unit);
		this.#draw();
	}

	mark(marks) {
		this.#marks = marks;
		this.#draw();
	}

	// Counts an entry that has arrived.
	add({ createdAt, kind }) {
		const start = floor(Date.parse(createdAt), this.unit);
		if (Number.isNaN(start)) {
			return;
		}
		let bar = this.bars.find((candidate) => candidate.start === start);
		if (!bar) {
			bar = { start, counts: {} };
			this.bars.push(bar);
			this.bars.sort((a, b) => a.start - b.start);
		}
		bar.counts[kind] = (bar.counts[kind] ?? 0) + 1;
		this.end = Math.max(this.end, next(start, this.unit));
	}

	redraw() {
		this.#draw();
	}

	get slots() {
		return starts(this.start, this.end, this.unit);
	}

	// Where a time lies, and which time lies where.
	x(time) {
		return MARGIN.left + (time - this.start) / (this.end - this.start) * this.#plotWidth();
	}

	timeAt(x) {
		const share = Math.min(1, Math.max(0, (x - MARGIN.left) / this.#plotWidth()));
		return Math.min(this.end - 1, this.start + share * (this.end - this.start));
	}

	countsAt(start) {
		return this.bars.find((bar) => bar.start === start)?.counts ?? {};
	}

	label(start) {
		switch (this.unit) {
			case 'hour': return format.short(start);
			case 'week': return `Week of ${format.day(start)}`;
			case 'month': return format.month(start);
			default: return format.day(start);
		}
	}

	#plotWidth() {
		return Math.max(1, this.#width - MARGIN.left - MARGIN.right);
	}

	#draw() {
		this.#width = this.#plot.clientWidth;
		if (this.start === undefined || this.#width === 0) {
			return;
		}
		const bottom = HEIGHT - MARGIN.bottom;
		const highest = Math.max(1, ...this.bars.map(({ counts }) => total(counts)));
		const { step, top } = niceScale(highest);
		const y = (value) => bottom - value / top * (bottom - MARGIN.top);
		const drawing = svg('svg', { width: this.#width, height: HEIGHT, 'aria-hidden': 'true' });
		for (let value = 0; value <= top; value += step) {
			drawing.append(svg('line', { class: 'grid-line', x1: MARGIN.left, x2: this.#width - MARGIN.right, y1: y(value), y2: y(value) }),
				svg('text', { class: 'tick', x: MARGIN.left - 8, y: y(value) + 4, 'text-anchor': 'end' }, format.plain(value)));
		}
		drawMarks(drawing, this, this.#marks, { top: MARGIN.top, bottom });
		this.bars.forEach((bar) => drawing.append(this.#column(bar, y)));
		drawing.append(...this.#axis());
		byId('drawing').replaceChildren(drawing);
		byId('chart-title').textContent = `Entries per ${this.unit}${format.zoneName() === 'UTC' || this.unit === 'hour' ? '' : ' (UTC)'}`;
		describeMarks(this, this.#marks);
		this.#showTable();
	}

	#column({ start, counts }, y) {
		const left = this.x(start);
		const slot = this.x(next(start, this.unit)) - left;
		const width = Math.max(1, Math.min(WIDEST_BAR, slot - (slot > 8 ? 2 : (slot > 3 ? 1 : 0))));
		const column = svg('g', { class: 'column', 'data-start': new Date(start).toISOString() });
		let sum = 0;
		for (const kind of KINDS.filter((candidate) => counts[candidate] > 0)) {
			column.append(svg('rect', {
				'data-kind': kind, x: left + (slot - width) / 2, width, y: y(sum + counts[kind]), height: y(sum) - y(sum + counts[kind]),
			}));
			sum += counts[kind];
		}
		return column;
	}

	#axis() {
		const { unit, times } = ticks(this.start, this.end, this.unit, Math.max(2, this.#plotWidth() / PIXELS_PER_TICK));
		return times.map((time) => [time, this.#tickX(time)])
			.filter(([, x]) => x < this.#width - EDGE)
			.map(([time, x]) => svg('text', { class: 'tick', x, y: HEIGHT - 8, 'text-anchor': 'middle' },
				tickLabel(time, unit, this.unit)));
	}

	// Below the middle of its bar; an hour is a point in time.
	#tickX(time) {
		const isBar = this.unit !== 'hour' && floor(time, this.unit) === time;
		return isBar ? (this.x(time) + this.x(next(time, this.unit))) / 2 : this.x(time);
	}

	#showTable() {
		if (!this.#table.open) {
			return;
		}
		byId('bars-head').replaceChildren(element('tr', {},
			...['From', ...KINDS.map((kind) => KIND_NAMES[kind])].map((name) => element('th', { scope: 'col' }, name))));
		byId('bars-body').replaceChildren(...this.bars.toReversed().map(({ start, counts }) => element('tr', {},
			element('th', { scope: 'row' },
				button({ 'class': 'link' }, () => this.#onPick(start, next(start, this.unit)), this.label(start))),
			...KINDS.map((kind) => element('td', {}, format.plain(counts[kind] ?? 0))))));
	}

}

export function total(counts) {
	return Object.values(counts).reduce((sum, value) => sum + value, 0);
}

function tickLabel(time, unit, barUnit) {
	if (unit === 'month') {
		return format.month(time);
	}
	const clock = format.clock(time);
	return (unit === 'hour' && clock !== '00:00') ? clock : format.day(time, barUnit === 'hour' ? format.timeZone() : 'UTC');
}

// A step of 1, 2 or 5 times a power of ten, so that three to five lines reach over the highest bar.
function niceScale(highest) {
	const rough = highest / 4;
	const power = 10 ** Math.floor(Math.log10(Math.max(rough, 0.1)));
	const step = Math.max(1, [1, 2, 5, 10].find((factor) => factor * power >= rough) * power);
	return { step, top: Math.ceil(highest / step) * step };
}
