// Package post sends mails by SMTP, over TLS alone.
package post

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"mime"
	"time"

	"github.com/wneessen/go-mail"
)

// A Server takes mails: one at port 465 speaks TLS from the start, another has to offer STARTTLS.
type Server struct {
	Host           string
	Port           int
	User, Password string         // a blank user does not sign in
	Roots          *x509.CertPool // who vouches for it; nil: whom the system trusts
}

// A Mail is a text with files.
type Mail struct {
	From    string
	To      []string // addresses
	Subject string
	Text    string
	Files   []File
}

// A File is attached to a mail under its name.
type File struct {
	Name    string
	Content []byte
}

// timeout is how long the server may take for one step.
const timeout = 30 * time.Second

// securePort is where servers speak TLS from the start.
const securePort = 465

// Send sends mails one after the other, and gives for each why it could not be sent, nil if it was. An error is that the
// server cannot be reached, or does not let us in: then none was sent.
func (s Server) Send(ctx context.Context, mails []Mail) (failed []error, err error) {
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(timeout), mail.WithTLSPolicy(mail.TLSMandatory),
		mail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12})}
	if s.Port == securePort {
		options = append(options, mail.WithSSL())
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", s.Host, s.Port, err)
	}
	for _, m := range mails {
		message, err := m.message()
		if err == nil {
			err = cmp.Or(ctx.Err(), client.Send(message))
		}
		failed = append(failed, err)
	}
	client.Close() // what was sent is sent
	return failed, nil
}

// message is the mail as it is sent.
func (m Mail) message() (*mail.Msg, error) {
	message := mail.NewMsg()
	if err := errors.Join(message.From(m.From), message.To(m.To...)); err != nil {
		return nil, err
	}
	message.Subject(m.Subject)
	message.SetDate()
	message.SetMessageID()
	message.SetBodyString(mail.TypeTextPlain, m.Text)
	for _, file := range m.Files {
		message.AttachReadSeeker(file.Name, bytes.NewReader(file.Content), named(file.Name))
	}
	return message, nil
}

// named names an attachment as RFC 2231 has it: other ways of writing a Chinese name are not read by all programs.
func named(name string) mail.FileOption {
	return func(f *mail.File) {
		f.Header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	}
}
