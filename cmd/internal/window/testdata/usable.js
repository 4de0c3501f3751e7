// What is wrong with a page for somebody who cannot see it well, has no mouse, or has it read to him: a list of texts. With english,
// also what is in Chinese on an English page, besides names, and what people wrote.
(function (english) {
	"use strict";
	const wrong = [];
	const all = function (selector) { return Array.from(document.querySelectorAll(selector)); };
	const tell = function (what, element) {
		const text = element ? element.outerHTML.replace(/\s+/g, " ").slice(0, 110) : "";
		wrong.push(text ? what + ": " + text : what);
	};
	const folded = function (element) { // away in details that are closed
		for (let at = element; at; at = at.parentElement) {
			if (at.parentElement && at.parentElement.matches("details:not([open])") && at.tagName !== "SUMMARY") { return true; }
		}
		return false;
	};
	const shown = function (element) {
		return element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden" && !folded(element);
	};
	const named = function (element) {
		const by = (element.getAttribute("aria-labelledby") || "").split(" ").map(function (id) { return document.getElementById(id); });
		return [element.getAttribute("aria-label"), element.textContent, element.title].concat(by.map(function (e) { return e && e.textContent; }))
			.some(function (text) { return text && text.trim(); });
	};

	// The frame of the page.
	if (!document.documentElement.lang || !document.title.trim()) { tell("no language or no title"); }
	for (const one of ["h1", "main"]) {
		if (all(one).length !== 1) { tell(all(one).length + " " + one); }
	}
	let level = 0;
	for (const heading of all("h1, h2, h3, h4, h5, h6").filter(shown)) {
		const now = Number(heading.tagName[1]);
		if (now > level + 1) { tell("a heading after one of level " + level, heading); }
		if (!heading.textContent.trim()) { tell("an empty heading", heading); }
		level = now;
	}
	const ids = {};
	for (const element of all("[id]")) {
		if (ids[element.id]) { tell("an id that is there twice", element); }
		ids[element.id] = true;
	}

	// Names.
	for (const field of all("input:not([type=hidden]), select, textarea, progress")) {
		if (!Array.from(field.labels || []).some(named) && !field.getAttribute("aria-label") && shown(field)) { tell("a field without a label", field); }
	}
	for (const element of all("button, a[href], summary, [role=region], nav")) {
		if (!named(element)) { tell("without a name", element); }
	}
	for (const picture of all("img, svg")) {
		if (picture.tagName === "IMG" ? !picture.alt : picture.getAttribute("role") !== "img" || !named(picture)) { tell("a picture without a name", picture); }
	}
	for (const element of all("[aria-describedby], [aria-labelledby], [for], [form]")) {
		for (const name of ["aria-describedby", "aria-labelledby", "for", "form"]) {
			for (const id of (element.getAttribute(name) || "").split(" ").filter(Boolean)) {
				if (!ids[id]) { tell(name + " of nothing", element); }
			}
		}
	}

	// Tables.
	for (const table of all("table")) {
		if (!table.caption || !table.caption.textContent.trim()) { tell("a table without a caption", table); }
		if (!table.querySelector("th") && !table.closest(".sheet")) { tell("a table without headings", table); }
	}
	for (const heading of all("th")) {
		if (!heading.scope) { tell("a heading of a table without scope", heading); }
		if (!heading.textContent.trim() && !heading.closest(".sheet")) { tell("an empty heading of a table", heading); }
	}

	// Contrast.
	const colour = function (text) { // red, green, blue, how opaque
		const parts = text.match(/[\d.]+/g).map(Number);
		return parts.length < 4 ? parts.slice(0, 3).concat(1) : parts;
	};
	const over = function (upper, lower) {
		return [0, 1, 2].map(function (i) { return upper[i] * upper[3] + lower[i] * (1 - upper[3]); }).concat(1);
	};
	const ground = function (element) {
		if (!element) { return [255, 255, 255, 1]; }
		const own = colour(getComputedStyle(element).backgroundColor);
		return own[3] === 1 ? own : over(own, ground(element.parentElement));
	};
	const light = function (c) {
		const linear = c.slice(0, 3).map(function (n) { n /= 255; return n <= 0.03928 ? n / 12.92 : Math.pow((n + 0.055) / 1.055, 2.4); });
		return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
	};
	const seen = {};
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const element = texts.currentNode.parentElement;
		if (!texts.currentNode.data.trim() || !shown(element) || element.closest("[disabled]")) { continue; }
		const style = getComputedStyle(element), behind = ground(element);
		const ink = over(colour(element instanceof SVGElement ? style.fill : style.color), behind);
		const pair = ink.join() + "|" + behind.join();
		if (seen[pair]) { continue; }
		seen[pair] = true;
		const a = light(ink), b = light(behind), contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (contrast < 4.5) { tell("a contrast of " + contrast.toFixed(2) + ", " + pair, element); }
	}

	// Keys.
	const reached = all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")
		.filter(function (e) { return shown(e) && !e.disabled; });
	window.reached = reached; // for the test, which presses keys
	const kinds = {};
	for (const element of reached) {
		if (element.tabIndex !== 0) { tell("not in the order of keys", element); }
		const kind = element.tagName + "." + element.className;
		if (kinds[kind]) { continue; }
		kinds[kind] = true;
		element.focus({ preventScroll: true });
		const style = getComputedStyle(element), outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
		if (document.activeElement !== element || !outlined) { tell("one does not see that it is chosen", element); }
		element.blur();
	}
	for (const element of all(".scroll, pre")) {
		const hidden = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
		if (hidden && shown(element) && element.tabIndex < 0 && !reached.some(function (e) { return element.contains(e); })) {
			tell("no key scrolls it", element);
		}
	}

	// Languages.
	if (english) {
		for (const element of all("label, button, thead th, caption, summary, dt, nav a, .hint, .notice")) {
			const own = Array.from(element.childNodes).filter(function (n) { return n.nodeType === 3; }).map(function (n) { return n.data; }).join("");
			if (/[\u3400-\u9fff，。；：（）《》]/.test(own) && !element.closest("[lang^=zh]") && shown(element)) { tell("in Chinese", element); }
		}
	}
	return wrong;
})
