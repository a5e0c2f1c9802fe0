// Asks the server to recompute the hash chain and the seals, and shows what it found.

import { byId, element } from './dom.js';
import * as format from './format.js';
import { post } from './http.js';
import { visible } from './text.js';

export class Verify {

	#organizations;
	#dialog = byId('verify');
	#run = byId('verify-run');
	#result = byId('verify-result');
	#running = new AbortController();

	constructor(organizations) {
		this.#organizations = organizations;
		byId('verify-open').addEventListener('click', () => this.#open());
		byId('verify-close').addEventListener('click', () => this.#dialog.close());
		byId('verify-form').addEventListener('submit', (event) => {
			event.preventDefault();
			this.#verify();
		});
		this.#dialog.addEventListener('close', () => this.#running.abort());
		this.#dialog.addEventListener('click', ({ target }) => (target === this.#dialog) && this.#dialog.close());
	}

	#open() {
		this.#result.replaceChildren();
		byId('verify-organization').textContent = this.#organizations().join(', ');
		this.#dialog.showModal();
	}

	async #verify() {
		this.#running = new AbortController();
		const againstTurso = byId('against-turso').checked;
		this.#busy(true);
		this.#result.replaceChildren(element('p', { class: 'soft' }, 'Recomputing the chain and the seals'));
		try {
			const results = [];
			for (const organization of this.#organizations()) {
				const parameters = new URLSearchParams({ organization, againstTurso });
				results.push(...this.#show(organization, await post(`/api/verify?${parameters}`, this.#running.signal)));
			}
			this.#result.replaceChildren(...results);
		}
		catch (error) {
			if (error.name !== 'AbortError') {
				this.#result.replaceChildren(verdict('bad', 'The archive could not be verified'), element('p', {}, error.message));
			}
		}
		finally {
			this.#busy(false);
		}
	}

	#busy(busy) {
		this.#run.disabled = busy;
		byId('verify-progress').hidden = !busy;
	}

	#show(organization, { ok, entries, seals, findings, notProven }) {
		const title = ok ? 'No change was found' : format.count(findings.length, 'finding');
		return [
			verdict(ok ? 'good' : 'bad', this.#organizations().length > 1 ? `${organization}: ${title}` : title),
			element('p', {}, `${format.entries(entries)} and ${format.count(seals, 'seal')} were checked.`),
			...list('findings', 'Findings', findings.map(({ text }) => visible(text))),
			...list('not-proven', 'What this does not prove', notProven),
		];
	}

}

function verdict(state, text) {
	return element('p', { 'class': 'verdict state', 'data-state': state }, element('span', { class: 'dot' }), element('span', { class: 'text' }, text));
}

function list(name, title, items) {
	return (items.length === 0) ? []
		: [element('h3', {}, title), element('ul', { class: name }, ...items.map((item) => element('li', {}, item)))];
}
