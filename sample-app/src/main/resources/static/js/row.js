// A row of the grid. It is shown again and again, with one entry after the other.

import { element } from './dom.js';
import * as format from './format.js';

const LONGEST = 400;

export class Row {

	element = element('div', { role: 'row', class: 'row', tabindex: '-1' });

	#actions;
	#unmark;
	#index;
	#entry;
	#time = element('div', { role: 'gridcell', class: 'cell time' });
	#code = element('button', { type: 'button', class: 'link', tabindex: '-1' });
	#author = element('button', { type: 'button', class: 'link', tabindex: '-1', dir: 'auto' });
	#message = element('div', { role: 'gridcell', class: 'cell message', dir: 'auto' });
	#origin = element('div', { role: 'gridcell', class: 'cell origin' });

	constructor(actions, activate, unmark) {
		this.#actions = actions;
		this.#unmark = unmark;
		this.element.append(this.#time,
			element('div', { role: 'gridcell', class: 'cell code' }, element('span', { class: 'swatch' }), this.#code),
			element('div', { role: 'gridcell', class: 'cell author' }, this.#author), this.#message, this.#origin);
		this.element.addEventListener('focus', () => activate(this.#index));
		this.element.addEventListener('click', (event) => this.#clicked(event));
		this.element.addEventListener('keydown', (event) => this.#pressed(event));
		this.element.addEventListener('animationend', () => this.element.classList.remove('new'));
	}

	show(entry, index, height, active) {
		this.#index = index;
		this.element.style.transform = `translateY(${index * height}px)`;
		this.element.setAttribute('aria-rowindex', index + 2);
		this.element.tabIndex = active ? 0 : -1;
		if (entry !== this.#entry || !entry) {
			this.#entry = entry;
			this.#fill();
		}
	}

	refresh() {
		if (this.#entry) {
			this.element.dataset.kind = this.#actions.kindOf(this.#entry.code);
		}
	}

	remove() {
		this.element.remove();
	}

	#fill() {
		const entry = this.#entry ?? {};
		this.element.classList.toggle('pending', !this.#entry);
		this.element.classList.toggle('new', Boolean(this.#entry) && this.#unmark(entry));
		this.#time.textContent = format.time(entry.created_at);
		this.#code.textContent = entry.code ?? '';
		this.#author.textContent = entry.author ?? '';
		this.#message.textContent = (entry.message ?? '').slice(0, LONGEST);
		this.#origin.textContent = entry.origin ?? '';
		this.refresh();
	}

	#clicked({ target }) {
		if (!this.#entry) {
			return;
		}
		if (target === this.#code) {
			this.#actions.filter({ code: this.#entry.code });
		}
		else if (target === this.#author) {
			this.#actions.filter({ author: this.#entry.author });
		}
		else {
			this.#actions.open(this.#entry);
		}
	}

	#pressed(event) {
		if (event.target === this.element && (event.key === 'Enter' || event.key === ' ') && this.#entry) {
			event.preventDefault();
			this.#actions.open(this.#entry);
		}
	}

}
