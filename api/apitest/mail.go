package apitest

import (
	"bytes"
	"context"
	"io"
	"net"
	netmail "net/mail"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
	"yhdyspinta/domain/idempotency"
	"yhdyspinta/domain/job"
	"yhdyspinta/domain/mail"
)

// MailServer is a mail server that keeps what it is given.
type MailServer struct {
	Host string
	Port int

	mu   sync.Mutex
	got  []Received
	next []func(rcpt bool, conn net.Conn) error
	news chan struct{}
}

// Received is a mail that a server has taken.
type Received struct {
	To  string
	Raw []byte
}

// Message reads its headers.
func (r Received) Message(t testing.TB) *netmail.Message {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(r.Raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, r.Raw)
	}
	return m
}

// NewMailServer starts a mail server that speaks SMTP without TLS.
func NewMailServer(t testing.TB) *MailServer {
	t.Helper()
	s := &MailServer{news: make(chan struct{}, 1000)}
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().(*net.TCPAddr)
	s.Host, s.Port = addr.IP.String(), addr.Port
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &mailSession{server: s, conn: c}, nil }))
	server.Domain = "mail.example"
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return s
}

// Then says what becomes of the next mails, one each: an *smtp.SMTPError is the
// answer. Mails without one are taken.
func (s *MailServer) Then(answers ...error) {
	for _, a := range answers {
		s.do(func(rcpt bool, _ net.Conn) error {
			if rcpt {
				return nil
			}
			return a
		})
	}
}

// ThenCut cuts the connection of the next mail: at its recipient, or after all
// of it was taken.
func (s *MailServer) ThenCut(taken bool) {
	s.do(func(rcpt bool, conn net.Conn) error {
		if rcpt != taken {
			conn.Close()
		}
		return nil
	})
}

func (s *MailServer) do(f func(rcpt bool, conn net.Conn) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = append(s.next, f)
}

// Got lists the mails that were taken, in their order.
func (s *MailServer) Got() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Received(nil), s.got...)
}

// Wait waits until n mails have been taken in all.
func (s *MailServer) Wait(t testing.TB, ctx context.Context, n int) []Received {
	t.Helper()
	for len(s.Got()) < n {
		select {
		case <-s.news:
		case <-ctx.Done():
			t.Fatalf("%d mails came, want %d", len(s.Got()), n)
		}
	}
	return s.Got()
}

type mailSession struct {
	server *MailServer
	conn   *smtp.Conn
	to     string
	plan   func(rcpt bool, conn net.Conn) error
}

func (m *mailSession) Reset()                                   {}
func (m *mailSession) Logout() error                            { return nil }
func (m *mailSession) Mail(_ string, _ *smtp.MailOptions) error { return nil }

func (m *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	m.to = to
	m.server.mu.Lock()
	if len(m.server.next) > 0 {
		m.plan, m.server.next = m.server.next[0], m.server.next[1:]
	}
	m.server.mu.Unlock()
	if m.plan != nil {
		return m.plan(true, m.conn.Conn())
	}
	return nil
}

func (m *mailSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if m.plan != nil {
		if err := m.plan(false, m.conn.Conn()); err != nil {
			return err
		}
	}
	m.server.mu.Lock()
	m.server.got = append(m.server.got, Received{m.to, raw})
	m.server.mu.Unlock()
	m.server.news <- struct{}{}
	return nil
}

// Mails are the use cases of mail on the test's database, with a sender; nil for
// a service without a mail server.
func (e *Env) Mails(sender mail.Sender) *mail.Service {
	return wiring.Mail(e.DB, e.Now, domain.UUIDv7, wiring.Outward{Site: "https://yhdyspinta.example", Mail: sender})
}

// Jobs are the use cases of background work on the test's database.
func (e *Env) Jobs() *job.Service { return wiring.Jobs(e.DB, e.Now, domain.UUIDv7) }

// Keys are the requests with a key, on the test's database and clock.
func (e *Env) Keys() *idempotency.Service { return wiring.Idempotency(e.DB, e.Now) }

// DeliverMail drains the outbox and tries once to send each mail that is due, as
// the background work does.
func (e *Env) DeliverMail(s *mail.Service) {
	e.T.Helper()
	ctx := context.Background()
	if _, err := s.Drain(ctx); err != nil {
		e.T.Fatal(err)
	}
	due, err := s.Due(ctx)
	if err != nil {
		e.T.Fatal(err)
	}
	for _, id := range due {
		if err := s.Deliver(ctx, id); err != nil {
			e.T.Fatal(err)
		}
	}
}

// Hold gives a person a post from the start of 2026, with an e-mail address
// unless it is "". The person has the name of the actor.
func (e *Env) Hold(f *Fixture, person, party, post, kind, email string) domain.PersonID {
	e.T.Helper()
	id, ok := f.Person[person]
	if !ok {
		id = e.Person(f, person, party)
	}
	e.Exec("update person set email = $2 where id = $1", id, email)
	var holding domain.HoldingID
	holding.SetNew(domain.UUIDv7)
	e.Exec(`insert into holding (id, person_id, post_id, kind, valid_from, version) values ($1, $2, $3, $4, '2026-01-01', 1)`, holding, id, f.Post[post], kind)
	return id
}

// MakeDigests makes the daily mails that are due, as the background work does, and
// returns for how many people it looked.
func (e *Env) MakeDigests(s *mail.Service) int {
	e.T.Helper()
	ctx := context.Background()
	day, due, err := s.DigestsDue(ctx)
	if err != nil {
		e.T.Fatal(err)
	}
	for _, id := range due {
		if err := s.MakeDigest(ctx, id, day); err != nil {
			e.T.Fatal(err)
		}
	}
	return len(due)
}

// Grant gives whoever holds a post a role from the start of 2026, of a unit for a
// manager.
func (e *Env) Grant(f *Fixture, role domain.Role, party, post, unit string) {
	e.T.Helper()
	e.Exec(`insert into role_grant (id, role, post_id, party_id, unit_id, valid_from, version, created_at) values (gen_random_uuid(), $1, $2, $3, $4, '2026-01-01', 1, '2026-01-01')`,
		role, f.Post[post], f.Party[party], f.Unit[unit].Ptr())
}
