package mail

import (
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

// What the product comes with is without flaws for every kind of mail, and an example of
// it has nothing left in braces.
func TestOriginalsAreWithoutFlaws(t *testing.T) {
	t.Parallel()
	for _, k := range Kinds {
		if flaws := Flaws(k, Original(k)); len(flaws) > 0 {
			t.Errorf("%s: %+v", k, flaws)
		}
		for _, l := range domain.Langs {
			m := example(k, l, Original(k), "https://site.example", time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC))
			if m.Subject == "" || strings.ContainsAny(m.Subject+m.Body, "{}") || strings.Contains(m.Body, "%!") {
				t.Errorf("%s in %s: %q\n%s", k, l, m.Subject, m.Body)
			}
		}
	}
}

// What stands for a placeholder is text, whatever it looks like.
func TestWhatIsPutInIsNotLookedAtAgain(t *testing.T) {
	t.Parallel()
	got := fill("{forum}: {link} {other} {", map[Placeholder]string{AForum: "{link} {forum}", ALink: "https://x"})
	if got != "{link} {forum}: https://x {other} {" {
		t.Error(got)
	}
}

// What is as the product came is not kept, so that a later original reaches it; the
// rest is, and to restore is to keep nothing.
func TestOnlyWhatIsChangedIsKept(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	tpl := NewTemplate(domain.MailTemplateID{}, domain.PartyID{}, MeetingCalled)
	texts := tpl.Texts()
	texts.Intro.SV = "Välkommen till {forum}.\r\n\r\n  Hälsningar  \r\n"
	if err := tpl.Edit(texts, now); err != nil {
		t.Fatal(err)
	}
	if want := (domain.Text{SV: "Välkommen till {forum}.\n\n  Hälsningar"}); tpl.Intro != want || !tpl.Subject.IsZero() || !tpl.Closing.IsZero() || !tpl.Changed() {
		t.Errorf("%+v", tpl)
	}
	if got := tpl.Texts(); got.Intro.FI != Original(MeetingCalled).Intro.FI || got.Intro.SV != tpl.Intro.SV {
		t.Errorf("%+v", got)
	}
	if err := tpl.Restore(now); err != nil || tpl.Changed() || tpl.Texts() != Original(MeetingCalled) {
		t.Errorf("%v %+v", err, tpl)
	}
	if err := tpl.Restore(now); err == nil {
		t.Error("restored twice")
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	got := htmlOf(`A & "B"`, "Hei <b>\nrivi\n\nMYÖHÄSSÄ\n\nhttps://site.example/fi/a?x=1&y=2. https://site.example.evil/ https://evil/\n\n--------------------\nLoppu: https://site.example\n", domain.Finnish, "https://site.example")
	want := `<!DOCTYPE html>
<html lang="fi">
<head>
<meta charset="utf-8">
<title>A &amp; &#34;B&#34;</title>
</head>
<body>
<p>Hei &lt;b&gt;<br>
rivi</p>
<h2>MYÖHÄSSÄ</h2>
<p><a href="https://site.example/fi/a?x=1&amp;y=2">https://site.example/fi/a?x=1&amp;y=2</a>. https://site.example.evil/ https://evil/</p>
<hr>
<p>Loppu: <a href="https://site.example">https://site.example</a></p>
</body>
</html>
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}
