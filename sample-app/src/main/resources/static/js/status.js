// The status line: what the archive holds and how current it is. It comes with the live events, and is asked for otherwise.

import { byId, element, setText } from './dom.js';
import * as format from './format.js';
import { get } from './http.js';

const EVERY = 5_000;

const FOLLOWER = {
	leading: ['good', 'Archiving'],
	standby: ['good', 'Another instance archives'],
	paused: ['warn', 'Archiving is paused'],
	stopped: ['bad', 'Archiving has stopped'],
	failing: ['bad', 'Archiving fails'],
};

const TURSO = { UP: ['good', 'Turso is up'], DOWN: ['bad', 'Turso is down'], UNKNOWN: ['', 'Turso: unknown'] };

export class Status {

	current = null;

	#query;
	#onChange;
	#onLost;
	#receivedAt = 0;

	constructor(query, onChange, onLost) {
		this.#query = query;
		this.#onChange = onChange;
		this.#onLost = onLost;
		format.onZone(() => this.#draw());
		setInterval(() => this.#draw(), 1000);
		setInterval(() => (Date.now() - this.#receivedAt > EVERY) && !document.hidden && this.ask(), EVERY);
	}

	async ask() {
		try {
			this.received(await get('/api/status'));
		}
		catch (error) {
			this.#lost(error);
		}
	}

	received(status) {
		const before = this.current;
		this.current = status;
		this.#receivedAt = Date.now();
		this.#draw();
		this.#onChange(status, before);
	}

	// The organizations that the page shows: the chosen one, or all.
	get organizations() {
		const chosen = this.#query.organization;
		return (this.current?.organizations ?? []).filter(({ name }) => !chosen || name === chosen);
	}

	get catchingUp() {
		return this.organizations.some(({ catchingUp }) => catchingUp);
	}

	#lost(error) {
		this.current = null;
		show('follower', 'bad', error.kind === 'offline' ? 'The console does not answer' : 'The status is unknown');
		['archived', 'lag', 'poll', 'sealed'].forEach((name) => byId(`status-${name}`).hidden = true);
		show('turso', ...TURSO.UNKNOWN);
		this.#onLost();
	}

	#draw() {
		if (!this.current) {
			return;
		}
		const { follower, turso } = this.current;
		show('follower', ...(FOLLOWER[follower.state] ?? ['', follower.state]));
		show('turso', ...(TURSO[turso] ?? TURSO.UNKNOWN));
		const archived = this.organizations.reduce((sum, organization) => sum + organization.archived, 0);
		figure('archived', 'Archived', format.plain(archived));
		figure('lag', 'Lag', Number.isFinite(follower.lagSeconds) ? format.duration(follower.lagSeconds) : null);
		figure('poll', 'Last poll', follower.lastPoll ? this.#ago(follower.lastPoll) : null);
		const seals = this.organizations.map(({ lastSeal }) => lastSeal ?? '');
		const sealed = seals.length > 0 ? seals.reduce((a, b) => (a < b) ? a : b) : '';
		figure('sealed', 'Sealed until', sealed ? format.day(sealed) : null);
	}

	#ago(instant) {
		const seconds = Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
		return (seconds < 1.5) ? 'just now' : `${format.duration(Math.round(seconds))} ago`;
	}

}

function show(name, state, text) {
	const item = byId(`status-${name}`);
	item.dataset.state = state;
	setText(item.querySelector('.text'), text);
}

function figure(name, label, value) {
	const item = byId(`status-${name}`);
	item.hidden = value === null;
	if (value !== null && item.dataset.value !== value) {
		item.dataset.value = value;
		item.replaceChildren(`${label} `, element('b', {}, value));
	}
}
