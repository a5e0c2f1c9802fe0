// Selects a range of the chart: by dragging, by a click on one bar, or by the keyboard (arrows, Shift to extend, Enter).

import { byId, element } from './dom.js';
import { total } from './chart.js';
import * as format from './format.js';
import { KINDS, KIND_NAMES } from './kinds.js';
import { floor, next } from './time.js';

const A_CLICK = 4;
const DISTANCE = 10;

export class Brush {

	#chart;
	#onPick;
	#plot = byId('plot');
	#selection = byId('selection');
	#tip = byId('tip');
	#dragFrom = null;
	#anchor = null;
	#cursor = null;

	constructor(chart, onPick) {
		this.#chart = chart;
		this.#onPick = onPick;
		this.#plot.addEventListener('pointerdown', (event) => this.#down(event));
		this.#plot.addEventListener('pointermove', (event) => this.#moved(event));
		this.#plot.addEventListener('pointerup', (event) => this.#up(event));
		this.#plot.addEventListener('pointercancel', () => this.reset());
		this.#plot.addEventListener('pointerleave', () => (this.#dragFrom === null) && this.reset());
		this.#plot.addEventListener('keydown', (event) => this.#pressed(event));
		this.#plot.addEventListener('focus', () => this.#plot.matches(':focus-visible') && this.#moveTo(this.#cursor ?? this.#last(), false));
		this.#plot.addEventListener('blur', () => this.reset());
	}

	// Describes the bars for screen readers, and forgets the selection: the bars are others.
	update() {
		this.reset();
		this.#cursor = null;
		const { slots } = this.#chart;
		this.#plot.setAttribute('aria-valuemax', Math.max(1, slots.length - 1));
		this.#plot.setAttribute('aria-valuenow', slots.length - 1);
		this.#plot.setAttribute('aria-valuetext', this.#describe(this.#last(), this.#last()));
	}

	reset() {
		this.#dragFrom = null;
		this.#selection.hidden = true;
		this.#tip.hidden = true;
	}

	#down(event) {
		if (event.button === 0 && this.#chart.start !== undefined) {
			this.#dragFrom = this.#at(event);
			this.#plot.setPointerCapture(event.pointerId);
		}
	}

	#moved(event) {
		const x = this.#at(event);
		if (this.#chart.start === undefined) {
			return;
		}
		const start = this.#slot(this.#dragFrom ?? x);
		const [from, to] = order(start, this.#slot(x));
		this.#show(from, to);
	}

	#up(event) {
		if (this.#dragFrom === null) {
			return;
		}
		const x = this.#at(event);
		const [from, to] = order(this.#slot(Math.abs(x - this.#dragFrom) < A_CLICK ? x : this.#dragFrom), this.#slot(x));
		this.#pick(from, to);
	}

	#pressed(event) {
		const { slots, unit } = this.#chart;
		const at = Math.max(0, slots.indexOf(this.#cursor ?? this.#last()));
		const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowDown: at - 1, ArrowUp: at + 1, Home: 0, End: slots.length - 1 }[event.key];
		if (to !== undefined) {
			event.preventDefault();
			this.#moveTo(slots[Math.max(0, Math.min(slots.length - 1, to))], event.shiftKey);
		}
		else if (event.key === 'Enter' && this.#cursor !== null) {
			event.preventDefault();
			const [from, last] = order(this.#anchor, this.#cursor);
			this.#pick(floor(from, unit), last);
		}
		else if (event.key === 'Escape') {
			this.reset();
		}
	}

	#moveTo(slot, extend) {
		if (slot === undefined) {
			return;
		}
		this.#cursor = slot;
		this.#anchor = (extend && this.#anchor !== null) ? this.#anchor : slot;
		const [from, to] = order(this.#anchor, this.#cursor);
		this.#plot.setAttribute('aria-valuenow', this.#chart.slots.indexOf(slot));
		this.#plot.setAttribute('aria-valuetext', this.#describe(from, to));
		this.#show(from, to);
	}

	#pick(from, lastSlot) {
		this.reset();
		this.#onPick(from, next(lastSlot, this.#chart.unit));
	}

	#show(from, to) {
		const left = this.#chart.x(from);
		const right = this.#chart.x(next(to, this.#chart.unit));
		this.#selection.hidden = false;
		this.#selection.style.left = `${left}px`;
		this.#selection.style.width = `${right - left}px`;
		this.#showTip(from, to, left, right);
	}

	#showTip(from, to, left, right) {
		const counts = this.#counts(from, to);
		this.#tip.replaceChildren(
			element('p', { class: 'tip-title' }, this.#name(from, to)),
			...KINDS.filter((kind) => counts[kind] > 0).map((kind) => element('p', { 'data-kind': kind },
				element('span', { class: 'swatch' }), KIND_NAMES[kind], element('b', {}, format.plain(counts[kind])))),
			element('p', {}, 'All', element('b', {}, format.plain(total(counts)))));
		this.#tip.hidden = false;
		const width = this.#tip.offsetWidth;
		const side = (right + width + DISTANCE < this.#plot.clientWidth) ? right + DISTANCE : left - width - DISTANCE;
		this.#tip.style.left = `${Math.max(0, side)}px`;
	}

	#describe(from, to) {
		if (from === undefined) {
			return 'No entries';
		}
		const counts = this.#counts(from, to);
		const kinds = KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${KIND_NAMES[kind].toLowerCase()}`);
		return [`${this.#name(from, to)}: ${format.entries(total(counts))}`, ...kinds].join(', ');
	}

	#name(from, to) {
		return (from === to) ? this.#chart.label(from) : `${this.#chart.label(from)} to ${this.#chart.label(to)}`;
	}

	#counts(from, to) {
		const counts = {};
		for (const bar of this.#chart.bars.filter(({ start }) => start >= from && start <= to)) {
			Object.entries(bar.counts).forEach(([kind, value]) => counts[kind] = (counts[kind] ?? 0) + value);
		}
		return counts;
	}

	#at(event) {
		return event.clientX - this.#plot.getBoundingClientRect().left;
	}

	#slot(x) {
		return floor(this.#chart.timeAt(x), this.#chart.unit);
	}

	#last() {
		return (this.#chart.start === undefined) ? undefined : this.#chart.slots.at(-1);
	}

}

function order(a, b) {
	return (a <= b) ? [a, b] : [b, a];
}
