// Marks on the time axis: which days are sealed, and where the log has a gap.

import { byId, element, svg } from './dom.js';
import * as format from './format.js';

const DAY = 86_400_000;
const STRIP = 5;
const STRIP_HEIGHT = 3;
const NARROWEST_GAP = 6;
const GAPS_IN_WORDS = 3;

export function drawMarks(drawing, chart, { gaps, seals }, { top, bottom }) {
	for (const { from, to } of sealedRanges(seals)) {
		drawing.append(...band(chart, from, to, 'seal', bottom + STRIP, STRIP_HEIGHT, 1));
	}
	for (const { after, before } of gaps) {
		drawing.append(...band(chart, Date.parse(after), Date.parse(before), 'gap', top, bottom - top, NARROWEST_GAP));
	}
}

// The key of the marks, and the gaps in words.
export function describeMarks(chart, { gaps, seals }) {
	const shown = gaps.filter(({ after, before }) => Date.parse(before) > chart.start && Date.parse(after) < chart.end);
	byId('sealed-key').hidden = !seals.some(({ day }) => Date.parse(day) + DAY > chart.start && Date.parse(day) < chart.end);
	byId('gap-key').hidden = shown.length === 0;
	byId('gaps').hidden = shown.length === 0;
	const more = shown.length - GAPS_IN_WORDS;
	byId('gaps').replaceChildren(
		...shown.slice(0, GAPS_IN_WORDS).map(({ after, before }) => element('li', {}, `Entries between ${format.time(after)} and ${format.time(before)} may be missing: Turso removed them before they were archived.`)),
		...(more > 0 ? [element('li', {}, `${format.count(more, 'more gap')} in this range.`)] : []));
}

// Days in a row are one range.
function sealedRanges(seals) {
	const ranges = [];
	for (const day of [...new Set(seals.map((seal) => seal.day))].sort()) {
		const from = Date.parse(day);
		if (ranges.at(-1)?.to === from) {
			ranges.at(-1).to = from + DAY;
		}
		else {
			ranges.push({ from, to: from + DAY });
		}
	}
	return ranges;
}

function band(chart, from, to, name, y, height, narrowest) {
	const start = Math.max(from, chart.start);
	const end = Math.min(to, chart.end);
	if (end <= start) {
		return [];
	}
	const width = Math.max(narrowest, chart.x(end) - chart.x(start));
	return [svg('rect', { class: name, x: (chart.x(start) + chart.x(end) - width) / 2, y, width, height })];
}
