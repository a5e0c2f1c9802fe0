// What the page is doing: loading, done, empty, failed, forbidden; live, paused, reconnecting; the archive catching up or failing.

import { byId, setText } from './dom.js';
import * as format from './format.js';
import { visible } from './text.js';

const LIVE = {
	connecting: ['', 'Connecting'],
	live: ['good', 'Live'],
	paused: ['warn', 'Paused'],
	reconnecting: ['warn', 'Reconnecting'],
	past: ['', 'Past range'],
	waiting: ['', 'Not live yet'],
	off: ['', 'Not live'],
};

const PROBLEMS = {
	login: ['Sign in to see the audit log', 'Sign in'],
	forbidden: ['You are not allowed to see the audit log', 'Try again'],
	invalid: ['These filters are not valid', 'Clear the filters'],
	offline: ['The console does not answer', 'Try again'],
	failed: ['The entries could not be loaded', 'Try again'],
};

export class States {

	#query;
	#actions;
	#problem = byId('problem');
	#kind = null;

	constructor(query, actions) {
		this.#query = query;
		this.#actions = actions;
		byId('problem-action').addEventListener('click', () => this.#resolve());
	}

	get failed() {
		return this.#kind !== null;
	}

	loading() {
		this.#fail(null);
		byId('empty').hidden = true;
		byId('entry-figures').textContent = '';
		document.body.classList.add('loading');
	}

	loaded(size, total) {
		this.#fail(null);
		document.body.classList.remove('loading');
		this.counted(size, total);
		byId('announcement').textContent = (size === 0) ? byId('empty-title').textContent : format.entries(total);
	}

	counted(size, total) {
		byId('entry-figures').textContent = (size === 0) ? '' : format.entries(total);
		byId('empty').hidden = size > 0;
		const [title, text] = this.#emptiness();
		setText(byId('empty-title'), title);
		setText(byId('empty-text'), text);
	}

	// Nothing can be shown.
	failedWith(problem) {
		document.body.classList.remove('loading');
		this.#fail(problem);
		document.body.classList.add('failed');
	}

	// More cannot be shown.
	incomplete(problem) {
		this.#fail(problem);
	}

	live(state, waiting = 0) {
		const [colour, text] = LIVE[state];
		byId('live').dataset.state = colour;
		setText(byId('live-text'), text);
		const button = byId('pause');
		button.hidden = !['live', 'paused', 'reconnecting'].includes(state);
		button.setAttribute('aria-pressed', state === 'paused');
		setText(button, (state !== 'paused') ? 'Pause' : (waiting > 0 ? `Resume, ${format.plain(waiting)} waiting` : 'Resume'));
	}

	arrived(count) {
		byId('announcement').textContent = format.count(count, 'new entry', 'new entries');
	}

	// The banner that tells of the archive.
	archive(follower, organizations) {
		const [kind, title, text] = archiveNotice(follower, organizations);
		const notice = byId('notice');
		notice.hidden = !kind;
		notice.dataset.kind = kind ?? '';
		setText(byId('notice-title'), title ?? '');
		setText(byId('notice-text'), text ?? '');
		this.#progress(organizations.filter(({ catchingUp }) => catchingUp), kind === 'catching-up');
	}

	archiveUnknown() {
		byId('notice').hidden = true;
	}

	#progress(organizations, visible) {
		const progress = byId('progress');
		const known = organizations.every(({ total }) => total > 0);
		progress.hidden = !visible || !known;
		if (!progress.hidden) {
			progress.max = sum(organizations, 'total');
			progress.value = sum(organizations, 'archived');
		}
	}

	#fail(problem) {
		this.#kind = problem?.kind ?? null;
		this.#problem.hidden = !problem;
		if (problem) {
			const [title, action] = PROBLEMS[problem.kind] ?? PROBLEMS.failed;
			byId('problem-title').textContent = title;
			byId('problem-text').textContent = problem.message;
			byId('problem-action').textContent = action;
		}
		document.body.classList.remove('failed');
		document.body.classList.toggle('closed', this.#kind === 'login' || this.#kind === 'forbidden');
	}

	#resolve() {
		switch (this.#kind) {
			case 'login': return location.assign('/login');
			case 'invalid': return this.#query.clear();
			default: return this.#actions.retry();
		}
	}

	#emptiness() {
		if (this.#query.active().length > 0) {
			return ['No entry matches', 'Remove a filter above, or choose a longer range.'];
		}
		return (this.#query.preset === 'all') ? ['The archive is empty', 'Entries appear here as they are archived.']
			: ['No entries in this range', 'Choose a longer one. New entries appear here as they are archived.'];
	}

}

function archiveNotice(follower, organizations) {
	if (follower.state === 'failing' || follower.state === 'stopped') {
		const next = follower.nextAttempt ? ` Next attempt at ${format.time(follower.nextAttempt).slice(11)}.` : '';
		return ['failing', follower.state === 'failing' ? 'Archiving fails' : 'Archiving has stopped',
			`${sentence(follower.lastError ?? 'The reason is not known')}${next} What is archived stays available.`];
	}
	if (organizations.some(({ catchingUp }) => catchingUp)) {
		const total = organizations.every((organization) => organization.total > 0) ? ` of ${format.plain(sum(organizations, 'total'))}` : '';
		return ['catching-up', 'The archive is catching up', `${format.plain(sum(organizations, 'archived'))}${total} entries are archived.${sum(organizations, 'archived') > 0 ? ' They can be searched already.' : ''}`];
	}
	return [];
}

function sentence(text) {
	return visible(text).replace(/[.\s]*$/, '.');
}

function sum(organizations, name) {
	return organizations.reduce((total, organization) => total + (organization[name] ?? 0), 0);
}
