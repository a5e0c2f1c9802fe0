// Puts the page together: the past is read once, what comes after it is followed, and both add up to what is shown.

import { Days } from './days.js';
import { Details } from './details.js';
import { Filters } from './filters.js';
import { json, lines } from './http.js';
import { Live } from './live.js';
import { Overview } from './overview.js';
import { States } from './states.js';
import { add, NOTHING } from './summary.js';
import { Table } from './table.js';
import { watchTurso } from './turso.js';

const filters = new Filters(document.getElementById('filters'), document.getElementById('clear'), load);
const overview = new Overview(filters);
const days = new Days((picked) => filters.set(picked));
const details = new Details((picked) => filters.set(picked));
const kinds = new Map();
const table = new Table({
	open: (entry) => details.open(entry),
	filter: (picked) => filters.set(picked),
	kindOf: (code) => kinds.get(code) ?? 'other',
});
const states = new States(filters, table, load);
const live = new Live(arrived, (state, detail) => states.live(state, detail));

let reading = new AbortController();
let summary = NOTHING;
let newestAtStart;

async function load() {
	reading.abort();
	reading = new AbortController();
	const { signal } = reading;
	live.stop();
	summary = NOTHING;
	table.start();
	states.loading();
	showExports();
	try {
		const start = await json('/audit-logs/live/start', signal);
		newestAtStart = start.newest;
		const { past, coming } = divide(filters.params(), start.startTime);
		if (coming) {
			live.follow(coming);
		}
		else {
			states.live('past');
		}
		await Promise.all(past ? [readSummary(past, signal), readEntries(past, signal)] : [count(NOTHING)]);
		table.finish();
		states.loaded();
		offerAll(signal);
	}
	catch (error) {
		if (!signal.aborted) {
			table.finish();
			states.failed(error);
		}
	}
}

// Divides what is asked for at a time: what was before is read, what is from then on is followed.
function divide(params, time) {
	const past = new URLSearchParams(params);
	const coming = new URLSearchParams(params);
	const at = Date.parse(time);
	const start = Date.parse(params.get('startTime') ?? time);
	const end = Date.parse(params.get('endTime') ?? Infinity);
	if (!(end <= at)) {
		past.set('endTime', time);
	}
	if (!(start > at)) {
		coming.set('startTime', time);
	}
	return { past: (start > at) ? null : past, coming: (end <= at) ? null : coming };
}

async function readSummary(params, signal) {
	count(await json(`/audit-logs/summary?${params}`, signal));
}

async function readEntries(params, signal) {
	await lines(`/audit-logs?${params}`, signal, (entries) => {
		if (!signal.aborted) {
			table.append(entries);
			states.counted();
		}
	});
}

function arrived(batch) {
	table.arrive(batch.auditLogs, (entry) => entry.created_at > newestAtStart);
	count(batch.summary);
	states.arrived(batch.auditLogs.filter((entry) => entry.created_at > newestAtStart).length);
}

function count(counted) {
	summary = add(summary, counted);
	learn(counted);
	overview.show(summary);
	days.show(summary);
	states.counted();
}

function learn({ codes, authors, origins }) {
	codes.forEach(({ code, kind }) => kinds.set(code, kind));
	filters.offer('code', codes.map(({ code }) => code));
	filters.offer('author', authors.map(({ name }) => name));
	filters.offer('origin', origins.map(({ name }) => name));
	table.refresh();
}

// A page that was opened with filters knows only what passes them: the rest, to choose from, is looked up once.
async function offerAll(signal) {
	if (filters.active && !offerAll.done) {
		offerAll.done = true;
		learn(await json('/audit-logs/summary', signal).catch(() => NOTHING));
	}
	offerAll.done = true;
}

function showExports() {
	for (const link of document.querySelectorAll('.exports a')) {
		const params = filters.params();
		params.set('format', link.dataset.format);
		link.href = `/audit-logs/export?${params}`;
		link.setAttribute('aria-label', `Export as ${link.textContent}`);
	}
}

watchTurso(() => states.isFailed && load());
load();
