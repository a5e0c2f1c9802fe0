// The figures, the kinds of action and the most active authors.

import { element } from './dom.js';
import * as format from './format.js';
import { KINDS, KIND_NAMES, ofKind } from './summary.js';

const AUTHORS = 7;

export class Overview {

	#filters;
	#kinds = document.getElementById('kinds');
	#authors = document.getElementById('authors');

	constructor(filters) {
		this.#filters = filters;
	}

	show(summary) {
		document.getElementById('figures').textContent = (summary.total === 0) ? 'None'
			: `${format.count(summary.total, 'entry', 'entries')}, ${format.fullDay(summary.oldest)} to ${format.fullDay(summary.newest)}`;
		document.getElementById('author-figures').textContent = format.count(summary.authors.length, 'author');
		update(this.#kinds, KINDS.map((kind) => this.#kind(kind, ofKind(summary, kind))));
		const top = summary.authors.slice(0, AUTHORS);
		update(this.#authors, top.map((author) => this.#author(author, top[0].count)));
	}

	#kind(kind, count) {
		const button = element('button', {
			type: 'button', class: 'kind', 'data-kind': kind, 'data-key': kind, 'aria-pressed': this.#filters.has('kind', kind),
		}, element('span', { class: 'swatch' }), KIND_NAMES[kind], ' ', element('b', {}, format.plain(count)));
		button.addEventListener('click', () => this.#filters.toggle('kind', kind));
		return button;
	}

	#author({ name, count }, most) {
		const bar = element('span', { class: 'bar' });
		bar.style.width = `${100 * count / most}%`;
		const button = element('button', {
			type: 'button', class: 'person', 'data-key': name, 'aria-pressed': this.#filters.has('author', name),
		}, element('bdi', { class: 'name' }, name), element('span', { class: 'count' }, format.plain(count)), bar);
		button.addEventListener('click', () => this.#filters.toggle('author', name));
		return element('li', {}, button);
	}

}

// Replaces the content, leaving the focus on the button of the same key.
function update(parent, children) {
	const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : null;
	parent.replaceChildren(...children);
	if (focused !== null) {
		[...parent.querySelectorAll('button')].find((button) => button.dataset.key === focused)?.focus();
	}
}
