// Puts the page together: everything comes from the archive, and what is archived later arrives live.

import { Brush } from './brush.js';
import { Chart, total } from './chart.js';
import { Chips } from './chips.js';
import { byId } from './dom.js';
import { EntryPanel, keyOf } from './entry.js';
import { Facets } from './facets.js';
import * as format from './format.js';
import { get } from './http.js';
import { Kinds } from './kinds.js';
import { Live } from './live.js';
import { initMenus } from './menus.js';
import { Organizations } from './organizations.js';
import { Query } from './query.js';
import { Range } from './range.js';
import { States } from './states.js';
import { Status } from './status.js';
import { Table } from './table.js';
import { Verify } from './verify.js';

const PAGE = 200;
const TYPING = 300;
const CATCHING_UP = 3_000;
const MOST_WAITING = 1_000;

const query = new Query(filtersChanged, () => panel.update());
const states = new States(query, { retry: () => load() });
const status = new Status(query, statusChanged, () => states.archiveUnknown());
const organizations = new Organizations(query);
const range = new Range(query);
const chips = new Chips(query);
const kinds = new Kinds(query);
const facets = new Facets(query);
const pick = (from, to) => query.setRange(from, to);
const chart = new Chart(pick);
const brush = new Brush(chart, pick);
const table = new Table({
	open: (entry) => query.openEntry(keyOf(entry)),
	filter: (name, value) => query.only(name, value),
	onEnd: loadMore,
});
const panel = new EntryPanel(query, (id) => table.focusEntry(id));
const live = new Live({ onEntries: arrived, onStatus: (received) => status.received(received), onState: liveChanged });
new Verify(() => status.organizations.map(({ name }) => name));

let loading = new AbortController();
let parameters;
let cursor = null;
let loadingMore = false;
let connection = 'connecting';
let paused = false;
let waiting = [];
let waitingCount = 0;
let refreshing;

function filtersChanged() {
	showFilters();
	load();
}

function showFilters() {
	const text = byId('text');
	if (text !== document.activeElement || text.value.trim() === '') {
		text.value = query.text;
	}
	range.show();
	chips.show();
	facets.redraw();
	organizations.show(status.current?.organizations.map(({ name }) => name) ?? organizations.names);
	byId('time-head').textContent = `Time (${format.zoneName()})`;
}

// Loads everything; a quiet load leaves what is shown until the new is there.
async function load({ quiet = false } = {}) {
	loading.abort();
	loading = new AbortController();
	const { signal } = loading;
	live.stop();
	forgetWaiting();
	parameters = query.parameters();
	showExports();
	if (!quiet) {
		states.loading();
		table.start(query.text);
		showLive('connecting');
	}
	try {
		const [page, histogram, counts, gaps, seals] = await Promise.all([
			get(`/api/entries?${parameters}&limit=${PAGE}`, signal), get(`/api/histogram?${parameters}`, signal),
			get(`/api/facets?${parameters}`, signal), ofEach('gaps', signal), ofEach('seals', signal)]);
		show(page, histogram, counts, gaps, seals);
		follow(page.newestSequence);
	}
	catch (error) {
		if (!signal.aborted) {
			table.show([], false);
			states.failedWith(error);
			showLive('off');
		}
	}
}

// What the server tells of one organization at a time.
async function ofEach(what, signal) {
	const names = status.organizations.map(({ name }) => encodeURIComponent(name));
	return (await Promise.all(names.map((name) => get(`/api/${what}?organization=${name}`, signal)))).flat();
}

function show(page, histogram, counts, gaps, seals) {
	cursor = page.next;
	table.show(page.entries, cursor !== null);
	table.gaps = gaps;
	chart.show(histogram, { gaps, seals });
	brush.update();
	facets.show(counts);
	showCounts();
	states.loaded(table.size, shownTotal());
}

function showCounts() {
	kinds.show(chart.bars);
	table.total = shownTotal();
	states.counted(table.size, shownTotal());
}

function shownTotal() {
	return chart.bars.reduce((sum, { counts }) => sum + total(counts), 0);
}

async function loadMore() {
	if (loadingMore || cursor === null) {
		return;
	}
	loadingMore = true;
	const { signal } = loading;
	try {
		const page = await get(`/api/entries?${parameters}&limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`, signal);
		cursor = page.next;
		table.append(page.entries, cursor !== null);
	}
	catch (error) {
		if (!signal.aborted) {
			cursor = null;
			states.incomplete(error);
		}
	}
	finally {
		loadingMore = false;
	}
}

// While the archive catches up, entries come too fast to be followed: the page loads again now and then instead.
function follow(newestSequence) {
	clearTimeout(refreshing);
	if (!query.isOpenEnded) {
		showLive('past');
	}
	else if (status.catchingUp) {
		showLive('waiting');
		refreshing = setTimeout(() => table.isAtTop ? load({ quiet: true }) : follow(newestSequence), CATCHING_UP);
	}
	else {
		live.follow(parameters, newestSequence);
	}
}

function arrived(entries) {
	if (paused) {
		waitingCount += entries.length;
		waiting = (waitingCount <= MOST_WAITING) ? waiting.concat(entries) : [];
		showLive(connection);
		return;
	}
	entries.forEach((entry) => {
		chart.add(entry);
		facets.add(entry);
	});
	table.arrive(entries);
	chart.redraw();
	facets.redraw();
	showCounts();
	states.arrived(entries.length);
}

function togglePause() {
	paused = !paused;
	if (!paused) {
		const entries = waiting;
		const tooMany = waitingCount > entries.length;
		forgetWaiting();
		tooMany ? load({ quiet: true }) : entries.length > 0 && arrived(entries);
	}
	showLive(connection);
}

function forgetWaiting() {
	waiting = [];
	waitingCount = 0;
}

function liveChanged(state) {
	showLive(state);
	if (state === 'reconnecting') {
		status.ask();
	}
}

function showLive(state) {
	connection = state;
	states.live(paused && ['live', 'connecting'].includes(state) ? 'paused' : state, waitingCount);
}

function statusChanged(current, before) {
	byId('demo').hidden = !current.demo;
	byId('sign-out').hidden = !current.login;
	organizations.show(current.organizations.map(({ name }) => name));
	states.archive(current.follower, status.organizations);
	if (before && sealedDays(current) !== sealedDays(before) && parameters) {
		loadMarks().catch(() => {});
	}
	const wasCatchingUp = connection === 'waiting';
	if (!before && states.failed || wasCatchingUp !== status.catchingUp && query.isOpenEnded && parameters) {
		load({ quiet: true });
	}
}

function sealedDays({ organizations: sealed }) {
	return sealed.map(({ lastSeal }) => lastSeal).join();
}

async function loadMarks() {
	const [gaps, seals] = await Promise.all([ofEach('gaps', loading.signal), ofEach('seals', loading.signal)]);
	table.gaps = gaps;
	chart.mark({ gaps, seals });
}

function showExports() {
	for (const link of document.querySelectorAll('#export a')) {
		const exported = new URLSearchParams(parameters);
		exported.set('format', link.dataset.format);
		link.href = `/api/export?${exported}`;
	}
}

function initControls() {
	let typing;
	byId('search').addEventListener('submit', (event) => event.preventDefault());
	byId('text').addEventListener('input', ({ target }) => {
		clearTimeout(typing);
		typing = setTimeout(() => query.setText(target.value.trim()), TYPING);
	});
	byId('pause').addEventListener('click', togglePause);
	byId('zone').addEventListener('change', ({ target }) => format.setZone(target.value));
	byId('zone').querySelector(`[value=${format.zoneName()}]`).checked = true;
	format.onZone(() => {
		showFilters();
		chart.redraw();
	});
	const wide = matchMedia('(min-width: 1001px)');
	const showFacets = () => byId('facets').open = wide.matches;
	wide.addEventListener('change', showFacets);
	showFacets();
}

initMenus();
initControls();
showFilters();
await status.ask();
load();
panel.update();
