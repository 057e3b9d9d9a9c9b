package main

import (
	"errors"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"yhdyspinta/storage/pgembed"
)

// wire lies between the product and the socket of its PostgreSQL, and can be broken.
type wire struct {
	t       *testing.T
	to      string // the socket
	address string

	mu     sync.Mutex
	listen net.Listener
	conns  map[net.Conn]bool
	silent chan struct{} // closed when words pass; nil: they do
	delay  time.Duration // of each word
}

// newWire returns a wire to the server of a connection string, and the string that leads
// through it.
func newWire(t *testing.T, dsn string) (*wire, string) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{t: t, to: u.Query().Get("host") + "/.s.PGSQL." + u.Query().Get("port"), address: "127.0.0.1:0", conns: map[net.Conn]bool{}}
	w.mend()
	w.address = w.listen.Addr().String()
	t.Cleanup(w.cut)
	u.Host, u.RawQuery = w.address, "sslmode=disable"
	if u.User.Username() != pgembed.RoleApp {
		t.Fatalf("the string of %s", u.User)
	}
	return w, u.String()
}

// cut breaks all connections and refuses new ones.
func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.listen != nil {
		_ = w.listen.Close()
		w.listen = nil
	}
	for c := range w.conns {
		_ = c.Close()
	}
	w.pass()
}

// mend takes connections again.
func (w *wire) mend() {
	w.t.Helper()
	var l net.Listener
	within(w.t, 5*time.Second, "listen at "+w.address, func() (ok bool) {
		var err error
		l, err = net.Listen("tcp", w.address)
		return err == nil
	})
	w.mu.Lock()
	defer w.mu.Unlock()
	w.listen = l
	go w.accept(l)
}

func (w *wire) pass() {
	if w.silent != nil {
		close(w.silent)
		w.silent = nil
	}
}

func (w *wire) accept(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go w.connect(c)
	}
}

func (w *wire) connect(c net.Conn) {
	w.wait() // who connects to what is silent hears nothing
	s, err := net.Dial("unix", w.to)
	if err != nil {
		_ = c.Close()
		return
	}
	w.mu.Lock()
	open := w.listen != nil
	w.conns[c], w.conns[s] = true, true
	w.mu.Unlock()
	if open {
		var both sync.WaitGroup
		for _, way := range [][2]net.Conn{{c, s}, {s, c}} {
			both.Go(func() {
				_, _ = io.Copy(w.on(way[1]), way[0])
				_, _ = c.Close(), s.Close()
			})
		}
		both.Wait()
	}
	_, _ = c.Close(), s.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.conns, c)
	delete(w.conns, s)
}

// wait returns when words pass.
func (w *wire) wait() {
	for {
		w.mu.Lock()
		silent, delay := w.silent, w.delay
		w.mu.Unlock()
		if silent == nil {
			if delay > 0 {
				<-time.After(delay)
			}
			return
		}
		<-silent
	}
}

// on is a connection whose words pass the wire.
func (w *wire) on(c net.Conn) io.Writer { return word{w, c} }

type word struct {
	w  *wire
	to net.Conn
}

func (o word) Write(b []byte) (int, error) {
	o.w.wait()
	n, err := o.to.Write(b)
	if errors.Is(err, net.ErrClosed) {
		err = io.ErrClosedPipe
	}
	return n, err
}
