#!/usr/bin/env bash
# Python takes the plain file name of an attachment where the Chinese one stands beside it.
#
# Expected: filename="jinzhan.xlsx"; filename*=UTF-8''... gives the Chinese name: the plain one is there for
#   programs that cannot read the other, and RFC 6266 says so for the web in as many words.
# Seen: Python's get_filename gives jinzhan.xlsx, by its older functions in either order, by policy.default where the
#   plain name comes first, as it mostly does. Go, mailparser and postal-mime give 六月进展表.xlsx.
# Met when: a mail program sends both names and a Python script saves the attachments: the name that says month,
#   office and form is lost, and two offices' files have one name.
# Seen on 2026-11-30 with Python 3.11.2 (Debian 12), Go 1.26, mailparser 3.14.2, postal-mime 4.0.0 (npm).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need python3 python3
npm install --silent --no-audit --no-fund --prefix . mailparser@3.14.2 postal-mime@4.0.0 >&2

cat >read.py <<'PY'
import email
import email.policy
import sys

raw = sys.stdin.buffer.read()
print('  Python, older functions:', email.message_from_bytes(raw).get_filename())
print('  Python, policy.default:', email.message_from_bytes(raw, policy=email.policy.default).get_filename())
PY
cat >read.mjs <<'JS'
import { readFileSync } from 'fs';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const raw = readFileSync(0);
console.log('  mailparser:', (await simpleParser(raw)).attachments[0].filename);
console.log('  postal-mime:', (await PostalMime.parse(raw)).attachments[0].filename);
JS
cat >main.go <<'GO'
package main

import (
	"fmt"
	"mime"
	"net/mail"
	"os"
)

func main() {
	message, err := mail.ReadMessage(os.Stdin)
	if err != nil {
		panic(err)
	}
	_, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Disposition"))
	fmt.Println("  Go:", parameters["filename"], err)
}
GO
go mod init findings 2>/dev/null
go build -o read .

plain='filename="jinzhan.xlsx"'
chinese="filename*=UTF-8''%E5%85%AD%E6%9C%88%E8%BF%9B%E5%B1%95%E8%A1%A8.xlsx"
for names in "$plain; $chinese" "$chinese; $plain"; do
	printf 'From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; %s\r\n\r\nx\r\n' \
		"$names" >mail.eml
	echo "$names"
	/usr/bin/python3 read.py <mail.eml
	node read.mjs <mail.eml
	./read <mail.eml
done >seen

cat >recorded <<'TEXT'
filename="jinzhan.xlsx"; filename*=UTF-8''%E5%85%AD%E6%9C%88%E8%BF%9B%E5%B1%95%E8%A1%A8.xlsx
  Python, older functions: jinzhan.xlsx
  Python, policy.default: jinzhan.xlsx
  mailparser: 六月进展表.xlsx
  postal-mime: 六月进展表.xlsx
  Go: 六月进展表.xlsx <nil>
filename*=UTF-8''%E5%85%AD%E6%9C%88%E8%BF%9B%E5%B1%95%E8%A1%A8.xlsx; filename="jinzhan.xlsx"
  Python, older functions: jinzhan.xlsx
  Python, policy.default: 六月进展表.xlsx
  mailparser: 六月进展表.xlsx
  postal-mime: 六月进展表.xlsx
  Go: 六月进展表.xlsx <nil>
TEXT
trap - ERR
diff -u recorded seen
