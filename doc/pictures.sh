#!/usr/bin/env bash
# Makes the two pictures of the README anew, from the sample months and nothing else:
#   doc/pictures/overview.png   sheet 总览 of the reserve workbook of June 2024, as printed
#   doc/pictures/finding.png    what "huizong check" prints of one return of that month
# Needs Go, LibreOffice, poppler's tools, chromium and fonts-noto-cjk; "make pictures"
# installs them where it may.
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in go soffice pdftotext pdftoppm chromium fc-match; do
	command -v "$tool" >/dev/null || { echo "pictures.sh: $tool is missing" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/home" doc/pictures

CGO_ENABLED=0 go build -trimpath -o "$work/bin/huizong" ./cmd/huizong
"$work/bin/huizong" demo --dir "$work/demo" >/dev/null 2>&1 || { echo "pictures.sh: the demo failed" >&2; exit 1; }

# The workbook asks for 宋体, 仿宋, 楷体 and 黑体, which are not free: here Noto stands in, with
# the serif faces for the first three.
cat >"$work/fonts.conf" <<'XML'
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <alias binding="same"><family>宋体</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
  <alias binding="same"><family>仿宋</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
  <alias binding="same"><family>楷体</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
  <alias binding="same"><family>黑体</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
</fontconfig>
XML
export FONTCONFIG_FILE=$work/fonts.conf

# overview: the page with the sheet's title, cropped to its text (the footer is as wide as
# the print area, the title and the footer are its top and bottom) and scaled to a width.
cp "$work"/demo/out/2024-06/*谋划储备项目汇总_2024-06.xlsx "$work/reserve.xlsx"
HOME=$work/home soffice --headless --convert-to pdf --outdir "$work" "$work/reserve.xlsx" >/dev/null 2>&1
pages=$(pdfinfo "$work/reserve.pdf" | awk '/^Pages:/ { print $2 }')
for ((page = 1; page <= pages; page++)); do
	pdftotext -f $page -l $page "$work/reserve.pdf" - | grep -q '谋划储备项目总览$' && break
done
((page <= pages)) || { echo "pictures.sh: no page is titled 总览" >&2; exit 1; }
dots=120 margin=14 # dots an inch, points around the text
crop=$(pdftotext -f $page -l $page -bbox "$work/reserve.pdf" - | tr -d '"' | awk -v dots=$dots -v margin=$margin '
	/<word / {
		for (i = 2; i <= 5; i++) { split($i, part, "="); v[i] = part[2] + 0 }
		if (!seen++) { left = v[2]; top = v[3]; right = v[4]; bottom = v[5] }
		if (v[2] < left) left = v[2]; if (v[3] < top) top = v[3]
		if (v[4] > right) right = v[4]; if (v[5] > bottom) bottom = v[5]
	}
	END {
		scale = dots / 72
		printf "-x %d -y %d -W %d -H %d", (left - margin) * scale, (top - margin) * scale,
			(right - left + 2 * margin) * scale, (bottom - top + 2 * margin) * scale
	}')
# shellcheck disable=SC2086 # crop is several words
pdftoppm -png -singlefile -r $dots $crop -f $page -l $page "$work/reserve.pdf" doc/pictures/overview

# finding: a clerk has the return in a folder and asks about it. The command runs as it is
# shown, in the folder that is shown; its output is set in a terminal's colours, unchanged.
folder=$work/home/收件/2024-06
command='huizong check 县交通局6月进展.xlsx'
mkdir -p "$folder"
cp samples/2024-06/inbox/县交通局6月进展.xlsx "$folder"
printed=$(cd "$folder" && PATH=$work/bin:$PATH bash -c "$command") || test $? = 3 # 3: something is held
escaped() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'; }
{
	cat <<'HTML'
<!DOCTYPE html>
<html lang="zh-CN"><meta charset="utf-8"><title></title>
<style>
	html { background: #1b1f27 }
	body { margin: 0; width: 840px }
	header { height: 34px; background: #2b303b; display: flex; align-items: center; padding-left: 16px; gap: 8px }
	header i { width: 12px; height: 12px; border-radius: 6px; background: #565d6b }
	pre { margin: 0; padding: 16px 20px 20px; width: 800px; color: #dfe3ea; font: 16px/1.6 "Noto Sans Mono CJK SC";
		white-space: pre-wrap; word-break: break-all; line-break: anywhere; text-spacing-trim: space-all; text-autospace: no-autospace }
	b { font-weight: normal; color: #8fc58f }
</style>
HTML
	printf '<header><i></i><i></i><i></i></header><pre><b>~%s$</b> %s\n' "${folder#"$work/home"}" "$(escaped <<<"$command")"
	printf '%s' "$printed" | escaped
	printf '</pre><script>document.title = Math.ceil(document.querySelector("pre").getBoundingClientRect().bottom)</script></html>\n'
} >"$work/finding.html"
browser() {
	HOME=$work/home chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/browser" "$@" "file://$work/finding.html" 2>/dev/null
}
height=$(browser --dump-dom | sed -n 's:.*<title>\([0-9][0-9]*\)</title>.*:\1:p')
browser --force-device-scale-factor=1.6 --window-size="840,$height" --screenshot="$PWD/doc/pictures/finding.png" >/dev/null

ls -l doc/pictures/*.png
