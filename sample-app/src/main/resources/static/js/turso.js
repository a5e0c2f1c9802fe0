// Whether Turso answers, as the server's own health check sees it.

const EVERY = 10_000;

const state = document.getElementById('turso');

export function watchTurso(onReachable) {
	let before;
	const look = async () => {
		const health = await ask();
		if (health.up && before === false) {
			onReachable();
		}
		before = health.up;
		state.dataset.state = health.state;
		setText(state.querySelector('.text'), health.text);
		if (health.organization) {
			setText(document.getElementById('organization'), health.organization);
		}
		setTimeout(look, EVERY);
	};
	look();
}

async function ask() {
	try {
		const response = await fetch('/actuator/health/turso');
		const { status, details = {} } = await response.json();
		const up = status === 'UP';
		return {
			up, organization: details.organization, state: up ? 'good' : 'bad',
			text: up ? `Turso answers in ${details.latency?.replace('ms', ' ms') ?? 'time'}`
				: `Turso does not answer: ${details.reason ?? 'not known why'}`,
		};
	}
	catch {
		return { up: false, state: 'warn', text: 'Turso: not known, no connection' };
	}
}

function setText(into, text) {
	if (into.textContent !== text) {
		into.textContent = text;
	}
}
