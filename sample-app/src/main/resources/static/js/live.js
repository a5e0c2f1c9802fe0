// Entries as they are archived, by server-sent events. An event's id is the archive's sequence number: the browser sends
// the last one when it reconnects, and a new connection carries it in its address, so that nothing is missed or repeated.

const LONGEST_WAIT = 15_000;
const BATCH = 100;

export class Live {

	#onEntries;
	#onStatus;
	#onState;
	#source;
	#parameters;
	#last;
	#received = [];
	#attempts = 0;
	#timer;
	#flushing;

	constructor({ onEntries, onStatus, onState }) {
		this.#onEntries = onEntries;
		this.#onStatus = onStatus;
		this.#onState = onState;
	}

	follow(parameters, after) {
		this.stop();
		this.#parameters = parameters;
		this.#last = after;
		this.#attempts = 0;
		this.#onState('connecting');
		this.#connect();
	}

	stop() {
		clearTimeout(this.#timer);
		clearTimeout(this.#flushing);
		this.#flushing = undefined;
		this.#received = [];
		this.#source?.close();
		this.#source = undefined;
	}

	#connect() {
		const parameters = new URLSearchParams(this.#parameters);
		parameters.set('after', this.#last);
		const source = new EventSource(`/api/live?${parameters}`);
		this.#source = source;
		source.addEventListener('open', () => {
			this.#attempts = 0;
			this.#onState('live');
		});
		source.addEventListener('entry', (event) => this.#arrived(event));
		source.addEventListener('status', (event) => this.#onStatus(JSON.parse(event.data)));
		source.addEventListener('error', () => this.#lost(source));
	}

	#arrived(event) {
		this.#last = event.lastEventId;
		this.#received.push(JSON.parse(event.data));
		this.#flushing ??= setTimeout(() => {
			const entries = this.#received;
			this.#received = [];
			this.#flushing = undefined;
			this.#onEntries(entries);
		}, BATCH);
	}

	// The browser reconnects by itself unless the server refused; then this does.
	#lost(source) {
		this.#onState('reconnecting');
		if (source.readyState === EventSource.CLOSED) {
			clearTimeout(this.#timer);
			this.#timer = setTimeout(() => this.#connect(), Math.min(1000 * 2 ** this.#attempts++, LONGEST_WAIT));
		}
	}

}
