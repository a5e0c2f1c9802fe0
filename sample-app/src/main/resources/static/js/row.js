// A row of the grid. It is used again and again, with one entry after the other.

import { button, element } from './dom.js';
import * as format from './format.js';
import { excerpt, marked, visible } from './text.js';

const LONGEST = 300;
const LONGEST_NAME = 80;

export class Row {

	element = element('div', { role: 'row', class: 'row', tabindex: '-1' });

	#actions;
	#index;
	#entry;
	#shownWith;
	#time = element('div', { role: 'gridcell', class: 'cell time' });
	#code = button({ class: 'link', tabindex: '-1' }, () => this.#filter('code'));
	#author = button({ class: 'link', tabindex: '-1' }, () => this.#filter('author'));
	#message = element('div', { role: 'gridcell', class: 'cell message', dir: 'auto' });
	#origin = element('div', { role: 'gridcell', class: 'cell origin' });
	#organization = element('div', { role: 'gridcell', class: 'cell organization' });

	constructor(actions) {
		this.#actions = actions;
		this.element.append(this.#time,
			element('div', { role: 'gridcell', class: 'cell code' }, element('span', { class: 'swatch' }), this.#code),
			element('div', { role: 'gridcell', class: 'cell author' }, this.#author), this.#message, this.#origin, this.#organization);
		this.element.addEventListener('focus', () => actions.activate(this.#index));
		this.element.addEventListener('click', ({ target }) => !target.closest('button') && this.#open());
		this.element.addEventListener('keydown', (event) => this.#pressed(event));
		this.element.addEventListener('animationend', () => this.element.classList.remove('new'));
	}

	show(entry, index, { height, active, search, gap, version }) {
		this.#index = index;
		this.element.style.transform = `translateY(${index * height}px)`;
		this.element.setAttribute('aria-rowindex', index + 2);
		this.element.tabIndex = active ? 0 : -1;
		this.element.classList.toggle('gap', gap);
		if (entry !== this.#entry || version !== this.#shownWith || !entry) {
			this.#entry = entry;
			this.#shownWith = version;
			this.#fill(search);
		}
	}

	remove() {
		this.element.remove();
	}

	#fill(search) {
		const entry = this.#entry ?? {};
		this.element.classList.toggle('pending', !this.#entry);
		this.element.classList.toggle('new', Boolean(this.#entry) && this.#actions.takeFresh(entry));
		this.element.dataset.kind = entry.kind ?? '';
		this.#time.textContent = format.time(entry.createdAt);
		this.#showName(this.#code, entry.code, search);
		this.#showName(this.#author, entry.author, search);
		this.#message.replaceChildren(...marked(excerpt(entry.message ?? '', LONGEST, search), search));
		this.#origin.replaceChildren(...name(entry.origin, search));
		this.#organization.textContent = visible(entry.organization ?? '').slice(0, LONGEST_NAME);
	}

	#showName(target, value, search) {
		target.hidden = !value;
		target.replaceChildren(...name(value, search));
	}

	#filter(name) {
		this.#actions.filter(name, this.#entry[name] ?? '');
	}

	#open() {
		if (this.#entry) {
			this.#actions.open(this.#entry);
		}
	}

	#pressed(event) {
		if (event.target === this.element && (event.key === 'Enter' || event.key === ' ')) {
			event.preventDefault();
			this.#open();
		}
	}

}

function name(value, search) {
	return [element('bdi', {}, ...marked((value ?? '').slice(0, LONGEST_NAME), search))];
}
