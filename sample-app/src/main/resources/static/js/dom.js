// Creates elements. Content is always text or another element: nothing is ever parsed as HTML.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
	return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
	return fill(document.createElementNS(SVG, name), attributes, children);
}

export function button(attributes, onClick, ...children) {
	const made = element('button', { type: 'button', ...attributes }, ...children);
	made.addEventListener('click', onClick);
	return made;
}

// Replaces the children and keeps the focus on the button that has the same key.
export function replace(parent, children) {
	const key = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
	parent.replaceChildren(...children);
	if (key !== undefined) {
		[...parent.querySelectorAll('button')].find((candidate) => candidate.dataset.key === key)?.focus();
	}
}

// Sets the text only where it differs, so that screen readers do not repeat it.
export function setText(target, text) {
	if (target.textContent !== text) {
		target.textContent = text;
	}
}

function fill(made, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		made.setAttribute(name, value);
	}
	made.append(...children);
	return made;
}
