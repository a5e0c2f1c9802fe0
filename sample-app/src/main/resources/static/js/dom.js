// Makes elements. Whatever is put into one is text or another element: nothing is ever parsed as HTML.

export function element(name, attributes = {}, ...children) {
	const made = document.createElement(name);
	for (const [attribute, value] of Object.entries(attributes)) {
		made.setAttribute(attribute, value);
	}
	made.append(...children);
	return made;
}
