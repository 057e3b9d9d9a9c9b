package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/api"
	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
	"yhdyspinta/storage"
)

// staffHeader makes a request that of staff.
const staffHeader = "X-Bench-Staff"

// findStaff makes the holder of a post of the first party the manager of its
// unit and of what is under that: about a third of the party's posts.
func findStaff(ctx context.Context, conn *pgx.Conn) (domain.Actor, error) {
	var a domain.Actor
	var units [][16]byte
	err := conn.QueryRow(ctx, `
with recursive below as (select id from unit where id = (select id from unit where parent_id is not null and party_id = (select id from party where key = 'espoo') order by id limit 1)
                         union all
                         select u.id from unit u join below on u.parent_id = below.id)
select h.person_id, p.id, p.party_id, array(select id from below)
from post p join holding h on h.post_id = p.id
where p.unit_id in (select id from below)
order by p.id limit 1`).Scan((*[16]byte)(&a.PersonID.UUID), (*[16]byte)(&a.PostID.UUID), (*[16]byte)(&a.PartyID.UUID), &units)
	if err != nil {
		return a, fmt.Errorf("find a person to act: %w", err)
	}
	manager := domain.ActiveGrant{Role: domain.RoleManager, PartyID: a.PartyID}
	for _, u := range units {
		manager.Units = append(manager.Units, domain.UnitID{UUID: u})
	}
	a.Grants = []domain.ActiveGrant{manager}
	return a, nil
}

// product is the product's server on a port of its own.
type product struct {
	site
	db *storage.DB
}

// startProduct serves the product in this process as serve does, but for the
// access log, which goes nowhere, and keeps answers of read models only if asked
// to. Requests with staffHeader are made by actor.
func startProduct(ctx context.Context, base database, clock domain.Clock, actor domain.Actor, tracer pgx.QueryTracer, keep bool) (*product, error) {
	db, err := storage.Open(ctx, base.app, storage.Options{MaxConnections: clients, Clock: clock, Tracer: tracer, KeepNothing: !keep})
	if err != nil {
		return nil, err
	}
	var number func(context.Context) (uint64, error)
	if keep {
		number = db.ContentNumber
	}
	s := api.New(api.Options{ContentNumber: number,
		Services: wiring.Services(db, clock, domain.UUIDv7), Clock: clock, NewID: domain.UUIDv7,
		Actor: func(r *http.Request) (domain.Actor, error) {
			if r.Header.Get(staffHeader) != "" {
				return actor, nil
			}
			return domain.Actor{}, nil
		},
	})
	web, err := startSite(ctx, s.Handler())
	if err != nil {
		db.Close()
		return nil, err
	}
	return &product{web, db}, nil
}

func (p *product) close() {
	p.site.close()
	p.db.Close()
}

// site is a web server on a free port of the loopback interface.
type site struct {
	url    string
	server *http.Server
	done   chan struct{}
}

func startSite(ctx context.Context, h http.Handler) (site, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return site{}, err
	}
	s := site{url: "http://" + listener.Addr().String(), server: &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}, done: make(chan struct{})}
	go func() {
		_ = s.server.Serve(listener) // ends with ErrServerClosed when close is called
		close(s.done)
	}()
	return s, nil
}

func (s site) close() {
	_ = s.server.Close()
	<-s.done
}

// client is the load's HTTP client: one kept connection for each of the clients.
var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}, Timeout: 30 * time.Second}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// fetch makes a request and hands the answer to use; any status but want is an
// error.
func fetch(ctx context.Context, method, url string, headers map[string]string, body []byte, want int, use func(http.Header, []byte) error) error {
	r, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	for k, v := range headers {
		r.Header.Set(k, v)
	}
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if _, err := io.Copy(buf, res.Body); err != nil {
		return err
	}
	if res.StatusCode != want {
		return fmt.Errorf("%s %s: status %d: %s", method, url, res.StatusCode, buf.Bytes())
	}
	if use == nil {
		return nil
	}
	return use(res.Header, buf.Bytes())
}
