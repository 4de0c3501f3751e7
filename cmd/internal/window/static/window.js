// What pages cannot do by themselves: progress, and keys. Every page works without it. Written for Chromium 80 on.
(function () {
	"use strict";

	// A page whose work goes on is asked again until it has ended: data-again holds after how many milliseconds.
	var going = document.querySelector("[data-again]");
	if (going) {
		var ask = function () {
			fetch(location.href, { credentials: "same-origin" }).then(function (answer) { return answer.text(); }).then(function (text) {
				var now = new DOMParser().parseFromString(text, "text/html").querySelector("[data-again]");
				if (!now) { location.reload(); return; }
				going.innerHTML = now.innerHTML;
				setTimeout(ask, Number(going.dataset.again));
			}).catch(function () { setTimeout(ask, 5000); });
		};
		setTimeout(ask, Number(going.dataset.again));
	}

	// A button or link with data-key is pressed by that key, unless somebody is typing.
	document.addEventListener("keydown", function (event) {
		var at = event.target;
		if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) { return; }
		var keyed = document.querySelectorAll("[data-key]");
		for (var i = 0; i < keyed.length; i++) {
			if (keyed[i].dataset.key === event.key && !keyed[i].disabled) {
				event.preventDefault();
				keyed[i].click();
				return;
			}
		}
	});

	// A form is sent once.
	document.addEventListener("submit", function (event) {
		var form = event.target;
		if (form.dataset.sent) { event.preventDefault(); return; }
		form.dataset.sent = "1";
		setTimeout(function () { delete form.dataset.sent; }, 3000);
	});
})();
