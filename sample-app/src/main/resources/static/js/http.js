// Reading from the server: JSON at once, or line by line as it arrives.

export class Problem extends Error {
}

async function get(url, accept, signal) {
	let response;
	try {
		response = await fetch(url, { headers: { Accept: accept }, signal });
	}
	catch (error) {
		throw (error.name === 'AbortError') ? error : new Problem('This page cannot reach its server.');
	}
	if (!response.ok) {
		const problem = await response.json().catch(() => ({}));
		throw new Problem(problem.detail ?? `The server answered ${response.status}.`);
	}
	return response;
}

export async function json(url, signal) {
	return (await get(url, 'application/json', signal)).json();
}

// Calls back with each batch of objects. A stream that is cut short is a problem, never an end.
export async function lines(url, signal, onObjects) {
	const response = await get(url, 'application/x-ndjson', signal);
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	try {
		for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
			const texts = (rest + value).split('\n');
			rest = texts.pop();
			onObjects(texts.filter((text) => text !== '').map((text) => JSON.parse(text)));
		}
	}
	catch (error) {
		throw (error.name === 'AbortError') ? error : new Problem('The connection was cut before the end of the log.');
	}
	if (rest !== '') {
		onObjects([JSON.parse(rest)]);
	}
}
