// How times and numbers are written.

const number = new Intl.NumberFormat('en');
const date = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dateAndYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const month = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });

export function count(value, one, many = `${one}s`) {
	return `${number.format(value)} ${value === 1 ? one : many}`;
}

export function plain(value) {
	return number.format(value);
}

export function time(iso) {
	return iso ? iso.replace('T', ' ').replace(/(\.\d+)?Z$/, '') : '';
}

export function day(iso) {
	return date.format(new Date(iso));
}

export function fullDay(iso) {
	return dateAndYear.format(new Date(iso));
}

export function bucket(key) {
	return (key.length === 7) ? month.format(new Date(`${key}-01`)) : day(key);
}
