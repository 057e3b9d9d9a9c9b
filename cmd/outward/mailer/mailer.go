// Package mailer hands letters to a mail server by SMTP.
package mailer

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"yhdyspinta/api/ical"
	"yhdyspinta/domain/mail"
)

// The ways to protect the connection.
const (
	StartTLS = "starttls" // begins in the open and must go on encrypted
	TLS      = "tls"      // encrypted from the first byte
	None     = "none"     // in the open: only where the way to the server is safe otherwise
)

// Config says where mail is handed over and in whose name.
type Config struct {
	Host     string
	Port     int
	TLS      string // StartTLS, TLS or None
	User     string // "" for no sign-in
	Password string
	From     string        // an address, with or without a name
	Timeout  time.Duration // of a whole delivery; 0 means 30 seconds
}

// Sender is mail.Sender by SMTP.
type Sender struct {
	config Config
	from   *netmail.Address
	client *gomail.Client
}

// New checks the configuration. It does not connect.
func New(c Config) (*Sender, error) {
	from, err := netmail.ParseAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("sender of mail %q is not an address such as yhdyspinta@example.fi", c.From)
	}
	if c.Timeout == 0 {
		c.Timeout = 30 * time.Second
	}
	// Without RSET and NOOP: one mail to a connection needs neither, and a mail
	// that was taken must not fail by what follows.
	options := []gomail.Option{gomail.WithPort(c.Port), gomail.WithTimeout(c.Timeout), gomail.WithoutNoop(), gomail.WithoutRset()}
	switch c.TLS {
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS:
		options = append(options, gomail.WithSSL())
	case None:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fmt.Errorf("mail TLS %q is neither starttls, tls nor none", c.TLS)
	}
	if c.User != "" {
		auth := gomail.SMTPAuthAutoDiscover
		if c.TLS == None {
			return nil, errors.New("mail: a user name needs starttls or tls: a password is never sent in the open")
		}
		options = append(options, gomail.WithSMTPAuth(auth), gomail.WithUsername(c.User), gomail.WithPassword(c.Password))
	}
	client, err := gomail.NewClient(c.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail server %q: %w", c.Host, err)
	}
	return &Sender{config: c, from: from, client: client}, nil
}

// Send implements mail.Sender.
func (s *Sender) Send(ctx context.Context, l mail.Letter) error {
	msg, err := s.message(l)
	if err != nil {
		return &mail.Refusal{Failure: mail.FailureRefused, Err: err} // trying again would not help
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	err = s.client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() { // what failed after the server took it is no failure of the mail
		return nil
	}
	return refusal(err)
}

// Check connects and signs in as Send would, and sends nothing.
func (s *Sender) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	if err := s.client.DialWithContext(ctx); err != nil {
		return err
	}
	return s.client.Close()
}

// refusal tells what a failed try means for the next one.
func refusal(err error) *mail.Refusal {
	out := &mail.Refusal{Failure: mail.FailureUnreachable, Err: err}
	e, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return out
	}
	code := e.ErrorCode()
	if code != 0 {
		out.Code = strings.TrimSpace(strconv.Itoa(code) + " " + e.EnhancedStatusCode())
	}
	switch {
	case code >= 500:
		out.Failure = mail.FailureRefused
	case code >= 400:
		out.Failure = mail.FailureDeferred
	case e.Reason == gomail.ErrSMTPDataClose:
		out.Failure = mail.FailureInDoubt // sent whole, and no word of it
	}
	return out
}

func (s *Sender) message(l mail.Letter) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	msg.FromMailAddress(s.from)
	if err := msg.To(l.To); err != nil {
		return nil, err
	}
	msg.Subject(l.Subject)
	msg.SetDateWithValue(l.Date)
	msg.SetMessageIDWithValue(l.MessageID)
	msg.SetGenHeader("Content-Language", string(l.Language))
	// No answers by machines to a machine.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetUserAgent("Yhdyspinta")
	if l.StopURL != "" { // RFC 2369 and RFC 8058
		msg.SetGenHeader("List-Unsubscribe", "<"+l.StopURL+">")
		msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, l.Body)
	if l.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	}
	if l.Event != nil {
		e := l.Event
		text, method := ical.Invitation(ical.Event{UID: e.UID, Sequence: e.Sequence, Cancelled: e.Cancelled, Summary: e.Summary,
			Description: e.Description, Location: e.Location, URL: e.URL, StartsAt: e.StartsAt, EndsAt: e.EndsAt, ChangedAt: e.ChangedAt},
			ical.Party{Name: e.Organizer, Email: s.from.Address}, ical.Party{Email: l.To})
		// As an alternative with its method the mail program offers it as an
		// invitation; attached it opens in others.
		msg.AddAlternativeString(gomail.ContentType("text/calendar; method="+method), string(text))
	}
	return msg, nil
}
