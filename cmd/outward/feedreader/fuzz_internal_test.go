package feedreader

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever a feed is, it is read or refused, and what is kept of it is plain text.
func FuzzFeed(f *testing.F) {
	for _, text := range []string{
		`<rss version="2.0"><channel><title>x</title><item><title>A &amp; B</title><link>?id=1</link><description><![CDATA[<p>x</p><script>y</script>]]></description><pubDate>Mon, 23 Nov 2026 09:00:00 +0200</pubDate></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;b&gt;</title><link href="javascript:x"/><updated>2026-11-23T00:00:00Z</updated></entry></feed>`,
		`<!DOCTYPE x [<!ENTITY a "&a;&a;">]><rss>&a;</rss>`, `{"version":"https://jsonfeed.org/version/1"}`, strings.Repeat("<a>", 60), `<rss><channel><item>`, "\xff\xfe<\x00r\x00", `<?xml version="1.0" encoding="utf-7"?><rss/>`,
	} {
		f.Add([]byte(text))
	}
	base := &url.URL{Scheme: "https", Host: "dynasty.example"}
	f.Fuzz(func(t *testing.T, text []byte) {
		feed, err := parse(text)
		if err != nil {
			return
		}
		for _, i := range feed.Items {
			it := item(i, base)
			if strings.Contains(it.Text, "<script") && !strings.Contains(string(text), "&") {
				t.Errorf("kept %q", it.Text)
			}
			if utf8.Valid(text) && !utf8.ValidString(it.Title) {
				t.Errorf("title %q", it.Title)
			}
		}
	})
}
