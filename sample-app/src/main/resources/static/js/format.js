// How times and numbers are written. Times are in UTC or in the browser's time zone, as the user chooses.

const STORED = 'time-zone';
const number = new Intl.NumberFormat('en');
const zoneListeners = [];

let zone = (localStorage.getItem(STORED) === 'local') ? 'local' : 'UTC';
let formats = createFormats();

export function zoneName() {
	return (zone === 'UTC') ? 'UTC' : 'local';
}

export function timeZone() {
	return (zone === 'UTC') ? 'UTC' : undefined;
}

export function onZone(listener) {
	zoneListeners.push(listener);
}

export function setZone(chosen) {
	zone = chosen;
	localStorage.setItem(STORED, chosen);
	formats = createFormats();
	zoneListeners.forEach((listener) => listener());
}

export function plain(value) {
	return number.format(value);
}

export function count(value, one, many = `${one}s`) {
	return `${number.format(value)} ${value === 1 ? one : many}`;
}

export const entries = (value) => count(value, 'entry', 'entries');

// 2026-11-24 10:00:00
export function time(instant) {
	return instant ? formats.stamp.format(new Date(instant)) : '';
}

export function timeIn(instant, timeZone) {
	return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(new Date(instant));
}

// Nov 24, 10:00; without the time where it is midnight.
export function short(instant) {
	const date = new Date(instant);
	const clock = formats.clock.format(date);
	return (clock === '00:00') ? formats.day.format(date) : `${formats.day.format(date)}, ${clock}`;
}

export function clock(instant) {
	return formats.clock.format(new Date(instant));
}

export function day(instant, timeZone = 'UTC') {
	return new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone }).format(new Date(instant));
}

export function month(instant) {
	return new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(instant));
}

export function duration(seconds) {
	const [size, unit] = [[86_400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']].find(([of]) => seconds >= of) ?? [1, 's'];
	return `${number.format(Math.round(seconds / size))} ${unit}`;
}

function createFormats() {
	return {
		stamp: new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: timeZone() }),
		day: new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: timeZone() }),
		clock: new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: timeZone() }),
	};
}
