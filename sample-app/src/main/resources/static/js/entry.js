// One entry with all that is known of it, and its surroundings. It has an address of its own.

import { button, byId, element, replace } from './dom.js';
import * as format from './format.js';
import { get } from './http.js';
import { exclusionOf } from './query.js';
import { excerpt, marked, pattern, visible } from './text.js';

const TITLE = 240;
const FIRST_CHARACTERS = 10_000;
const LONGEST_NEIGHBOUR = 160;

export const keyOf = ({ organization, id }) => `${organization}/${id}`;

export class EntryPanel {

	#query;
	#onClosed;
	#dialog = byId('entry');
	#body = byId('entry-body');
	#shown = null;
	#loading = new AbortController();

	constructor(query, onClosed) {
		this.#query = query;
		this.#onClosed = onClosed;
		byId('entry-close').addEventListener('click', () => this.#dialog.close());
		byId('copy-link').addEventListener('click', () => this.#copy(this.#link(), 'Link copied'));
		byId('copy-json').addEventListener('click', () => this.#copy(JSON.stringify(this.#shown.entry, null, 2), 'JSON copied'));
		byId('nearby').addEventListener('change', () => this.#showNearby());
		this.#dialog.addEventListener('click', ({ target }) => (target === this.#dialog) && this.#dialog.close());
		this.#dialog.addEventListener('close', () => this.#closed());
		format.onZone(() => this.#shown && this.#show());
	}

	// Opens or closes, as the address says.
	async update() {
		this.#loading.abort();
		this.#loading = new AbortController();
		const key = this.#query.entry;
		if (!key) {
			this.#dialog.close();
			return;
		}
		this.#wait();
		try {
			const found = await get(`/api/entries/${key.split('/').map(encodeURIComponent).join('/')}`, this.#loading.signal);
			this.#shown = found;
			this.#show();
		}
		catch (error) {
			if (error.name !== 'AbortError') {
				this.#fail(error);
			}
		}
	}

	#wait() {
		this.#shown = null;
		this.#dialog.setAttribute('aria-busy', 'true');
		if (!this.#dialog.open) {
			byId('entry-title').textContent = 'Loading the entry';
			byId('entry-code').replaceChildren();
			this.#body.hidden = true;
			byId('entry-failure').hidden = true;
			this.#dialog.showModal();
		}
		this.#enableCopying(false);
	}

	#fail(error) {
		this.#dialog.setAttribute('aria-busy', 'false');
		byId('entry-code').replaceChildren();
		byId('entry-title').textContent = ['missing', 'invalid'].includes(error.kind) ? 'This entry is not in the archive' : 'The entry could not be loaded';
		byId('entry-failure').textContent = error.message;
		byId('entry-failure').hidden = false;
		this.#body.hidden = true;
	}

	#show() {
		const { entry } = this.#shown;
		const search = pattern(this.#query.text);
		this.#dialog.setAttribute('aria-busy', 'false');
		this.#dialog.dataset.kind = entry.kind;
		byId('entry-failure').hidden = true;
		byId('entry-code').replaceChildren(element('span', { class: 'swatch' }), element('bdi', {}, visible(entry.code ?? 'No code').slice(0, TITLE)));
		byId('entry-title').replaceChildren(...marked(excerpt(entry.message || 'No message', TITLE, search), search));
		byId('entry-fields').replaceChildren(...this.#fields(entry, search));
		this.#body.hidden = false;
		this.#enableCopying(true);
		this.#showNearby();
		this.#body.scrollTop = 0;
	}

	#fields(entry, search) {
		return [
			...(entry.createdAt ? field('Time', timeOf(entry.createdAt)) : []),
			...((entry.message ?? '').length > TITLE ? field('Message', ...long(entry.message, search)) : []),
			...this.#filterable('Code', 'code', entry.code, search),
			...this.#filterable('Author', 'author', entry.author, search),
			...this.#filterable('Origin', 'origin', entry.origin, search),
			...plain('Organization', entry.organization),
			...plain('From', [entry.city, entry.countryCode].filter(Boolean).join(', ')),
			...plain('Coordinates', [entry.latitude, entry.longitude].filter(Boolean).join(', ')),
			...plain('IP address', entry.ip),
			...json('Data', entry.data, search),
			...json('More', entry.additional, search),
			...(entry.occurrences > 1 ? plain('Occurrences', `${entry.occurrences}, all alike`) : []),
			...plain('Id', entry.id, 'code-text'),
			...plain('Sequence', format.plain(entry.sequence)),
			...plain('Hash', entry.hash, 'code-text'),
			...field('Seal', ...this.#seal()),
		];
	}

	#seal() {
		const { seal } = this.#shown;
		return seal ? [`In the seal of ${format.day(seal.day)} `, element('span', { class: 'soft' }, `(entries ${format.plain(seal.firstSequence)} to ${format.plain(seal.lastSequence)})`)]
			: ['Not sealed yet'];
	}

	#filterable(label, name, value, search) {
		if (!value) {
			return [];
		}
		const action = (text, title, apply) => button({ 'class': 'plain', 'aria-label': title }, apply, text);
		return field(label, element('bdi', { class: 'grow' }, ...marked(value.slice(0, FIRST_CHARACTERS), search)),
			action('Only', `Show only this ${name}`, () => this.#query.only(name, value)),
			action('Exclude', `Exclude this ${name}`, () => this.#query.toggle(exclusionOf(name), value)));
	}

	#showNearby() {
		const { entry, before, after, sameAuthor, sameResource } = this.#shown;
		const chosen = this.#dialog.querySelector('input[name=nearby]:checked').value;
		const around = [...after.toReversed(), entry, ...before.toReversed()];
		const shown = { around, author: sameAuthor, resource: sameResource }[chosen];
		const empty = shown.filter((other) => other !== entry).length === 0;
		replace(byId('nearby-list'), empty ? [] : shown.map((other) => this.#neighbour(other, keyOf(other) === keyOf(entry))));
		byId('nearby-empty').hidden = !empty;
	}

	#neighbour(entry, current) {
		return element('li', { 'data-kind': entry.kind }, button({
			'class': 'neighbour', 'data-key': keyOf(entry), ...(current ? { 'aria-current': 'true' } : {}),
		}, () => this.#query.openEntry(keyOf(entry)),
		element('span', { class: 'neighbour-time' }, format.time(entry.createdAt)),
		element('span', { class: 'neighbour-code' }, element('span', { class: 'swatch' }), element('bdi', {}, visible(entry.code ?? '').slice(0, 60))),
		element('bdi', { class: 'neighbour-author' }, visible(entry.author ?? '').slice(0, 60)),
		element('span', { class: 'neighbour-message', dir: 'auto' }, visible((entry.message ?? '').slice(0, LONGEST_NEIGHBOUR)))));
	}

	#enableCopying(enabled) {
		byId('copy-link').disabled = !enabled;
		byId('copy-json').disabled = !enabled;
		byId('copied').textContent = '';
	}

	#link() {
		return `${location.origin}${location.pathname}?${new URLSearchParams({ entry: keyOf(this.#shown.entry) })}`;
	}

	async #copy(text, done) {
		try {
			await navigator.clipboard.writeText(text);
			byId('copied').textContent = done;
		}
		catch {
			byId('copied').textContent = 'The browser does not allow copying';
		}
	}

	// The event comes later than the closing: another entry may have been opened in between.
	#closed() {
		if (this.#dialog.open) {
			return;
		}
		this.#loading.abort();
		const id = this.#shown?.entry.id;
		this.#shown = null;
		if (this.#query.entry) {
			this.#query.openEntry(null);
		}
		this.#onClosed(id);
	}

}

function field(label, ...content) {
	return [element('dt', {}, label), element('dd', {}, ...content)];
}

function plain(label, value, name = 'grow') {
	return value ? field(label, element('bdi', { class: name }, visible(String(value)))) : [];
}

// In both time zones, the chosen one first.
function timeOf(instant) {
	const local = format.timeIn(instant);
	const utc = `${format.timeIn(instant, 'UTC')} UTC`;
	const [first, second] = (format.zoneName() === 'UTC') ? [utc, `${local} local`] : [`${local} local`, utc];
	return element('span', {}, first, ' ', element('span', { class: 'soft' }, second));
}

function json(label, value, search) {
	return (value && Object.keys(value).length > 0) ? field(label, ...long(JSON.stringify(value, null, 2), search, 'pre')) : [];
}

// A text that may be very long: its beginning, and the rest on demand.
function long(text, search, tag = 'div') {
	const shown = element(tag, { 'class': 'long', 'dir': (tag === 'pre') ? 'ltr' : 'auto', 'tabindex': '0' }, ...marked(text.slice(0, FIRST_CHARACTERS), search));
	if (text.length <= FIRST_CHARACTERS) {
		return [shown];
	}
	const rest = button({ 'class': 'plain' }, () => {
		shown.textContent = visible(text);
		rest.remove();
	}, `Show all ${format.plain(text.length)} characters`);
	return [shown, rest];
}
