package mailer_test

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/outward/mailer"
	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

func letter() mail.Letter {
	at := time.Date(2026, 12, 8, 11, 0, 0, 0, time.UTC)
	return mail.Letter{MessageID: "1@yhdyspinta.example", To: "aino@example.fi", Subject: "Kokouskutsu: Hyvinvointi ja työ", Body: "Tervetuloa.\nÄäkköset.\n",
		Language: domain.Finnish, Date: at,
		Event: &mail.Event{UID: "m1@yhdyspinta.example", Sequence: 3, Summary: "LAPE 1/2026", Location: "Kaupungintalo, 2. krs", Organizer: "LAPE \"ryhmä\"",
			StartsAt: at, EndsAt: at.Add(2 * time.Hour), ChangedAt: at}}
}

func sender(t *testing.T, s *apitest.MailServer) *mailer.Sender {
	t.Helper()
	out, err := mailer.New(mailer.Config{Host: s.Host, Port: s.Port, TLS: mailer.None, From: "Yhdyspinta <yhdyspinta@example.fi>", Timeout: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestLetterArrivesWhole(t *testing.T) {
	t.Parallel()
	server := apitest.NewMailServer(t)
	if err := sender(t, server).Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	got := server.Got()
	if len(got) != 1 || got[0].To != "aino@example.fi" {
		t.Fatalf("%+v", got)
	}
	m := got[0].Message(t)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Kokouskutsu: Hyvinvointi ja työ" {
		t.Errorf("subject %q %v", subject, err)
	}
	for header, want := range map[string]string{"Message-Id": "<1@yhdyspinta.example>", "From": `"Yhdyspinta" <yhdyspinta@example.fi>`, "To": "<aino@example.fi>",
		"Content-Language": "fi", "Auto-Submitted": "auto-generated", "Date": "Tue, 08 Dec 2026 11:00:00 +0000"} {
		if got := m.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	var types []string
	var texts []string
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		types, texts = append(types, p.Header.Get("Content-Type")), append(texts, string(raw))
	}
	if len(types) != 2 || !strings.HasPrefix(types[0], "text/plain") || !strings.HasPrefix(types[1], "text/calendar; method=REQUEST") {
		t.Fatalf("parts %q", types)
	}
	if !strings.Contains(texts[0], "Ääkköset.") {
		t.Errorf("text %q", texts[0])
	}
	for _, line := range []string{"METHOD:REQUEST\r\n", "UID:m1@yhdyspinta.example\r\n", "SEQUENCE:3\r\n", "DTSTART;TZID=Europe/Helsinki:20261208T130000\r\n",
		"BEGIN:VTIMEZONE\r\n", "LOCATION:Kaupungintalo\\, 2. krs\r\n"} {
		if !strings.Contains(texts[1], line) {
			t.Errorf("no %q in\n%s", line, texts[1])
		}
	}
	unfolded := strings.ReplaceAll(texts[1], "\r\n ", "")
	for _, part := range []string{"ORGANIZER;CN=LAPE ryhmä:mailto:yhdyspinta@example.fi", "mailto:aino@example.fi"} {
		if !strings.Contains(unfolded, part) {
			t.Errorf("no %q in\n%s", part, unfolded)
		}
	}
}

// What people typed begins no header and names no other receiver, whatever stands in it.
func TestLineBreaksMakeNoHeaders(t *testing.T) {
	t.Parallel()
	server := apitest.NewMailServer(t)
	l := letter()
	const more = "\r\nBcc: vieras@example.com\r\nX-Lisa: 1\n\r\nUusi runko\rX-Muu: 2"
	l.Subject += more
	l.Event.Summary += more
	l.Event.Location += more
	l.Event.Organizer += more
	if err := sender(t, server).Send(t.Context(), l); err != nil {
		if len(server.Got()) != 0 {
			t.Errorf("%v, and sent", err)
		}
		return // refused is fine as well
	}
	got := server.Got()
	if len(got) != 1 || got[0].To != "aino@example.fi" {
		t.Fatalf("%+v", got)
	}
	m := got[0].Message(t)
	for _, header := range []string{"Bcc", "Cc", "X-Lisa", "X-Muu"} {
		if m.Header.Get(header) != "" {
			t.Errorf("has the header %s", header)
		}
	}
	if kind := m.Header.Get("Content-Type"); !strings.HasPrefix(kind, "multipart/alternative") {
		t.Errorf("the message is %s", kind)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			for _, name := range []string{"Bcc:", "X-Lisa:", "X-Muu:"} {
				if strings.HasPrefix(line, name) {
					t.Errorf("a line of %s is %q", p.Header.Get("Content-Type"), line)
				}
			}
		}
	}
}

func TestWhatTheServerAnswers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name          string
		prepare       func(*apitest.MailServer)
		failure, code string
		taken         int
	}{
		{"later", func(s *apitest.MailServer) {
			s.Then(&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"})
		}, mail.FailureDeferred, "451 4.7.1", 0},
		{"no", func(s *apitest.MailServer) {
			s.Then(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"})
		}, mail.FailureRefused, "550 5.1.1", 0},
		{"cut before the text", func(s *apitest.MailServer) { s.ThenCut(false) }, mail.FailureUnreachable, "", 0},
		{"cut after the text", func(s *apitest.MailServer) { s.ThenCut(true) }, mail.FailureInDoubt, "", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := apitest.NewMailServer(t)
			tt.prepare(server)
			err := sender(t, server).Send(t.Context(), letter())
			r, ok := errors.AsType[*mail.Refusal](err)
			if !ok || r.Failure != tt.failure || r.Code != tt.code {
				t.Errorf("%v (%+v)", err, r)
			}
			if got := len(server.Got()); got != tt.taken {
				t.Errorf("%d were taken", got)
			}
		})
	}
}

func TestNoServerThere(t *testing.T) {
	t.Parallel()
	s, err := mailer.New(mailer.Config{Host: "127.0.0.1", Port: 1, TLS: mailer.None, From: "yhdyspinta@example.fi"})
	if err != nil {
		t.Fatal(err)
	}
	r, ok := errors.AsType[*mail.Refusal](s.Send(context.Background(), letter()))
	if !ok || r.Failure != mail.FailureUnreachable || r.Code != "" {
		t.Errorf("%+v", r)
	}
}

// A server that offers no encryption gets nothing where encryption is asked for.
func TestNothingIsSentInTheOpenUnasked(t *testing.T) {
	t.Parallel()
	server := apitest.NewMailServer(t)
	s, err := mailer.New(mailer.Config{Host: server.Host, Port: server.Port, TLS: mailer.StartTLS, From: "yhdyspinta@example.fi"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), letter()); err == nil || len(server.Got()) != 0 {
		t.Errorf("sent: %v %d", err, len(server.Got()))
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]mailer.Config{
		`sender of mail "nobody" is not an address`: {Host: "mail.example", Port: 25, TLS: mailer.None, From: "nobody"},
		`mail TLS "ssl" is neither`:                 {Host: "mail.example", Port: 25, TLS: "ssl", From: "a@example.fi"},
		`a password is never sent in the open`:      {Host: "mail.example", Port: 25, TLS: mailer.None, From: "a@example.fi", User: "u", Password: "p"},
	} {
		if _, err := mailer.New(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
