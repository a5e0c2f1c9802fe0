// The organization that the page shows: a name where there is one, a choice where there are several.

import { byId, setText } from './dom.js';

export class Organizations {

	names = [];

	#query;
	#select = byId('organizations');

	constructor(query) {
		this.#query = query;
		this.#select.addEventListener('change', () => query.set({ organization: this.#select.value }));
	}

	// Whether entries of several organizations are shown together.
	get several() {
		return this.names.length > 1 && !this.#query.organization;
	}

	show(names) {
		const chosen = this.#query.organization;
		const offered = (chosen && !names.includes(chosen)) ? [...names, chosen] : names;
		if (offered.join('\n') !== this.names.join('\n')) {
			this.names = offered;
			this.#select.replaceChildren(new Option('All organizations', ''), ...offered.map((name) => new Option(name, name)));
		}
		this.#select.hidden = offered.length < 2;
		this.#select.value = chosen;
		byId('organization').hidden = offered.length !== 1;
		setText(byId('organization'), offered[0] ?? '');
		byId('grid').classList.toggle('several', this.several);
	}

}
