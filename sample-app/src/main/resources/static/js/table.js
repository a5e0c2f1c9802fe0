// The entries, newest first, in a grid of which only the rows in sight exist. Older ones are asked for when the end of
// those that are there comes near.

import { byId } from './dom.js';
import * as format from './format.js';
import { Row } from './row.js';
import { pattern } from './text.js';

const BEYOND_SIGHT = 8;
const NEAR_THE_END = 60;
const PENDING_ROWS = 14;

export class Table {

	#grid = byId('grid');
	#body = byId('rows');
	#newer = byId('newer');
	#entries = [];
	#rows = new Map();
	#fresh = new WeakSet();
	#gaps = [];
	#search = null;
	#version = 0;
	#active = 0;
	#unseen = 0;
	#loading = false;
	#more = false;
	#total = null;
	#drawing = 0;
	#onEnd;
	#actions;

	constructor({ open, filter, onEnd }) {
		this.#onEnd = onEnd;
		this.#actions = {
			open, filter,
			activate: (index) => this.#activate(index),
			takeFresh: (entry) => this.#fresh.delete(entry),
		};
		this.#grid.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
		this.#grid.addEventListener('keydown', (event) => this.#pressed(event));
		this.#newer.addEventListener('click', () => this.#focus(0));
		new ResizeObserver(() => this.#drawSoon()).observe(this.#grid);
		format.onZone(() => this.#showAgain());
	}

	get size() {
		return this.#entries.length;
	}

	get isAtTop() {
		return this.#grid.scrollTop === 0;
	}

	// Shows placeholders until the entries are there.
	start(text) {
		this.#search = pattern(text);
		this.#loading = true;
		this.show([], false);
		this.#loading = true;
		this.#grid.setAttribute('aria-busy', 'true');
	}

	show(entries, more) {
		this.#entries = entries;
		this.#more = more;
		this.#loading = false;
		this.#active = 0;
		this.#unseen = 0;
		this.#grid.scrollTop = 0;
		this.#grid.setAttribute('aria-busy', 'false');
		this.#showAgain();
	}

	append(entries, more) {
		this.#entries.push(...entries);
		this.#more = more;
		this.#drawSoon();
	}

	// Entries that have arrived: each goes below those that are newer. Who looks at older ones stays there.
	arrive(arrived) {
		const scrolled = this.#grid.scrollTop > 0;
		for (const entry of arrived) {
			const found = this.#entries.findIndex((other) => other.createdAt <= entry.createdAt);
			const index = (found < 0) ? this.#entries.length : found;
			if (index === this.#entries.length && this.#more) {
				continue; // older than all that are loaded: it comes with its page
			}
			this.#entries.splice(index, 0, entry);
			this.#moveDown(index);
			this.#fresh.add(entry);
			if (scrolled) {
				this.#grid.scrollTop += this.#rowHeight();
				this.#unseen++;
			}
		}
		this.#drawSoon();
	}

	set total(total) {
		this.#total = total;
		this.#drawSoon();
	}

	set gaps(gaps) {
		this.#gaps = gaps;
		this.#drawSoon();
	}

	focusEntry(id) {
		const index = this.#entries.findIndex((entry) => entry.id === id);
		if (index >= 0) {
			this.#focus(index);
		}
	}

	#showAgain() {
		this.#version++;
		this.#drawSoon();
	}

	#moveDown(from) {
		const moved = [...this.#rows].filter(([index]) => index >= from);
		moved.forEach(([index]) => this.#rows.delete(index));
		moved.forEach(([index, row]) => this.#rows.set(index + 1, row));
		if (this.#active >= from && this.#grid.contains(document.activeElement)) {
			this.#active++;
		}
	}

	#rowHeight() {
		return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row-height'));
	}

	#drawSoon() {
		this.#drawing ||= requestAnimationFrame(() => this.#draw());
	}

	#draw() {
		cancelAnimationFrame(this.#drawing);
		this.#drawing = 0;
		const height = this.#rowHeight();
		const loaded = this.#entries.length;
		const count = this.#loading ? PENDING_ROWS : loaded + (this.#more ? 3 : 0);
		const { scrollTop, clientHeight } = this.#grid;
		const first = Math.max(0, Math.floor(scrollTop / height) - BEYOND_SIGHT);
		const last = Math.min(count, Math.ceil((scrollTop + clientHeight) / height) + BEYOND_SIGHT);
		this.#body.style.height = `${count * height}px`;
		this.#grid.setAttribute('aria-rowcount', this.#rowCount(loaded));
		this.#drop((index) => index < first || index >= last);
		this.#keepActive(Math.ceil(scrollTop / height), first, Math.min(last, loaded));
		for (let index = last - 1, next = null; index >= first; index--) {
			const row = this.#rows.get(index) ?? this.#add(index, next);
			row.show(this.#entries[index], index, {
				height, active: index === this.#active && index < loaded, search: this.#search, gap: this.#isGapBelow(index), version: this.#version,
			});
			next = row.element;
		}
		this.#showUnseen(scrollTop);
		if (this.#more && last > loaded - NEAR_THE_END) {
			this.#onEnd();
		}
	}

	#rowCount(loaded) {
		return this.#loading ? -1 : (this.#more ? Math.max(this.#total ?? -2, loaded) : loaded) + 1;
	}

	#showUnseen(scrollTop) {
		if (scrollTop === 0) {
			this.#unseen = 0;
		}
		this.#newer.hidden = this.#unseen === 0;
		this.#newer.textContent = `${format.plain(this.#unseen)} new`;
	}

	#isGapBelow(index) {
		const [newer, older] = [this.#entries[index], this.#entries[index + 1]];
		return Boolean(newer && older) && this.#gaps.some(({ after, before, organization }) => organization === newer.organization
			&& newer.createdAt >= before && older.createdAt <= after);
	}

	#drop(outOfSight) {
		for (const [index, row] of this.#rows) {
			if (outOfSight(index)) {
				row.remove();
				this.#rows.delete(index);
			}
		}
	}

	#add(index, next) {
		const row = new Row(this.#actions);
		this.#rows.set(index, row);
		this.#body.insertBefore(row.element, next);
		return row;
	}

	// The one row that Tab leads to is always among those that exist.
	#keepActive(visible, first, last) {
		if (this.#active < first || this.#active >= last) {
			this.#active = Math.max(0, Math.min(visible, last - 1));
		}
	}

	#activate(index) {
		this.#active = index;
		this.#drawSoon();
	}

	#pressed(event) {
		const page = Math.max(1, Math.floor(this.#grid.clientHeight / this.#rowHeight()) - 2);
		const to = {
			ArrowDown: this.#active + 1, ArrowUp: this.#active - 1, PageDown: this.#active + page,
			PageUp: this.#active - page, Home: 0, End: this.#entries.length - 1,
		}[event.key];
		if (to !== undefined && this.#entries.length > 0) {
			event.preventDefault();
			this.#focus(Math.max(0, Math.min(to, this.#entries.length - 1)));
		}
	}

	#focus(index) {
		const height = this.#rowHeight();
		const top = index * height;
		const bottom = top + height + this.#body.offsetTop - this.#grid.clientHeight;
		this.#grid.scrollTop = Math.min(top, Math.max(bottom, this.#grid.scrollTop));
		this.#active = index;
		this.#draw();
		this.#rows.get(index).element.focus({ preventScroll: true });
	}

}
