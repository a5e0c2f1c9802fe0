// Shows text that strangers wrote: control and direction characters become visible, the search term is marked.

import { element } from './dom.js';

const INVISIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;
const BEFORE_MATCH = 40;

export function visible(text) {
	return text.replace(INVISIBLE, (character) => `[U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

export function pattern(term) {
	return term ? new RegExp(term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu') : null;
}

// Returns text nodes and <mark> elements.
export function marked(text, search) {
	const shown = visible(text);
	if (!search) {
		return [shown];
	}
	const nodes = [];
	let end = 0;
	for (const match of shown.matchAll(search)) {
		nodes.push(shown.slice(end, match.index), element('mark', {}, match[0]));
		end = match.index + match[0].length;
	}
	nodes.push(shown.slice(end));
	return nodes;
}

// Cuts a long text, around the first match where there is one.
export function excerpt(text, length, search) {
	const found = search ? text.search(search) : -1;
	const start = (found > length - BEFORE_MATCH) ? found - BEFORE_MATCH : 0;
	const cut = text.slice(start, start + length);
	return (start > 0 ? '…' : '') + cut + (start + length < text.length ? '…' : '');
}
