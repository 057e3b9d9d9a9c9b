// Package feedreader reads RSS and Atom feeds from the public Internet, as a
// guest who trusts nothing: only https, only public addresses (looked at after
// the name was resolved, at each redirect again), few redirects, and limits of
// time and size.
package feedreader

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"
	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/unicode/norm"

	"yhdyspinta/domain/decisionfeed"
)

// Config says what is reached, and how much is borne. The zero value is that of
// production.
type Config struct {
	Timeout time.Duration // of a whole reading; 0 means 20 seconds
	MaxSize int64         // of a feed, unpacked; 0 means 2 MB

	// For tests, which have no public address.
	Ports    []uint16       // 443 and these
	Prefixes []netip.Prefix // IPv4 networks that are reached although they are not public
	Roots    *x509.CertPool // nil: those of the system
}

const (
	maxRedirects = 3
	userAgent    = "Yhdyspinta"
	maxHeader    = 200 // of what is sent back with the next reading
)

// Reader is decisionfeed.Source over HTTPS.
type Reader struct {
	config Config
	client *http.Client
}

var (
	errRedirects = errors.New("too many redirects")
	errInsecure  = errors.New("redirected to something else than https")
)

// New makes a reader. It does not connect, and no proxy stands between: the
// address that is looked at is the one that is reached.
func New(c Config) *Reader {
	if c.Timeout == 0 {
		c.Timeout = 20 * time.Second
	}
	if c.MaxSize == 0 {
		c.MaxSize = 2 << 20
	}
	guard := ssrf.New(ssrf.WithPorts(append([]uint16{443}, c.Ports...)...), ssrf.WithAllowedV4Prefixes(c.Prefixes...))
	dialer := &net.Dialer{Timeout: c.Timeout, Control: guard.Safe}
	return &Reader{config: c, client: &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: c.Roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: c.Timeout, ResponseHeaderTimeout: c.Timeout, MaxResponseHeaderBytes: 64 << 10, DisableKeepAlives: true},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			switch {
			case len(via) > maxRedirects:
				return errRedirects
			case r.URL.Scheme != "https":
				return errInsecure
			}
			r.Header.Del("Referer") // the address that was asked for is nobody's business
			return nil
		},
	}}
}

// Read implements decisionfeed.Source.
func (r *Reader) Read(ctx context.Context, in decisionfeed.Request) (decisionfeed.Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, r.config.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, in.URL, http.NoBody)
	if err != nil {
		return decisionfeed.Answer{}, &decisionfeed.Failure{Code: decisionfeed.FailureUnreachable, Err: err}
	}
	if req.URL.Scheme != "https" {
		return decisionfeed.Answer{}, &decisionfeed.Failure{Code: decisionfeed.FailureRedirect, Err: errInsecure}
	}
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9")
	if in.ETag != "" {
		req.Header.Set("If-None-Match", in.ETag)
	}
	if in.LastModified != "" {
		req.Header.Set("If-Modified-Since", in.LastModified)
	}
	res, err := r.client.Do(req)
	if err != nil {
		return decisionfeed.Answer{}, failure(err)
	}
	defer res.Body.Close()
	out := decisionfeed.Answer{ETag: header(res, "ETag"), LastModified: header(res, "Last-Modified")}
	switch {
	case res.StatusCode == http.StatusNotModified && (in.ETag != "" || in.LastModified != ""):
		out.NotModified = true
		return out, nil
	case res.StatusCode != http.StatusOK:
		return out, &decisionfeed.Failure{Code: decisionfeed.FailureStatus, Status: res.StatusCode, Err: errors.New(res.Status)}
	case !isXML(res.Header.Get("Content-Type")):
		return out, notAFeed(fmt.Errorf("content type %q", res.Header.Get("Content-Type")))
	}
	body := &limited{r: res.Body, left: r.config.MaxSize}
	text, err := io.ReadAll(body)
	if body.exceeded {
		return out, &decisionfeed.Failure{Code: decisionfeed.FailureTooLarge, Err: errTooLarge}
	}
	// What is cut off when the time is up may look like all of it.
	if err = errors.Join(err, ctx.Err()); err != nil {
		return out, failure(err)
	}
	feed, err := parse(text)
	if err != nil {
		return out, notAFeed(err)
	}
	for _, i := range feed.Items {
		out.Items = append(out.Items, item(i, res.Request.URL))
	}
	return out, nil
}

// header is a header to keep and send back, "" if it is too long or not ASCII.
func header(res *http.Response, name string) string {
	v := res.Header.Get(name)
	if len(v) > maxHeader || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r > '~' }) {
		return ""
	}
	return v
}

func notAFeed(err error) error {
	return &decisionfeed.Failure{Code: decisionfeed.FailureNotAFeed, Err: err}
}

// failure tells what an error of the connection means.
func failure(err error) error {
	code := decisionfeed.FailureUnreachable
	var timeout net.Error
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrProhibitedNetwork):
		code = decisionfeed.FailureAddress
	case errors.Is(err, errRedirects), errors.Is(err, errInsecure):
		code = decisionfeed.FailureRedirect
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		code = decisionfeed.FailureTimeout
	}
	return &decisionfeed.Failure{Code: code, Err: err}
}

// isXML reports whether a content type is one of feeds. A service that states
// none is believed.
func isXML(contentType string) bool {
	if contentType == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == "application/xml" || media == "text/xml" || media == "application/rss+xml" || media == "application/atom+xml" || media == "application/rdf+xml")
}

var errTooLarge = errors.New("the feed is too large")

// limited reads at most so many bytes, and remembers that there were more.
type limited struct {
	r        io.Reader
	left     int64
	exceeded bool
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		l.exceeded = true
		return 0, errTooLarge
	}
	p = p[:min(int64(len(p)), l.left+1)]
	n, err := l.r.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		l.exceeded = true
		return 0, errTooLarge
	}
	return n, err
}

const (
	maxDepth  = 50     // of elements in each other
	maxTokens = 50_000 // elements' beginnings and ends, attributes and texts
)

var (
	errTooDeep = errors.New("elements stand too deep in each other")
	errTooMany = errors.New("there are too many elements")
	errNotXML  = errors.New("neither RSS nor Atom")
)

// parse reads RSS or Atom, nothing else that the parser knows.
func parse(text []byte) (*gofeed.Feed, error) {
	if err := bearable(text); err != nil {
		return nil, err
	}
	if t := gofeed.DetectFeedType(bytes.NewReader(text)); t != gofeed.FeedTypeRSS && t != gofeed.FeedTypeAtom {
		return nil, errNotXML
	}
	return gofeed.NewParser().Parse(bytes.NewReader(text))
}

// bearable looks over XML before it is parsed, as the parser keeps all that it
// does not know, however deep: a small feed could take much memory. Whether it is
// XML at all is for the parser to say, which stops where this does.
func bearable(text []byte) error {
	d := xml.NewDecoder(bytes.NewReader(text)) // as lenient as the parser
	d.Strict, d.CharsetReader = false, charset.NewReaderLabel
	depth, tokens := 0, 0
	for token, err := d.Token(); err == nil; token, err = d.Token() {
		tokens++
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			tokens += len(t.Attr)
		case xml.EndElement:
			depth--
		}
		switch {
		case depth > maxDepth:
			return errTooDeep
		case tokens > maxTokens:
			return errTooMany
		}
	}
	return nil
}

// item is what a feed tells of one thing, as plain text, with an absolute link.
func item(i *gofeed.Item, base *url.URL) decisionfeed.Item {
	out := decisionfeed.Item{GUID: i.GUID, Title: plain(i.Title), Text: plain(i.Description), Link: strings.TrimSpace(i.Link)}
	if out.Text == "" {
		out.Text = plain(i.Content)
	}
	if u, err := base.Parse(out.Link); err == nil && out.Link != "" {
		out.Link = u.String()
	}
	switch {
	case i.PublishedParsed != nil:
		out.PublishedAt = i.PublishedParsed.UTC()
	case i.UpdatedParsed != nil:
		out.PublishedAt = i.UpdatedParsed.UTC()
	}
	return out
}

// plain is the text of what may be HTML, composed as people type it (NFC).
func plain(s string) string {
	var b strings.Builder
	hidden := 0
	for z := html.NewTokenizer(strings.NewReader(s)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return norm.NFC.String(b.String())
		case html.TextToken:
			if hidden == 0 {
				b.Write(z.Text()) // with its entities read
			}
		case html.StartTagToken:
			b.WriteByte(' ')
			if name, _ := z.TagName(); string(name) == "script" || string(name) == "style" {
				hidden++
			}
		case html.EndTagToken:
			b.WriteByte(' ')
			if name, _ := z.TagName(); hidden > 0 && (string(name) == "script" || string(name) == "style") {
				hidden--
			}
		case html.SelfClosingTagToken:
			b.WriteByte(' ')
		}
	}
}
