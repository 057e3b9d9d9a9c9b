package api

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
	"yhdyspinta/domain/idempotency"
	"yhdyspinta/domain/meeting"
)

// smallFiles takes files of ten bytes.
type smallFiles struct{ meeting.Files }

func (smallFiles) Limit() int64 { return 10 }

func uploadOf(a domain.Actor, body io.Reader) echo.Context {
	r := httptest.NewRequestWithContext(context.WithValue(context.Background(), actorKey{}, a), http.MethodPost, "/api/v1/agenda-items/1/attachments", body)
	r.Header.Set(idempotencyHeader, "k")
	c := echo.New().NewContext(r, httptest.NewRecorder())
	c.SetPath("/api/v1/agenda-items/:id/attachments")
	return c
}

// unread fails the test that reads it.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the file was read")
	return 0, io.EOF
}

// A file that waits for its operation has no name, so that nothing of it is left whatever
// becomes of the server, and is read from its beginning twice.
func TestAFileThatWaitsLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	s := &Server{}
	s.Services.Meetings = &meeting.Service{Files: smallFiles{}}
	body, whole, err := s.bodyTwice(uploadOf(domain.Actor{}, strings.NewReader("a file")))
	if err != nil || !whole {
		t.Fatalf("whole %v, %v", whole, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	for range 2 {
		if got, err := io.ReadAll(body); err != nil || string(got) != "a file" {
			t.Errorf("%q, %v", got, err)
		}
		if _, err := body.Seek(0, io.SeekStart); err != nil {
			t.Error(err)
		}
	}
	if err := body.Close(); err != nil {
		t.Error(err)
	}
}

// Of somebody who may send no file none is taken, before the operation refuses it.
func TestNoFileIsTakenFromWhoMaySendNone(t *testing.T) {
	t.Parallel()
	s := &Server{permitted: map[string]domain.Permission{"POST /api/v1/agenda-items/:id/attachments": domain.MeetingEdit}}
	s.Services.Idempotency = &idempotency.Service{}
	var person domain.PersonID
	person.SetNew(domain.UUIDv7)
	asked := false
	err := s.onceOnly(func(echo.Context) error { asked = true; return nil })(uploadOf(domain.Actor{PersonID: person, Grants: []domain.ActiveGrant{{Role: domain.RoleAuditor}}}, unread{t}))
	if err != nil || !asked {
		t.Errorf("asked %v, %v", asked, err)
	}
}
