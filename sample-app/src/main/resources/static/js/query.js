// The filters. They live in the page's address under the names that the server uses; "range" is a preset that the
// page turns into "from". "entry" is the entry that is open.

import { floor } from './time.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SINGLE = ['organization', 'range', 'from', 'to', 'text'];
const REPEATED = ['kind', 'code', 'author', 'origin', 'notCode', 'notAuthor', 'notOrigin'];

export const PRESETS = { '24h': 1, '7d': 7, '30d': 30, '90d': 90, 'all': Infinity };
export const DEFAULT_PRESET = '30d';

export const exclusionOf = (name) => `not${name[0].toUpperCase()}${name.slice(1)}`;

export class Query {

	#onFilters;
	#onEntry;
	#filters;
	#entry;

	constructor(onFilters, onEntry) {
		this.#onFilters = onFilters;
		this.#onEntry = onEntry;
		this.#read();
		window.addEventListener('popstate', () => this.#changed());
	}

	get entry() {
		return this.#entry;
	}

	get text() {
		return this.#filters.get('text') ?? '';
	}

	get organization() {
		return this.#filters.get('organization') ?? '';
	}

	// The name of the preset, or undefined where the range is another.
	get preset() {
		if (this.#filters.has('from') || this.#filters.has('to')) {
			return undefined;
		}
		const range = this.#filters.get('range');
		return (range in PRESETS) ? range : DEFAULT_PRESET;
	}

	get from() {
		return this.#filters.get('from');
	}

	get to() {
		return this.#filters.get('to');
	}

	// Whether entries that arrive from now on can match.
	get isOpenEnded() {
		return !(Date.parse(this.to) <= Date.now());
	}

	has(name, value) {
		return this.#filters.has(name, value);
	}

	all(name) {
		return this.#filters.getAll(name);
	}

	// Every active filter but the preset, as [name, value].
	active() {
		return [...this.#filters].filter(([name]) => name !== 'range' && name !== 'organization');
	}

	// The parameters of a request.
	parameters() {
		const parameters = new URLSearchParams(this.#filters);
		parameters.delete('range');
		const days = PRESETS[this.preset];
		if (Number.isFinite(days)) {
			const start = (days === 1) ? floor(Date.now(), 'hour') - 23 * HOUR : floor(Date.now(), 'day') - (days - 1) * DAY;
			parameters.set('from', new Date(start).toISOString());
		}
		return parameters;
	}

	// Sets single values; an empty one removes the filter.
	set(values) {
		this.#change((filters) => {
			for (const [name, value] of Object.entries(values)) {
				filters.delete(name);
				if (value) {
					filters.set(name, value);
				}
			}
		});
	}

	// While somebody types, the address changes in place: "back" leads to what was before.
	setText(text) {
		const typing = this.text !== '' && text !== '';
		this.#change((filters) => text ? filters.set('text', text) : filters.delete('text'), typing);
	}

	setPreset(name) {
		this.set({ from: '', to: '', range: (name === DEFAULT_PRESET) ? '' : name });
	}

	setRange(from, to) {
		this.set({ range: '', from: from && new Date(from).toISOString(), to: to && new Date(to).toISOString() });
	}

	// Adds the value, or removes it where it is set already. A value is never both included and excluded.
	toggle(name, value) {
		this.#change((filters) => {
			const had = filters.has(name, value);
			filters.delete(name, value);
			filters.delete(opposite(name), value);
			if (!had) {
				filters.append(name, value);
			}
		});
	}

	only(name, value) {
		this.#change((filters) => {
			filters.delete(name);
			filters.delete(opposite(name));
			filters.append(name, value);
		});
	}

	remove(name, value) {
		this.#change((filters) => filters.delete(name, value));
	}

	clear() {
		this.#change((filters) => [...REPEATED, 'text', 'from', 'to'].forEach((name) => filters.delete(name)));
	}

	openEntry(entry) {
		if (entry !== this.#entry) {
			this.#go(this.#filters, entry);
		}
	}

	#change(change, inPlace = false) {
		const filters = new URLSearchParams(this.#filters);
		change(filters);
		if (filters.toString() !== this.#filters.toString() || this.#entry) {
			this.#go(filters, null, inPlace);
		}
	}

	#go(filters, entry, inPlace = false) {
		const search = new URLSearchParams(filters);
		if (entry) {
			search.set('entry', entry);
		}
		const address = search.size > 0 ? `?${search}` : location.pathname;
		inPlace ? history.replaceState(null, '', address) : history.pushState(null, '', address);
		this.#changed();
	}

	#changed() {
		const before = [this.#filters.toString(), this.#entry];
		this.#read();
		if (this.#entry !== before[1]) {
			this.#onEntry();
		}
		if (this.#filters.toString() !== before[0]) {
			this.#onFilters();
		}
	}

	#read() {
		const search = new URLSearchParams(location.search);
		this.#entry = search.get('entry');
		this.#filters = new URLSearchParams([...search].filter(([name, value]) => REPEATED.includes(name)
			|| (SINGLE.includes(name) && value.trim() !== '')));
	}

}

function opposite(name) {
	return name.startsWith('not') ? name[3].toLowerCase() + name.slice(4) : exclusionOf(name);
}
