// The time range: presets, and a form for any other.

import { byId } from './dom.js';
import * as format from './format.js';
import { closeMenu } from './menus.js';

export class Range {

	#query;
	#form = byId('custom');
	#presets = byId('presets');

	constructor(query) {
		this.#query = query;
		this.#presets.addEventListener('change', ({ target }) => query.setPreset(target.value));
		this.#form.addEventListener('submit', (event) => this.#apply(event));
		format.onZone(() => this.show());
	}

	show() {
		const { preset, from, to } = this.#query;
		for (const radio of this.#presets.querySelectorAll('input')) {
			radio.checked = radio.value === preset;
		}
		byId('custom-menu').classList.toggle('set', preset === undefined);
		byId('custom-zone').textContent = (format.zoneName() === 'UTC') ? 'Times are in UTC.' : 'Times are in your time zone.';
		this.#form.elements.from.value = toField(from);
		this.#form.elements.to.value = toField(to);
	}

	#apply(event) {
		event.preventDefault();
		const from = fromField(this.#form.elements.from.value);
		const to = fromField(this.#form.elements.to.value);
		const error = byId('custom-error');
		error.hidden = !(from && to && from >= to);
		if (error.hidden) {
			this.#query.setRange(from, to);
			closeMenu(byId('custom-menu'));
		}
	}

}

function toField(instant) {
	return Number.isNaN(Date.parse(instant)) ? '' : format.time(instant).slice(0, 16).replace(' ', 'T');
}

function fromField(value) {
	return value ? Date.parse(format.zoneName() === 'UTC' ? `${value}Z` : value) : '';
}
