// Menus are <details>: they close on Escape and on a click elsewhere.

export function initMenus() {
	const open = () => [...document.querySelectorAll('details.menu[open]')];
	document.addEventListener('click', ({ target }) => open().filter((menu) => !menu.contains(target)).forEach((menu) => menu.open = false));
	document.addEventListener('keydown', (event) => {
		if (event.key === 'Escape') {
			open().forEach(closeMenu);
		}
	});
}

export function closeMenu(menu) {
	const focused = menu.contains(document.activeElement);
	menu.open = false;
	if (focused) {
		menu.querySelector('summary').focus();
	}
}
