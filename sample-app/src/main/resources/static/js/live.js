// New entries as they arrive. The browser reconnects by itself and says in Last-Event-ID what it has got; where it
// gives up, a new connection says so in its address. Either way nothing is missed and nothing comes twice.

const LONGEST_WAIT = 15_000;

export class Live {

	#onBatch;
	#onState;
	#source;
	#url;
	#token;
	#waits = 0;
	#timer;

	constructor(onBatch, onState) {
		this.#onBatch = onBatch;
		this.#onState = onState;
	}

	follow(params) {
		this.stop();
		this.#url = `/audit-logs/live?${params}`;
		this.#token = null;
		this.#waits = 0;
		this.#connect();
	}

	stop() {
		clearTimeout(this.#timer);
		this.#source?.close();
	}

	#connect() {
		this.stop();
		const token = this.#token ? `&token=${encodeURIComponent(this.#token)}` : '';
		const source = new EventSource(this.#url + token);
		this.#source = source;
		source.addEventListener('open', () => this.#onState('live'));
		source.addEventListener('message', (event) => this.#received(event));
		source.addEventListener('failure', (event) => this.#failed(JSON.parse(event.data).detail));
		source.addEventListener('error', () => this.#lost());
	}

	#received(event) {
		this.#token = event.lastEventId;
		this.#waits = 0;
		this.#onBatch(JSON.parse(event.data));
	}

	#lost() {
		this.#onState('reconnecting');
		if (this.#source.readyState === EventSource.CLOSED) {
			this.#connectLater();
		}
	}

	#failed(detail) {
		this.#onState('failed', detail);
		this.#source.close();
		this.#connectLater();
	}

	#connectLater() {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#connect(), Math.min(1000 * 2 ** this.#waits++, LONGEST_WAIT));
	}

}
