// What the page is doing: reading, done, empty, failed, live, reconnecting.

import * as format from './format.js';

const LIVE = {
	live: ['good', 'Live'],
	past: ['unknown', 'The range is in the past'],
	reconnecting: ['warn', 'Reconnecting'],
	failed: ['bad', 'Not live'],
	unknown: ['unknown', 'Connecting'],
};

export class States {

	#filters;
	#table;
	#live = document.getElementById('live');
	#figures = document.getElementById('entry-figures');
	#problem = document.getElementById('problem');
	#empty = document.getElementById('empty');
	#announcement = document.getElementById('announcement');
	#state = 'loading';

	constructor(filters, table, retry) {
		this.#filters = filters;
		this.#table = table;
		this.#problem.querySelector('button').addEventListener('click', retry);
	}

	get isFailed() {
		return this.#state === 'failed';
	}

	loading() {
		this.live('unknown');
		this.#enter('loading');
		this.counted();
	}

	loaded() {
		this.#enter('loaded');
		this.counted();
		this.#announcement.textContent = this.#figures.textContent;
	}

	failed(error) {
		this.#enter('failed');
		this.#problem.querySelector('.problem-text').textContent = error.message;
		this.counted();
	}

	live(state, detail = '') {
		const [colour, text] = LIVE[state];
		this.#live.dataset.state = colour;
		this.#live.title = detail;
		this.#live.querySelector('.text').textContent = text;
	}

	arrived(count) {
		this.counted();
		if (count > 0) {
			this.#announcement.textContent = format.count(count, 'new entry', 'new entries');
		}
	}

	counted() {
		const { size } = this.#table;
		const amount = format.count(size, 'entry', 'entries');
		this.#figures.textContent = {
			loading: (size === 0) ? 'Reading the log' : `${amount} so far`,
			loaded: (size === 0) ? '' : amount,
			failed: (size === 0) ? '' : `${amount}, incomplete`,
		}[this.#state];
		this.#showEmpty(size);
	}

	#enter(state) {
		this.#state = state;
		this.#problem.hidden = state !== 'failed';
		document.querySelector('main').classList.toggle('loading', state === 'loading');
	}

	#showEmpty(size) {
		const [title, text] = this.#filters.active
			? ['No entry matches', 'Entries that match will appear here as they arrive. Clear the filters to see all.']
			: ['The log is empty', 'Entries will appear here as they are written.'];
		this.#empty.hidden = size > 0 || this.#state !== 'loaded';
		this.#empty.querySelector('.empty-title').textContent = title;
		this.#empty.querySelector('.empty-text').textContent = text;
	}

}
