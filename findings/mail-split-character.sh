#!/usr/bin/env bash
# A subject in GB18030 that is cut inside a character: of five readers two put it together always.
#
# Expected: a long Chinese subject comes as several encoded words, and Chinese mail programs cut the bytes
#   where they please. Readers have met this for decades: they join neighbouring words of one
#   encoding before they decode, as Python's older functions and mailparser do.
# Seen: Python's newer interface (policy.default), which its documentation advises, and Go's WordDecoder decode
#   each word alone: behind the cut the bytes pair wrongly, and the rest of the subject is other characters,
#   not only signs of damage. postal-mime joins the words where the first one's base64 has no padding (15 bytes)
#   and not where it has (25 bytes). Python's newer interface does the same to a file name in continued
#   parts (RFC 2231).
# Met when: returns come by mail and the month, the office or the form is taken from subject or file name.
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

cat >make.py <<'PY'
import base64
import sys

cut = int(sys.argv[1])
subject = '关于报送六月份重点项目进展情况的报告'.encode('gb18030')
name = '六月进展表（交通局）.xlsx'.encode('gb18030')
word = lambda part: '=?GB18030?B?' + base64.b64encode(part).decode() + '?='
percent = lambda part: ''.join(f'%{byte:02X}' for byte in part)
lines = ['From: jtj@example.com', 'To: fgj@example.com',
         'Subject: ' + word(subject[:cut]), ' ' + word(subject[cut:]),
         'MIME-Version: 1.0', 'Content-Type: application/octet-stream',
         'Content-Disposition: attachment;', " filename*0*=GB18030''" + percent(name[:5]) + ';',
         ' filename*1*=' + percent(name[5:]), '', 'x', '']
open('mail.eml', 'wb').write('\r\n'.join(lines).encode())
PY

cat >read.py <<'PY'
import email
import email.header
import email.policy

raw = open('mail.eml', 'rb').read()
older = email.message_from_bytes(raw)
newer = email.message_from_bytes(raw, policy=email.policy.default)
clean = lambda text: ''.join('?' if '\ud800' <= c <= '\udfff' or '\ue000' <= c <= '\uf8ff' or c == '\ufffd' else c for c in text)
print('Python, older functions:', email.header.make_header(email.header.decode_header(older['subject'])), '|', older.get_filename())
print('Python, policy.default:', clean(str(newer['subject'])), '|', clean(newer.get_filename()))
PY

cat >read.mjs <<'JS'
import { readFileSync } from 'fs';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const raw = readFileSync('mail.eml'), clean = text => text.replace(/[\ue000-\uf8ff\ufffd]/g, '?');
const first = await simpleParser(raw), second = await PostalMime.parse(raw);
console.log('mailparser:', clean(first.subject), '|', first.attachments[0].filename);
console.log('postal-mime:', clean(second.subject), '|', second.attachments[0].filename);
JS

cat >main.go <<'GO'
package main

import (
	"fmt"
	"io"
	"mime"
	"net/mail"
	"os"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func main() {
	file, err := os.Open("mail.eml")
	check(err)
	message, err := mail.ReadMessage(file)
	check(err)
	decoder := mime.WordDecoder{CharsetReader: func(_ string, in io.Reader) (io.Reader, error) {
		return simplifiedchinese.GB18030.NewDecoder().Reader(in), nil
	}}
	subject, err := decoder.DecodeHeader(message.Header.Get("Subject"))
	check(err)
	fmt.Println("Go WordDecoder:", strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) {
			return '?'
		}
		return r
	}, subject))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
GO
go mod init findings 2>/dev/null
go get golang.org/x/text@v0.43.0 2>/dev/null
go build -o read .
for cut in 15 25; do
	/usr/bin/python3 make.py $cut
	echo "cut after $cut bytes"
	/usr/bin/python3 read.py
	node read.mjs
	./read
done >seen

cat >recorded <<'TEXT'
cut after 15 bytes
Python, older functions: 关于报送六月份重点项目进展情况的报告 | 六月进展表（交通局）.xlsx
Python, policy.default: 关于报送六月份?氐阆钅拷?骨榭龅谋ǜ? | 六月??贡恚ń煌ň郑?.xlsx
mailparser: 关于报送六月份重点项目进展情况的报告 | 六月进展表（交通局）.xlsx
postal-mime: 关于报送六月份重点项目进展情况的报告 | 六月进展表（交通局）.xlsx
Go WordDecoder: 关于报送六月份?氐阆钅拷?骨榭龅谋ǜ?
cut after 25 bytes
Python, older functions: 关于报送六月份重点项目进展情况的报告 | 六月进展表（交通局）.xlsx
Python, policy.default: 关于报送六月份重点项目进?骨榭龅谋ǜ? | 六月??贡恚ń煌ň郑?.xlsx
mailparser: 关于报送六月份重点项目进展情况的报告 | 六月进展表（交通局）.xlsx
postal-mime: 关于报送六月份重点项目进?骨榭龅谋ǜ? | 六月进展表（交通局）.xlsx
Go WordDecoder: 关于报送六月份重点项目进?骨榭龅谋ǜ?
TEXT
trap - ERR
diff -u recorded seen
