// Package posttest is a mail server for tests: it offers STARTTLS, lets one user in and keeps what it is given.
package posttest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// Who may sign in.
const (
	User     = "huizong"
	Password = "correct horse"
)

// Nobody is an address that the server refuses.
const Nobody = "nobody@example.com"

// A Server takes mails on 127.0.0.1.
type Server struct {
	Port        int
	Certificate []byte // PEM, for those who are to trust it

	tls   *tls.Config
	mutex sync.Mutex
	mails []string
}

// Mails are those taken so far, as they came.
func (s *Server) Mails() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]string{}, s.mails...)
}

// Start starts a server until the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	certificate, text, err := selfSigned()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	s := &Server{Port: listener.Addr().(*net.TCPAddr).Port, Certificate: text, tls: &tls.Config{Certificates: []tls.Certificate{certificate}}}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

func selfSigned() (tls.Certificate, []byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), err
}

// serve speaks as much of SMTP as a client needs; before TLS it takes nothing.
func (s *Server) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	lines, secure, known := bufio.NewReader(conn), false, false
	say := func(text string) { fmt.Fprintf(conn, "%s\r\n", text) }
	say("220 test")
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		verb, rest, _ := strings.Cut(line, " ")
		switch verb = strings.ToUpper(verb); {
		case verb == "EHLO" && !secure:
			say("250-test\r\n250 STARTTLS")
		case verb == "EHLO":
			say("250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN")
		case verb == "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, s.tls)
			lines, secure = bufio.NewReader(conn), true
		case verb == "QUIT":
			say("221 bye")
			return
		case verb == "NOOP" || verb == "RSET":
			say("250 ok")
		case !secure:
			say("530 STARTTLS first")
		case verb == "AUTH":
			if known = rest == "PLAIN "+base64.StdEncoding.EncodeToString([]byte("\x00"+User+"\x00"+Password)); known {
				say("235 welcome")
			} else {
				say("535 who are you")
			}
		case !known:
			say("530 sign in first")
		case verb == "RCPT" && strings.Contains(rest, Nobody):
			say("550 nobody of that name")
		case verb == "MAIL" || verb == "RCPT":
			say("250 ok")
		case verb == "DATA":
			say("354 go on")
			s.take(lines)
			say("250 taken")
		default:
			say("502 what")
		}
	}
}

// take keeps a mail.
func (s *Server) take(lines *bufio.Reader) {
	var mail strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		mail.WriteString(strings.TrimPrefix(line, "."))
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.mails = append(s.mails, mail.String())
}
