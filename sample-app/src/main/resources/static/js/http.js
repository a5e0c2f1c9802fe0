// Requests to the server, and what their failures mean.

export class Problem extends Error {

	constructor(message, kind = 'failed') {
		super(message);
		this.kind = kind;
	}

}

export const get = (url, signal) => request(url, { signal });

export const post = (url, signal) => request(url, { method: 'POST', signal });

async function request(url, options) {
	const response = await send(url, options);
	if (response.status === 401 || response.redirected) {
		throw new Problem('Your session has ended, or you have not signed in.', 'login');
	}
	const body = await response.json().catch((error) => {
		if (error.name === 'AbortError') {
			throw error;
		}
		return {};
	});
	if (!response.ok) {
		throw new Problem(body.detail ?? `The server answered ${response.status}.`, kindOf(response.status));
	}
	return body;
}

async function send(url, options) {
	try {
		return await fetch(url, { ...options, headers: { 'Accept': 'application/json', 'X-Requested-With': 'XMLHttpRequest' } });
	}
	catch (error) {
		throw (error.name === 'AbortError') ? error : new Problem('This page cannot reach its server.', 'offline');
	}
}

function kindOf(status) {
	return { 403: 'forbidden', 404: 'missing', 400: 'invalid' }[status] ?? 'failed';
}
