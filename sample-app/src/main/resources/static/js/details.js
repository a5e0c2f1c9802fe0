// An entry with everything that is known of it.

import { element } from './dom.js';
import * as format from './format.js';

const SHOWN = ['id', 'code', 'message', 'origin', 'author', 'created_at', 'data', 'ip', 'city', 'country_code', 'latitude',
	'longitude'];

export class Details {

	#dialog = document.getElementById('details');
	#title = document.getElementById('details-title');
	#fields = document.getElementById('details-fields');
	#onFilter;

	constructor(onFilter) {
		this.#onFilter = onFilter;
		document.getElementById('details-close').addEventListener('click', () => this.#dialog.close());
		this.#dialog.addEventListener('click', ({ target }) => (target === this.#dialog) && this.#dialog.close());
	}

	open(entry) {
		this.#title.textContent = entry.message || entry.code || 'Entry';
		this.#fields.replaceChildren(
			...this.#field('Time (UTC)', format.time(entry.created_at)),
			...this.#field('Action', entry.code, { code: entry.code }),
			...this.#field('Author', entry.author, { author: entry.author }),
			...this.#field('Origin', entry.origin, { origin: entry.origin }),
			...this.#field('From', [entry.city, entry.country_code].filter(Boolean).join(', ')),
			...this.#field('Coordinates', [entry.latitude, entry.longitude].filter(Boolean).join(', ')),
			...this.#field('IP address', entry.ip),
			...this.#field('Id', entry.id),
			...json('Data', entry.data),
			...json('More', Object.fromEntries(Object.entries(entry).filter(([name]) => !SHOWN.includes(name)))));
		this.#dialog.showModal();
		this.#dialog.scrollTop = 0;
	}

	#field(name, value, filter) {
		if (!value) {
			return [];
		}
		const shown = element('dd', {}, element('bdi', { class: 'value' }, value));
		if (filter) {
			const button = element('button', { type: 'button', class: 'filter', 'aria-label': `Show only this ${name.toLowerCase()}` },
				'Show only this');
			button.addEventListener('click', () => {
				this.#dialog.close();
				this.#onFilter(filter);
			});
			shown.append(button);
		}
		return [element('dt', {}, name), shown];
	}

}

function json(name, value) {
	return (value && Object.keys(value).length > 0)
		? [element('dt', {}, name), element('dd', {}, element('pre', { dir: 'ltr' }, JSON.stringify(value, null, 2)))] : [];
}
