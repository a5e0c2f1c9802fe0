// The kinds of action: what the colours mean, with the number of entries of each. Each is a filter.

import { button, byId, element, replace } from './dom.js';
import * as format from './format.js';

export const KINDS = ['destructive', 'created', 'access', 'members', 'other'];

export const KIND_NAMES = {
	destructive: 'Destructive',
	created: 'Created',
	access: 'Access',
	members: 'Members',
	other: 'Other',
};

export class Kinds {

	#query;

	constructor(query) {
		this.#query = query;
	}

	show(bars) {
		const total = (kind) => bars.reduce((sum, { counts }) => sum + (counts[kind] ?? 0), 0);
		const counted = (kind) => this.#query.all('kind').length === 0 || this.#query.has('kind', kind);
		replace(byId('kinds'), KINDS.map((kind) => button({
			'class': 'kind', 'data-kind': kind, 'data-key': kind, 'aria-pressed': this.#query.has('kind', kind),
		}, () => this.#query.toggle('kind', kind),
		element('span', { class: 'swatch' }), KIND_NAMES[kind], ...(counted(kind) ? [' ', element('b', {}, format.plain(total(kind)))] : []))));
	}

}
