package mail

import (
	"html"
	"regexp"
	"strings"

	"yhdyspinta/domain"
)

var address = regexp.MustCompile(`https?://[^\s<>"']+`)

// htmlOf is a mail as HTML: what its plain text says, with the service's own addresses
// as links. All of it is escaped; it has no style, picture or script, and follows the
// settings of whoever reads it. An address that leads elsewhere is text: nobody makes a
// link of another site by the name of this service.
func htmlOf(subject, body string, lang domain.Lang, site string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"" + html.EscapeString(string(lang)) + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
		html.EscapeString(subject) + "</title>\n</head>\n<body>\n")
	for part := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		lines := strings.Split(strings.Trim(part, "\n"), "\n")
		if strings.Trim(lines[0], "-") == "" { // a line across
			b.WriteString("<hr>\n")
			if lines = lines[1:]; len(lines) == 0 {
				continue
			}
		}
		if heading(lines) {
			b.WriteString("<h2>" + html.EscapeString(lines[0]) + "</h2>\n")
			continue
		}
		for i, l := range lines {
			lines[i] = linked(l, site)
		}
		b.WriteString("<p>" + strings.Join(lines, "<br>\n") + "</p>\n")
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

// heading reports whether lines are a heading of the digest: one, in capitals.
func heading(lines []string) bool {
	return len(lines) == 1 && strings.ToUpper(lines[0]) == lines[0] && strings.ToLower(lines[0]) != lines[0] && !strings.ContainsAny(lines[0], ".:/")
}

// linked escapes a line and makes links of the service's own addresses.
func linked(line, site string) string {
	var b strings.Builder
	end := 0
	for _, at := range address.FindAllStringIndex(line, -1) {
		url := strings.TrimRight(line[at[0]:at[1]], ".,;:!?)")
		if site == "" || url != site && !strings.HasPrefix(url, site+"/") {
			continue
		}
		b.WriteString(html.EscapeString(line[end:at[0]]))
		b.WriteString(`<a href="` + html.EscapeString(url) + `">` + html.EscapeString(url) + "</a>")
		end = at[0] + len(url)
	}
	b.WriteString(html.EscapeString(line[end:]))
	return b.String()
}
