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

	// Files can be dropped on the form that uploads them, which then says how far it is.
	var upload = document.querySelector("form[data-upload]");
	if (upload && window.FormData && upload.querySelector("progress")) {
		var files = upload.querySelector("input[type=file]"), state = upload.querySelector(".going");
		var bar = state.querySelector("progress"), words = state.querySelector("p"), button = upload.querySelector("button");
		["dragenter", "dragover"].forEach(function (name) {
			upload.addEventListener(name, function (event) { event.preventDefault(); upload.classList.add("over"); });
		});
		["dragleave", "drop"].forEach(function (name) {
			upload.addEventListener(name, function (event) { event.preventDefault(); upload.classList.remove("over"); });
		});
		upload.addEventListener("drop", function (event) {
			if (event.dataTransfer && event.dataTransfer.files.length) { files.files = event.dataTransfer.files; }
		});
		upload.addEventListener("submit", function (event) {
			event.preventDefault();
			var request = new XMLHttpRequest();
			var over = function () { button.disabled = false; words.textContent = upload.dataset.broken; bar.hidden = true; };
			request.open("POST", upload.action);
			request.upload.onprogress = function (e) {
				if (e.lengthComputable) { bar.value = 100 * e.loaded / e.total; words.textContent = Math.round(bar.value) + "%"; }
			};
			request.upload.onload = function () { bar.removeAttribute("value"); words.textContent = upload.dataset.checking; };
			request.onerror = request.onabort = over;
			request.onload = function () { // the page that answers, which was redirected to
				history.pushState(null, "", request.responseURL);
				document.open();
				document.write(request.responseText);
				document.close();
			};
			button.disabled = true;
			bar.hidden = state.hidden = false;
			bar.value = 0;
			request.send(new FormData(upload));
		});
		window.addEventListener("popstate", function () { location.reload(); });
	}

	// A form is sent once.
	document.addEventListener("submit", function (event) {
		var form = event.target;
		if (form.dataset.sent) { event.preventDefault(); return; }
		form.dataset.sent = "1";
		setTimeout(function () { delete form.dataset.sent; }, 3000);
	});
})();
