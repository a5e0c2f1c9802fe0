// What entries come to. Summaries add up: that of the past, and those of what arrives.

export const KINDS = ['destructive', 'created', 'access', 'members', 'other'];

export const KIND_NAMES = {
	destructive: 'Destructive',
	created: 'Created',
	access: 'Access',
	members: 'Members',
	other: 'Other',
};

const LONGEST_BY_DAY = 400;
const A_DAY = 86_400_000;

export const NOTHING = { total: 0, oldest: null, newest: null, days: [], codes: [], authors: [], origins: [], others: 0 };

export function add(a, b) {
	return {
		total: a.total + b.total,
		oldest: [a.oldest, b.oldest].filter(Boolean).sort()[0] ?? null,
		newest: [a.newest, b.newest].filter(Boolean).sort().at(-1) ?? null,
		days: addDays(a.days, b.days),
		codes: addCounts(a.codes, b.codes, 'code'),
		authors: addCounts(a.authors, b.authors, 'name'),
		origins: addCounts(a.origins, b.origins, 'name'),
		others: a.others + b.others,
	};
}

export function ofKind(summary, kind) {
	return summary.days.reduce((sum, day) => sum + (day.counts[kind] ?? 0), 0);
}

// Days without a gap, or months where there are too many days to draw.
export function buckets({ days }) {
	if (days.length === 0) {
		return [];
	}
	const first = Date.parse(days[0].day);
	const last = Date.parse(days.at(-1).day);
	const keyLength = ((last - first) / A_DAY > LONGEST_BY_DAY) ? 7 : 10;
	const found = new Map();
	for (let time = first; time <= last; time += A_DAY) {
		const key = new Date(time).toISOString().slice(0, keyLength);
		found.set(key, { key, counts: {} });
	}
	for (const { day, counts } of days) {
		const into = found.get(day.slice(0, keyLength)).counts;
		Object.entries(counts).forEach(([kind, count]) => into[kind] = (into[kind] ?? 0) + count);
	}
	return [...found.values()];
}

// The time range of a bucket, as filters.
export function rangeOf(key) {
	const start = new Date((key.length === 7) ? `${key}-01` : key);
	const end = new Date(start);
	if (key.length === 7) {
		end.setUTCMonth(end.getUTCMonth() + 1);
	}
	else {
		end.setUTCDate(end.getUTCDate() + 1);
	}
	return { startTime: start.toISOString(), endTime: end.toISOString() };
}

function addDays(a, b) {
	const sums = new Map(a.map((day) => [day.day, { ...day.counts }]));
	for (const { day, counts } of b) {
		const sum = sums.get(day) ?? {};
		Object.entries(counts).forEach(([kind, count]) => sum[kind] = (sum[kind] ?? 0) + count);
		sums.set(day, sum);
	}
	return [...sums].map(([day, counts]) => ({ day, counts })).sort((x, y) => x.day < y.day ? -1 : 1);
}

function addCounts(a, b, key) {
	const sums = new Map(a.map((item) => [item[key], item]));
	for (const item of b) {
		const sum = sums.get(item[key]);
		sums.set(item[key], sum ? { ...sum, count: sum.count + item.count } : item);
	}
	return [...sums.values()].sort((x, y) => y.count - x.count);
}
