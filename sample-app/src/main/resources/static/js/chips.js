// The active filters, each to remove.

import { button, byId, element, replace, svg } from './dom.js';
import * as format from './format.js';
import { KIND_NAMES } from './kinds.js';
import { visible } from './text.js';

const LONGEST = 60;
const NAMES = {
	kind: 'Kind', code: 'Code', author: 'Author', origin: 'Origin', notCode: 'Not code', notAuthor: 'Not author', notOrigin: 'Not origin',
	text: 'Text', from: 'From', to: 'Until',
};

export class Chips {

	#query;

	constructor(query) {
		this.#query = query;
	}

	show() {
		const active = this.#query.active();
		replace(byId('chips'), [...active.map(([name, value]) => this.#chip(name, value)),
			...(active.length > 0 ? [button({ 'class': 'plain', 'data-key': 'clear', 'id': 'clear' }, () => this.#query.clear(), 'Clear all')] : [])]);
		byId('chips').hidden = active.length === 0;
	}

	#chip(name, value) {
		const shown = describe(name, value);
		return button({
			'class': name.startsWith('not') ? 'chip excluded' : 'chip', 'data-key': `${name}=${value}`, 'data-name': name,
			'aria-label': `Remove filter: ${NAMES[name]} ${shown}`, 'title': 'Remove this filter',
		}, () => this.#query.remove(name, value), element('span', { class: 'chip-name' }, NAMES[name]), element('bdi', {}, shown), cross());
	}

}

function describe(name, value) {
	if (name === 'from' || name === 'to') {
		return Number.isNaN(Date.parse(value)) ? visible(value) : format.short(value);
	}
	if (value === '') {
		return '(none)';
	}
	const text = visible(KIND_NAMES[value] && name === 'kind' ? KIND_NAMES[value] : value);
	return (text.length > LONGEST) ? `${text.slice(0, LONGEST)}…` : text;
}

function cross() {
	return svg('svg', { 'viewBox': '0 0 10 10', 'class': 'cross', 'aria-hidden': 'true' }, svg('path', { d: 'M2 2l6 6M8 2l-6 6' }));
}
