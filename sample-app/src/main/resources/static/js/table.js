// The entries, newest first, in a grid of which only the rows in sight exist.

import { Row } from './row.js';

const BEYOND_SIGHT = 6;
const PENDING_ROWS = 12;

export class Table {

	#grid = document.getElementById('grid');
	#body = document.getElementById('rows');
	#newer = document.getElementById('newer');
	#entries = [];
	#rows = new Map();
	#fresh = new WeakSet();
	#active = 0;
	#unseen = 0;
	#loading = false;
	#drawing = 0;
	#actions;

	constructor(actions) {
		this.#actions = actions;
		this.#grid.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
		this.#grid.addEventListener('keydown', (event) => this.#pressed(event));
		this.#newer.addEventListener('click', () => this.#toTop());
		new ResizeObserver(() => this.#drawSoon()).observe(this.#grid);
	}

	get size() {
		return this.#entries.length;
	}

	start() {
		this.#entries = [];
		this.#rows.forEach((row) => row.remove());
		this.#rows.clear();
		this.#active = 0;
		this.#unseen = 0;
		this.#grid.scrollTop = 0;
		this.#setLoading(true);
	}

	// Entries older than all that are there.
	append(entries) {
		for (const entry of entries) {
			this.#entries.push(entry);
		}
		this.#drawSoon();
	}

	finish() {
		this.#setLoading(false);
	}

	// Entries that have arrived, oldest first: each goes below those that are newer. Who looks at older ones stays there.
	arrive(entries, fresh) {
		const scrolled = this.#grid.scrollTop > 0;
		for (const entry of entries) {
			let index = 0;
			while (index < this.#entries.length && this.#entries[index].created_at > entry.created_at) {
				index++;
			}
			this.#entries.splice(index, 0, entry);
			this.#moveDown(index);
			if (fresh(entry)) {
				this.#fresh.add(entry);
			}
		}
		if (scrolled) {
			this.#grid.scrollTop += entries.length * this.#rowHeight();
			this.#unseen += entries.length;
		}
		this.#drawSoon();
	}

	refresh() {
		this.#rows.forEach((row) => row.refresh());
	}

	#setLoading(loading) {
		this.#loading = loading;
		this.#grid.setAttribute('aria-busy', loading);
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
		this.#drawing ||= requestAnimationFrame(() => {
			this.#drawing = 0;
			this.#draw();
		});
	}

	#draw() {
		const height = this.#rowHeight();
		const pending = this.#loading && this.#entries.length === 0;
		const count = pending ? PENDING_ROWS : this.#entries.length;
		const { scrollTop, clientHeight } = this.#grid;
		const first = Math.max(0, Math.floor(scrollTop / height) - BEYOND_SIGHT);
		const last = Math.min(count, Math.ceil((scrollTop + clientHeight) / height) + BEYOND_SIGHT);
		this.#body.style.height = `${count * height}px`;
		this.#grid.setAttribute('aria-rowcount', this.#loading ? -1 : count + 1);
		this.#drop((index) => index < first || index >= last);
		this.#keepActive(Math.ceil(scrollTop / height), first, last);
		for (let index = last - 1, next = null; index >= first; index--) {
			const row = this.#rows.get(index) ?? this.#add(index, next);
			row.show(this.#entries[index], index, height, index === this.#active && !pending);
			next = row.element;
		}
		if (scrollTop === 0) {
			this.#unseen = 0;
		}
		this.#newer.hidden = this.#unseen === 0;
		this.#newer.textContent = `${this.#unseen} new`;
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
		const row = new Row(this.#actions, (at) => this.#activate(at), (entry) => this.#fresh.delete(entry));
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
		const head = this.#body.offsetTop;
		const top = index * height;
		const bottom = top + height + head - this.#grid.clientHeight;
		this.#grid.scrollTop = Math.min(top, Math.max(bottom, this.#grid.scrollTop));
		this.#active = index;
		this.#draw();
		this.#rows.get(index).element.focus({ preventScroll: true });
	}

	#toTop() {
		this.#focus(0);
	}

}
