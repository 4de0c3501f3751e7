package post

import (
	"crypto/x509"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"

	"huizong/cmd/internal/post/posttest"
)

func serverOf(at *posttest.Server) Server {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(at.Certificate)
	return Server{Host: "127.0.0.1", Port: at.Port, User: posttest.User, Password: posttest.Password, Roots: roots}
}

// A mail arrives with its Chinese words and the names and bytes of its files, as other programs read it; one that is refused
// keeps no other back.
func TestSend(t *testing.T) {
	at := posttest.Start(t)
	content := strings.Repeat("\x00\xff.\r\n", 500)
	good := Mail{From: "fgj@example.com", To: []string{"jtj@example.com", "b@example.com"}, Subject: "城固县2024年6月报表催报：交通运输局",
		Text: "第一行\n.第二行\n", Files: []File{{"县交通局6月进展（二）.xlsx", []byte(content)}}}
	refused := Mail{From: "fgj@example.com", To: []string{posttest.Nobody}, Subject: "x", Text: "x"}
	failed, err := serverOf(at).Send(t.Context(), []Mail{good, refused, good})
	if err != nil {
		t.Fatal(err)
	}
	if failed[0] != nil || failed[1] == nil || failed[2] != nil {
		t.Errorf("failed: %v", failed)
	}
	mails := at.Mails()
	if len(mails) != 2 {
		t.Fatalf("%d mails arrived", len(mails))
	}
	m, err := mail.ReadMessage(strings.NewReader(mails[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != good.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	if to, err := m.Header.AddressList("To"); err != nil || len(to) != 2 {
		t.Errorf("to %v, %v", to, err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	text, err := parts.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	if said, err := io.ReadAll(text); err != nil || strings.ReplaceAll(string(said), "\r\n", "\n") != good.Text {
		t.Errorf("text %q, %v", said, err)
	}
	file, err := parts.NextRawPart()
	if err != nil {
		t.Fatal(err)
	}
	if file.FileName() != good.Files[0].Name {
		t.Errorf("the file is called %q", file.FileName())
	}
	if got, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, file)); err != nil || string(got) != content {
		t.Errorf("the file arrives as %d bytes, %v", len(got), err)
	}
}

// Nothing is sent to a server that nobody vouches for, that does not know us, or that is not there.
func TestSendNothing(t *testing.T) {
	at := posttest.Start(t)
	good := serverOf(at)
	for name, change := range map[string]func(*Server){
		"not trusted":    func(s *Server) { s.Roots = x509.NewCertPool() },
		"wrong password": func(s *Server) { s.Password = "x" },
		"not there":      func(s *Server) { s.Port = 1 },
	} {
		server := good
		change(&server)
		if _, err := server.Send(t.Context(), []Mail{{From: "a@example.com", To: []string{"b@example.com"}}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if n := len(at.Mails()); n > 0 {
		t.Errorf("%d mails arrived", n)
	}
}
