// What is asked for. It lives in the page's address, by the names that the server uses; the form shows it.

const NAMES = ['q', 'code', 'author', 'origin', 'kind', 'startTime', 'endTime'];
const TYPING = 300;

export class Filters {

	#form;
	#clear;
	#onChange;
	#known = new Map();
	#typing;

	constructor(form, clear, onChange) {
		this.#form = form;
		this.#clear = clear;
		this.#onChange = onChange;
		form.addEventListener('submit', (event) => event.preventDefault());
		form.addEventListener('input', (event) => this.#edited(event));
		clear.addEventListener('click', () => this.clear());
		window.addEventListener('popstate', () => this.#changed());
		this.#show();
	}

	params() {
		const params = new URLSearchParams();
		for (const [name, value] of new URLSearchParams(location.search)) {
			if (NAMES.includes(name) && value.trim() !== '') {
				params.append(name, value);
			}
		}
		return params;
	}

	get active() {
		return this.params().size > 0;
	}

	has(name, value) {
		return this.params().has(name, value);
	}

	// Sets the given filters, leaving the others as they are; an empty value removes one.
	set(values) {
		const params = this.params();
		for (const [name, value] of Object.entries(values)) {
			params.delete(name);
			if (value) {
				params.set(name, value);
			}
		}
		this.#go(params);
	}

	toggle(name, value) {
		this.set({ [name]: this.has(name, value) ? '' : value });
	}

	clear() {
		this.#go(new URLSearchParams());
	}

	// Offers values to choose from, beside those offered before.
	offer(name, values) {
		const known = this.#known.get(name) ?? new Set();
		const before = known.size;
		values.forEach((value) => known.add(value));
		this.#known.set(name, known);
		if (known.size !== before) {
			this.#showSelect(name, this.params().getAll(name));
		}
	}

	#go(params) {
		clearTimeout(this.#typing);
		if (params.toString() !== this.params().toString()) {
			history.pushState(null, '', params.size > 0 ? `?${params}` : location.pathname);
			this.#changed();
		}
	}

	#changed() {
		this.#show();
		this.#onChange();
	}

	#edited({ target }) {
		clearTimeout(this.#typing);
		this.#typing = setTimeout(() => this.set({ [target.name]: valueOf(target) }),
			(target.tagName === 'SELECT') ? 0 : TYPING);
	}

	#show() {
		const params = this.params();
		for (const field of this.#form.elements) {
			if (field.tagName === 'SELECT') {
				this.#showSelect(field.name, params.getAll(field.name));
			}
			else if (field.name && field !== document.activeElement) {
				field.value = shown(field, params.get(field.name) ?? '');
			}
			field.classList.toggle('set', params.has(field.name));
		}
		this.#clear.disabled = params.size === 0;
	}

	#showSelect(name, chosen) {
		const select = this.#form.elements[name];
		const values = new Set([...(this.#known.get(name) ?? []), ...chosen]);
		const options = [...values].sort((a, b) => a.localeCompare(b)).map((value) => new Option(value, value));
		if (chosen.length > 1) {
			options.unshift(new Option(chosen.join(', '), 'several'));
		}
		select.replaceChildren(select.options[0], ...options);
		select.value = (chosen.length > 1) ? 'several' : chosen[0] ?? '';
	}

}

function valueOf(field) {
	return (field.type === 'datetime-local' && field.value) ? new Date(`${field.value}Z`).toISOString() : field.value.trim();
}

function shown(field, value) {
	if (field.type !== 'datetime-local') {
		return value;
	}
	const time = new Date(value);
	return Number.isNaN(time.getTime()) ? '' : time.toISOString().slice(0, 16);
}
