// The most frequent codes, authors and origins, each to include or to exclude.

import { button, byId, element, replace, svg } from './dom.js';
import * as format from './format.js';
import { exclusionOf } from './query.js';
import { visible } from './text.js';

const SHOWN = 7;
const LONGEST = 80;
const NAMES = ['code', 'author', 'origin'];

export class Facets {

	#query;
	#values = { code: [], author: [], origin: [] };
	#expanded = new Set();

	constructor(query) {
		this.#query = query;
	}

	show(values) {
		this.#values = values;
		NAMES.forEach((name) => this.#draw(name));
	}

	// Counts an entry that has arrived; it passes every filter.
	add(entry) {
		for (const name of NAMES) {
			const value = entry[name] ?? '';
			const known = this.#values[name].find((candidate) => candidate.value === value);
			if (known) {
				known.count++;
			}
			else {
				this.#values[name].push({ value, count: 1 });
			}
		}
	}

	redraw() {
		NAMES.forEach((name) => this.#draw(name));
	}

	#draw(name) {
		const values = this.#withChosen(name).sort((a, b) => b.count - a.count);
		const most = Math.max(1, ...values.map(({ count }) => count));
		const expanded = this.#expanded.has(name);
		const shown = expanded ? values : values.filter((item, index) => index < SHOWN || this.#isChosen(name, item.value));
		replace(byId(`facet-${name}`), shown.map((item) => this.#item(name, item, most)));
		const more = byId(`facet-${name}-more`);
		more.hidden = values.length <= SHOWN;
		more.textContent = expanded ? 'Show fewer' : `Show all ${values.length}`;
		more.setAttribute('aria-expanded', expanded);
		more.onclick = () => {
			expanded ? this.#expanded.delete(name) : this.#expanded.add(name);
			this.#draw(name);
		};
	}

	#item(name, { value, count }, most) {
		const exclusion = exclusionOf(name);
		const included = this.#query.has(name, value);
		const excluded = this.#query.has(exclusion, value);
		const shown = (value === '') ? '(none)' : visible(value).slice(0, LONGEST);
		const bar = element('span', { class: 'share' });
		bar.style.width = `${100 * count / most}%`;
		return element('li', { 'class': 'value', 'data-value': value.slice(0, LONGEST), 'data-state': included ? 'included' : (excluded ? 'excluded' : '') },
			button({ 'class': 'include', 'aria-pressed': included, 'data-key': `+${value}`, 'title': shown }, () => this.#query.toggle(name, value),
				element('bdi', { class: 'name' }, shown), element('span', { class: 'count' }, format.plain(count)), bar),
			button({ 'class': 'exclude', 'aria-pressed': excluded, 'data-key': `-${value}`, 'aria-label': `Exclude ${shown}`, 'title': `Exclude ${shown}` },
				() => this.#query.toggle(exclusion, value), excludeIcon()));
	}

	// What is filtered by stays in sight, whatever its count.
	#withChosen(name) {
		const values = [...this.#values[name]];
		for (const value of [...this.#query.all(name), ...this.#query.all(exclusionOf(name))]) {
			if (!values.some((known) => known.value === value)) {
				values.push({ value, count: 0 });
			}
		}
		return values;
	}

	#isChosen(name, value) {
		return this.#query.has(name, value) || this.#query.has(exclusionOf(name), value);
	}

}

function excludeIcon() {
	return svg('svg', { 'viewBox': '0 0 16 16', 'aria-hidden': 'true' },
		svg('circle', { cx: 8, cy: 8, r: 5.5 }), svg('path', { d: 'M4.3 11.7L11.7 4.3' }));
}
