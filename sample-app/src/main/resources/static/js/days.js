// Entries per day: a chart to look at and to click, and the same as a table.

import { element } from './dom.js';
import * as format from './format.js';
import { buckets, KINDS, KIND_NAMES, rangeOf } from './summary.js';

export class Days {

	#onPick;
	#canvas = document.getElementById('canvas');
	#table = document.querySelector('.days-as-table');
	#buckets = [];
	#chart;

	constructor(onPick) {
		this.#onPick = onPick;
		this.#chart = new window.Chart(this.#canvas, this.#config());
		this.#colour();
		matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#colour());
		this.#table.addEventListener('toggle', () => this.#showTable());
	}

	show(summary) {
		this.#buckets = buckets(summary);
		const { data } = this.#chart;
		data.labels = this.#buckets.map(({ key }) => format.bucket(key));
		data.datasets.forEach((dataset) => {
			dataset.data = this.#buckets.map(({ counts }) => counts[dataset.kind] ?? 0);
		});
		this.#chart.update();
		document.getElementById('days-title').textContent =
			(this.#buckets[0]?.key.length === 7) ? 'Entries per month' : 'Entries per day';
		this.#canvas.setAttribute('aria-label', describe(this.#buckets));
		this.#showTable();
	}

	#config() {
		return {
			type: 'bar',
			data: {
				labels: [],
				datasets: KINDS.map((kind) => ({
					kind, label: KIND_NAMES[kind], data: [], stack: 'all', maxBarThickness: 36, categoryPercentage: 0.86,
					barPercentage: 1,
				})),
			},
			options: {
				animation: false,
				maintainAspectRatio: false,
				interaction: { mode: 'index', intersect: false },
				onClick: (event) => this.#clicked(event),
				onHover: (event, hit) => {
					this.#canvas.style.cursor = (hit.length > 0) ? 'pointer' : 'default';
				},
				plugins: {
					legend: { display: false },
					tooltip: {
						filter: ({ raw }) => raw > 0,
						itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
						boxPadding: 4,
					},
				},
				scales: {
					x: { stacked: true, grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 24 } },
					y: { stacked: true, beginAtZero: true, border: { display: false }, ticks: { precision: 0, maxTicksLimit: 5 } },
				},
			},
		};
	}

	#colour() {
		const style = getComputedStyle(document.documentElement);
		const colour = (name) => style.getPropertyValue(name).trim();
		this.#chart.data.datasets.forEach((dataset) => dataset.backgroundColor = colour(`--kind-${dataset.kind}`));
		const { x, y } = this.#chart.options.scales;
		x.ticks.color = y.ticks.color = colour('--soft');
		x.border = { color: colour('--line') };
		y.grid = { color: colour('--line') };
		this.#chart.options.font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
		this.#chart.update();
	}

	// A segment means the day and the kind; elsewhere in the column, the day.
	#clicked(event) {
		const [column] = this.#chart.getElementsAtEventForMode(event, 'index', { intersect: false }, false);
		const [segment] = this.#chart.getElementsAtEventForMode(event, 'point', { intersect: true }, false);
		if (column) {
			this.#onPick({
				...rangeOf(this.#buckets[column.index].key),
				...(segment ? { kind: KINDS[segment.datasetIndex] } : {}),
			});
		}
	}

	#showTable() {
		if (!this.#table.open) {
			return;
		}
		const head = ['Day', ...KINDS.map((kind) => KIND_NAMES[kind])];
		document.getElementById('days-head').replaceChildren(
			element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name))));
		document.getElementById('days-body').replaceChildren(
			...this.#buckets.toReversed().map((bucket) => this.#tableRow(bucket)));
	}

	#tableRow({ key, counts }) {
		const day = element('button', { type: 'button', class: 'link' }, key);
		day.addEventListener('click', () => this.#onPick(rangeOf(key)));
		return element('tr', {}, element('th', { scope: 'row' }, day),
			...KINDS.map((kind) => element('td', {}, format.plain(counts[kind] ?? 0))));
	}

}

function describe(found) {
	if (found.length === 0) {
		return 'Entries per day, by kind of action: none';
	}
	const total = ({ counts }) => Object.values(counts).reduce((a, b) => a + b, 0);
	const most = found.reduce((a, b) => (total(b) > total(a)) ? b : a);
	return `Entries per day, by kind of action, from ${found[0].key} to ${found.at(-1).key}; `
		+ `the most on ${most.key}: ${total(most)}. The table below has the numbers.`;
}
