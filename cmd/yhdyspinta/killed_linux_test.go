package main

import (
	"io"
	"net"
	netmail "net/mail"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// strike is where in a conversation with the mail server the product is killed.
type strike string

const (
	atConnect strike = "connect" // before a word is said
	atRcpt    strike = "rcpt"    // before the mail's text
	atData    strike = "data"    // the text is there whole, and the server has not answered
	atAnswer  strike = "answer"  // the server has answered that it takes it, and nothing is noted of that
)

// killingServer is a mail server that kills the product once, in its nth conversation.
type killingServer struct {
	host string
	port int

	mu    sync.Mutex
	at    strike
	in    int // the conversation, from 1
	seen  int
	kill  func()
	taken map[string]int // how often each Message-ID came whole
	to    map[string]string
}

func startKillingServer(t *testing.T, at strike, in int, kill func()) *killingServer {
	t.Helper()
	k := &killingServer{at: at, in: in, kill: kill, taken: map[string]int{}, to: map[string]string{}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().(*net.TCPAddr)
	k.host, k.port = addr.IP.String(), addr.Port
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		k.mu.Lock()
		k.seen++
		n := k.seen
		k.mu.Unlock()
		s := &killingSession{k: k, n: n}
		s.strike(atConnect)
		return s, nil
	}))
	server.Domain = "mail.example"
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return k
}

// strike kills the product if this is where. It returns when the product is dead.
func (s *killingSession) strike(at strike) {
	s.k.mu.Lock()
	now := s.k.at == at && s.k.in == s.n
	s.k.mu.Unlock()
	if now {
		s.k.kill()
	}
}

type killingSession struct {
	k  *killingServer
	n  int
	to string
}

func (s *killingSession) Reset()                                   {}
func (s *killingSession) Logout() error                            { return nil }
func (s *killingSession) Mail(_ string, _ *smtp.MailOptions) error { return nil }

func (s *killingSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	s.strike(atRcpt)
	return nil
}

func (s *killingSession) Data(r io.Reader) error {
	m, err := netmail.ReadMessage(r)
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, m.Body); err != nil {
		return err
	}
	s.k.mu.Lock()
	s.k.taken[m.Header.Get("Message-Id")]++
	s.k.to[m.Header.Get("Message-Id")] = s.to
	s.k.mu.Unlock()
	s.strike(atData)
	if s.n == s.k.in && s.k.at == atAnswer {
		// The answer goes out when this returns; the product dies as soon as it may have it.
		go s.k.kill()
	}
	return nil
}

// whole is how many mails came, and how many came twice.
func (k *killingServer) whole() (mails, twice, more int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, n := range k.taken {
		mails++
		switch {
		case n == 2:
			twice++
		case n > 2:
			more++
		}
	}
	return mails, twice, more
}

// The product is a process on a real PostgreSQL, and mails are under way to a real
// mail server when it is killed (kill -9): before it has made mails of what happened,
// at each point of a conversation, and between two. It is started again, and every
// mail comes: at most one of them twice, with its Message-ID, and marked so. Each mail
// is sent to whom it is for, and none is lost.
func TestNoMailIsLostWhenTheProductIsKilled(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup // at once: each waits for most of its time
	for _, tt := range []struct {
		name string
		at   strike
		in   int  // conversation; 0: as soon as the product serves
		must bool // one comes twice for certain
	}{
		{"before it has looked into the outbox", "", 0, false},
		{"when it connects", atConnect, 1, false},
		{"before the text", atRcpt, 2, false},
		{"after the text and before the answer", atData, 2, true},
		{"after the answer", atAnswer, 3, false},
		{"in the last one", atData, 6, true},
	} {
		all.Go(func() { t.Run(tt.name, func(t *testing.T) { noMailIsLost(t, tt.at, tt.in, tt.must) }) })
	}
	all.Wait()
}

// noMailIsLost kills the product at a point of its nth conversation. must says that a
// mail comes twice for certain.
func noMailIsLost(t *testing.T, at strike, in int, must bool) {
	e := calledMeeting(t)
	var mu sync.Mutex
	var running *exec.Cmd
	killed := make(chan struct{})
	var once sync.Once
	kill := func() {
		once.Do(func() {
			mu.Lock()
			defer mu.Unlock()
			_ = running.Process.Signal(syscall.SIGKILL)
			_ = running.Wait()
			close(killed)
		})
		<-killed
	}
	server := startKillingServer(t, at, in, kill)
	address := freeAddress(t)
	start := func() {
		p, _ := startProductIn(t, []string{killedTest + "=1", "DATABASE_URL=" + e.Raw.AppDSN, "YHDYSPINTA_LISTEN=" + address},
			"serve", "--mail-host", server.host, "--mail-port", strconv.Itoa(server.port), "--mail-tls", "none", "--mail-from", "yhdyspinta@example.fi")
		running = p
	}
	mu.Lock() // whoever kills waits until it is known whom
	start()
	mu.Unlock()
	if in == 0 {
		kill()
	}
	select {
	case <-killed:
	case <-time.After(40 * time.Second):
		t.Fatalf("nothing came to be killed by: %d conversations", server.seen)
	}
	start()
	within(t, 50*time.Second, "all mails come, and nothing is left to do", func() bool {
		mails, _, _ := server.whole()
		var left int
		e.Row("select (select count(*) from outbox) + (select count(*) from mail where settled_at is null)", &left)
		return mails == len(called) && left == 0
	})
	_, twice, more := server.whole()
	if more > 0 || twice > 1 || must && twice != 1 {
		t.Errorf("%d came twice, %d more often", twice, more)
	}
	doubts := 0
	for _, m := range apitest.As[api.List[api.SentMail]](e.As("auditor").Get("/mails").Want(200)).Items {
		if m.State != mail.Sent || m.Kind != mail.MeetingCalled {
			t.Errorf("%+v", m)
		}
		came := server.taken["<"+m.MessageID+">"]
		if came == 0 || came == 2 && !m.InDoubt {
			t.Errorf("came %d times, in doubt: %v", came, m.InDoubt)
		}
		if name, _, _ := strings.Cut(server.to["<"+m.MessageID+">"], "@"); m.Person.Name != "Person of holder of "+name {
			t.Errorf("the mail of %q went to %q", m.Person.Name, name)
		}
		if m.InDoubt {
			doubts++
		}
	}
	if doubts > 1 || must && doubts != 1 {
		t.Errorf("%d mails are in doubt", doubts)
	}
}

// called are the posts whose holders the meeting calls.
var called = []string{"esp_secretary", "esp_education_head", "esp_youth_head", "luvn_family_head", "luvn_older_head", "hus_liaison"}

// calledMeeting is a database in which a meeting has just been called, and nobody has
// been told.
func calledMeeting(t *testing.T) *apitest.Env {
	t.Helper()
	e := apitest.New(t)
	f := e.Organisation()
	var forum domain.ForumID
	forum.SetNew(domain.UUIDv7)
	e.Exec(`insert into forum (id, key, title_fi, title_sv, title_en, purpose_fi, purpose_sv, purpose_en, level, reach, paper, meetings_per_year, valid_from, visibility, version, created_at, updated_at)
values ($1, 'lape', 'LAPE', 'LAPE', 'LAPE', 'p', 'p', 'p', 'strategic', 'bilateral', 'memo', 4, '2026-01-01', 'public', 1, $2, $2)`, forum, e.Now())
	for i, post := range called {
		role := "member"
		if i == 0 {
			role = "secretary"
		}
		party, _, _ := strings.Cut(post, "_")
		e.Exec(`insert into membership (id, forum_id, post_id, role, valid_from, version) values (gen_random_uuid(), $1, $2, $3, '2026-01-01', 1)`, forum, f.Post[post], role)
		e.Hold(f, "holder of "+post, map[string]string{"esp": "espoo", "luvn": "luvn", "hus": "hus"}[party], post, "holder", post+"@example.fi")
	}
	// Only the call is told, whatever day it is: no daily mails.
	e.Exec(`insert into mail_preference (id, person_id, digest, hour, off_topics, version, updated_at) select gen_random_uuid(), id, false, 8, '', 2, $1 from person`, e.Now())
	e.Name("secretary", domain.Actor{PersonID: f.Person["holder of esp_secretary"], PostID: f.Post["esp_secretary"], PartyID: f.Party["espoo"],
		Grants: []domain.ActiveGrant{{Role: domain.RoleSecretary, PartyID: f.Party["espoo"], ForumID: forum}}, Forums: []domain.ForumID{forum}})
	m := apitest.As[api.Meeting](e.As("secretary").Post("/forums/"+forum.String()+"/meetings", apitest.JSON{
		"startsAt": "2026-12-08T11:00:00Z", "endsAt": "2026-12-08T13:00:00Z", "visibility": "public"}).Want(201))
	e.As("secretary").Post("/meetings/"+m.ID.String()+"/call", nil).Want(200)
	return e
}
