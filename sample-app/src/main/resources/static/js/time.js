// Units of time, in UTC: where one starts, where the next starts, and where an axis has its ticks.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = 4 * DAY; // 1970-01-05
const STEPS = [['hour', 1], ['hour', 3], ['hour', 6], ['hour', 12], ['day', 1], ['day', 2], ['day', 7], ['day', 14], ['month', 1],
	['month', 3], ['month', 6], ['month', 12], ['month', 60], ['month', 120]];

export function floor(time, unit) {
	const date = new Date(time);
	switch (unit) {
		case 'hour': return Math.floor(time / HOUR) * HOUR;
		case 'day': return Math.floor(time / DAY) * DAY;
		case 'week': return Math.floor((time - MONDAY) / (7 * DAY)) * 7 * DAY + MONDAY;
		default: return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
	}
}

export function next(start, unit) {
	const date = new Date(start);
	switch (unit) {
		case 'hour': return start + HOUR;
		case 'day': return start + DAY;
		case 'week': return start + 7 * DAY;
		default: return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
	}
}

// The starts of the units in a range.
export function starts(from, to, unit) {
	const found = [];
	for (let start = floor(from, unit); start < to; start = next(start, unit)) {
		found.push(start);
	}
	return found;
}

// Returns { unit, times }: at most so many ticks, none between two bars.
export function ticks(from, to, unit, most) {
	const possible = STEPS.filter(([of]) => unit === 'hour' || of === unit || of === 'month' || (unit === 'week' && of === 'day'));
	let found;
	for (const [of, step] of possible) {
		found = { unit: of, times: tickTimes(from, to, of, step) };
		if (found.times.length <= most) {
			break;
		}
	}
	return found;
}

function tickTimes(from, to, unit, step) {
	const times = [];
	let index = (unit === 'month') ? Math.ceil(monthOf(from) / step) : Math.ceil((from - MONDAY) / sizeOf(unit, step));
	const timeAt = () => (unit === 'month') ? Date.UTC(1970, index * step) : index * sizeOf(unit, step) + MONDAY;
	for (let time = timeAt(); time < to; time = timeAt()) {
		times.push(time);
		index++;
	}
	return times;
}

// Months since 1970; a fraction where the month has already begun.
function monthOf(time) {
	const date = new Date(time);
	const months = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
	return (time > floor(time, 'month')) ? months + 0.5 : months;
}

function sizeOf(unit, step) {
	return step * (unit === 'hour' ? HOUR : DAY);
}
