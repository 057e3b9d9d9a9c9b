package feedreader_test

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"yhdyspinta/cmd/outward/feedreader"
	"yhdyspinta/domain/decisionfeed"
)

// The shape of the feeds of Dynasty, with made-up content.
const feed = `<?xml version="1.0" encoding="%s"?>
<rss version="2.0"><channel><title>Kokousasiat</title><link>https://dynasty.example/cgi/DREQUEST.PHP</link><description>Uusimmat</description>
<item><title>Hyvinvointikertomus &amp; -suunnitelma, 4802/00.01.02/2025</title>
<link>https://dynasty.example/cgi/DREQUEST.PHP?page=meetingitem&amp;id=2022568-3</link>
<description><![CDATA[<p>Päätösehdotus<br/>hyväksytään</p><script>alert(1)</script>]]></description>
<pubDate>Mon, 23 Nov 2026 09:00:00 +0200</pubDate><guid isPermaLink="false">2022568-3</guid></item>
<item><title>Toinen</title><link>DREQUEST.PHP?page=meetingitem&amp;id=2</link></item>
</channel></rss>`

// serve answers with h and reads it as a test may: this server's port only.
func serve(t *testing.T, c feedreader.Config, h http.HandlerFunc) (*feedreader.Reader, string) {
	t.Helper()
	srv := httptest.NewTLSServer(h)
	t.Cleanup(srv.Close)
	u, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		t.Fatal(err)
	}
	c.Ports, c.Prefixes = []uint16{uint16(port)}, []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	c.Roots = x509.NewCertPool()
	c.Roots.AddCert(srv.Certificate())
	return feedreader.New(c), srv.URL + "/cgi/DREQUEST.PHP?page=rss/meetingitems&show=30"
}

func TestReadsWhatDynastyTells(t *testing.T) {
	t.Parallel()
	latin := func(s string) string {
		out, err := charmap.ISO8859_1.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, body := range map[string]string{
		"UTF-8":      fmt.Sprintf(feed, "UTF-8"),
		"ISO-8859-1": latin(fmt.Sprintf(feed, "ISO-8859-1")),
	} {
		var got *http.Request
		r, address := serve(t, feedreader.Config{}, func(w http.ResponseWriter, req *http.Request) {
			got = req
			w.Header().Set("Content-Type", "application/rss+xml")
			w.Header().Set("ETag", `"v1"`)
			w.Header().Set("Last-Modified", "Mon, 23 Nov 2026 07:00:00 GMT")
			fmt.Fprint(w, body)
		})
		a, err := r.Read(t.Context(), decisionfeed.Request{URL: address})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if a.NotModified || a.ETag != `"v1"` || a.LastModified != "Mon, 23 Nov 2026 07:00:00 GMT" || len(a.Items) != 2 {
			t.Fatalf("%s: %+v", name, a)
		}
		first := a.Items[0]
		if first.GUID != "2022568-3" || first.Title != "Hyvinvointikertomus & -suunnitelma, 4802/00.01.02/2025" ||
			first.Link != "https://dynasty.example/cgi/DREQUEST.PHP?page=meetingitem&id=2022568-3" ||
			strings.Join(strings.Fields(first.Text), " ") != "Päätösehdotus hyväksytään" || !first.PublishedAt.Equal(time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %+v", name, first)
		}
		if want := strings.Replace(address, "rss/meetingitems&show=30", "meetingitem&id=2", 1); a.Items[1].Link != want || !a.Items[1].PublishedAt.IsZero() {
			t.Errorf("%s: %+v, want the link %s", name, a.Items[1], want)
		}
		if ua := got.UserAgent(); ua != "Yhdyspinta" || got.Header.Get("Cookie")+got.Header.Get("If-None-Match")+got.Header.Get("If-Modified-Since") != "" {
			t.Errorf("%s: asked with %v", name, got.Header)
		}
	}
}

func TestAsksOnlyForWhatIsNew(t *testing.T) {
	t.Parallel()
	r, address := serve(t, feedreader.Config{}, func(w http.ResponseWriter, req *http.Request) {
		if req.Header.Get("If-None-Match") == `"v1"` && req.Header.Get("If-Modified-Since") == "then" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.WriteHeader(http.StatusTeapot)
	})
	if a, err := r.Read(t.Context(), decisionfeed.Request{URL: address, ETag: `"v1"`, LastModified: "then"}); err != nil || !a.NotModified || len(a.Items) != 0 {
		t.Errorf("%+v %v", a, err)
	}
}

// What cannot be kept or sent back is as good as missing.
func TestLeavesOddHeaders(t *testing.T) {
	t.Parallel()
	r, address := serve(t, feedreader.Config{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		w.Header().Set("ETag", "\"\xff\"")
		w.Header().Set("Last-Modified", strings.Repeat("x", 5000))
		fmt.Fprintf(w, feed, "UTF-8")
	})
	if a, err := r.Read(t.Context(), decisionfeed.Request{URL: address}); err != nil || a.ETag+a.LastModified != "" || len(a.Items) != 2 {
		t.Errorf("%+v %v", a, err)
	}
}

const jsonFeed = `{"version":"https://jsonfeed.org/version/1","title":"Kokousasiat","items":[{"id":"1","title":"Asia","url":"https://dynasty.example/1"}]}`

// XHTML in a feed stands deeper than RSS alone, and is no reason to refuse it.
func TestBearsWithMarkup(t *testing.T) {
	t.Parallel()
	r, address := serve(t, feedreader.Config{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/atom+xml")
		fmt.Fprint(w, `<feed xmlns="http://www.w3.org/2005/Atom"><title>Kokousasiat</title><entry><id>1</id><title>Asia</title><link href="https://dynasty.example/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">`, strings.Repeat("<p><b>", 20), "Esitys", strings.Repeat("</b></p>", 20), `</div></content></entry></feed>`)
	})
	if a, err := r.Read(t.Context(), decisionfeed.Request{URL: address}); err != nil || len(a.Items) != 1 || strings.TrimSpace(a.Items[0].Text) != "Esitys" {
		t.Errorf("%+v %v", a, err)
	}
}

// Entities are neither read from files and hosts nor grown.
func TestEntitiesAreNotResolved(t *testing.T) {
	t.Parallel()
	grown := `<!ENTITY a "hahahahahaha">`
	for n := 'b'; n <= 'k'; n++ {
		grown += `<!ENTITY ` + string(n) + ` "` + strings.Repeat("&"+string(n-1)+";", 10) + `">`
	}
	for _, entity := range []string{`<!ENTITY x SYSTEM "file:///etc/passwd">`, `<!ENTITY x SYSTEM "http://127.0.0.1:1/">`, `<!ENTITY % p SYSTEM "file:///etc/passwd">%p;<!ENTITY x "x">`, grown + `<!ENTITY x "&k;">`} {
		r, address := serve(t, feedreader.Config{}, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/xml; charset=utf-8")
			fmt.Fprint(w, `<?xml version="1.0"?><!DOCTYPE rss [`, entity, `]><rss version="2.0"><channel><item><title>Asia &x;</title><link>https://dynasty.example/1</link><guid>1</guid></item></channel></rss>`)
		})
		a, err := r.Read(t.Context(), decisionfeed.Request{URL: address})
		if told := fmt.Sprintf("%+v %v", a, err); strings.Contains(told, "root:") || strings.Contains(told, "haha") || len(told) > 2000 {
			t.Errorf("%s: %.300s", entity, told)
		}
	}
}

func TestBearsWithNothing(t *testing.T) {
	t.Parallel()
	rss := func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/xml; charset=utf-8") }
	redirect := func(to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
	}
	for _, c := range []struct {
		name   string
		want   decisionfeed.FailureCode
		status int
		h      http.HandlerFunc
	}{
		{"an error", decisionfeed.FailureStatus, 500, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }},
		{"nothing there", decisionfeed.FailureStatus, 404, http.NotFound},
		{"a 304 that was not asked for", decisionfeed.FailureStatus, 304, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }},
		{"a page", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, feed, "UTF-8")
		}},
		{"no XML", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) { rss(w); fmt.Fprint(w, "Huoltokatko") }},
		{"other XML", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) { rss(w); fmt.Fprint(w, "<a><b/></a>") }},
		{"JSON", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/feed+json")
			fmt.Fprint(w, jsonFeed)
		}},
		{"JSON that claims to be XML", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) {
			rss(w)
			fmt.Fprint(w, jsonFeed)
		}},
		{"JSON of no type", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			fmt.Fprint(w, jsonFeed)
		}},
		{"a deep feed", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) {
			rss(w)
			fmt.Fprint(w, strings.Replace(fmt.Sprintf(feed, "UTF-8"), "<item>", "<item>"+strings.Repeat("<x>", 51)+strings.Repeat("</x>", 51), 1))
		}},
		{"a deep text", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) {
			rss(w)
			fmt.Fprint(w, strings.Replace(fmt.Sprintf(feed, "UTF-8"), "<title>Toinen</title>", "<title>"+strings.Repeat("<b>", 10_000)+"</title>", 1))
		}},
		{"a feed of crumbs", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) {
			rss(w)
			fmt.Fprint(w, strings.Replace(fmt.Sprintf(feed, "UTF-8"), "<item>", strings.Repeat("<x/>", 24_990)+"<item>", 1))
		}},
		{"a feed of attributes", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) {
			rss(w)
			fmt.Fprint(w, strings.Replace(fmt.Sprintf(feed, "UTF-8"), "<item>", "<item"+strings.Repeat(" x", 49_990)+">", 1))
		}},
		{"half a feed", decisionfeed.FailureNotAFeed, 0, func(w http.ResponseWriter, _ *http.Request) {
			rss(w)
			fmt.Fprint(w, fmt.Sprintf(feed, "UTF-8")[:600])
		}},
		{"an endless feed", decisionfeed.FailureTooLarge, 0, func(w http.ResponseWriter, r *http.Request) {
			rss(w)
			fmt.Fprint(w, `<rss version="2.0"><channel>`)
			for r.Context().Err() == nil {
				if _, err := fmt.Fprint(w, "<item><title>", strings.Repeat("x", 1000), "</title></item>"); err != nil {
					return
				}
			}
		}},
		{"silence", decisionfeed.FailureTimeout, 0, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
		{"silence after the beginning", decisionfeed.FailureTimeout, 0, func(w http.ResponseWriter, r *http.Request) {
			rss(w)
			fmt.Fprint(w, `<rss version="2.0"><channel><item><title>`)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}},
		{"a circle", decisionfeed.FailureRedirect, 0, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) }},
		{"to http", decisionfeed.FailureRedirect, 0, redirect("http://dynasty.example/rss")},
		{"to a file", decisionfeed.FailureRedirect, 0, redirect("file:///etc/passwd")},
		{"to another port", decisionfeed.FailureAddress, 0, redirect("https://127.0.0.1:5432/")},
		{"to a loopback name", decisionfeed.FailureAddress, 0, redirect("https://[::1]/rss")},
		{"to a private network", decisionfeed.FailureAddress, 0, redirect("https://10.0.0.1/rss")},
		{"to another private network", decisionfeed.FailureAddress, 0, redirect("https://192.168.1.1/rss")},
		{"to the metadata of a cloud", decisionfeed.FailureAddress, 0, redirect("https://169.254.169.254/latest/meta-data/")},
		{"to a local IPv6 network", decisionfeed.FailureAddress, 0, redirect("https://[fd00::1]/rss")},
		{"to a link's IPv6 address", decisionfeed.FailureAddress, 0, redirect("https://[fe80::1]/rss")},
		{"to a mapped address", decisionfeed.FailureAddress, 0, redirect("https://[::ffff:10.0.0.1]/rss")},
		{"to no host", decisionfeed.FailureAddress, 0, redirect("https://0.0.0.0/rss")},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			patience := 20 * time.Second
			if c.want == decisionfeed.FailureTimeout {
				patience = 200 * time.Millisecond
			}
			r, address := serve(t, feedreader.Config{Timeout: patience, MaxSize: 200_000}, c.h)
			a, err := r.Read(t.Context(), decisionfeed.Request{URL: address})
			f, ok := errors.AsType[*decisionfeed.Failure](err)
			if !ok || f.Code != c.want || f.Status != c.status || len(a.Items) != 0 {
				t.Errorf("%+v %v, want %s %d", a, err, c.want, c.status)
			}
		})
	}
}

// In production nothing on this machine is reached, by number or by name.
func TestReachesOnlyThePublicInternet(t *testing.T) {
	t.Parallel()
	r := feedreader.New(feedreader.Config{})
	for _, c := range []struct {
		address string
		want    decisionfeed.FailureCode
	}{
		{"https://127.0.0.1/rss", decisionfeed.FailureAddress}, {"https://localhost/rss", decisionfeed.FailureAddress},
		{"https://127.0.0.1:8443/rss", decisionfeed.FailureAddress}, {"http://127.0.0.1/rss", decisionfeed.FailureRedirect},
	} {
		_, err := r.Read(t.Context(), decisionfeed.Request{URL: c.address})
		if f, ok := errors.AsType[*decisionfeed.Failure](err); !ok || f.Code != c.want {
			t.Errorf("%s: %v, want %s", c.address, err, c.want)
		}
	}
}
