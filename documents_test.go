package conventions

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// documents are all pages that people read, by their paths.
func documents(t *testing.T) (out []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return filepath.SkipDir
		case filepath.Ext(name) == ".md":
			out = append(out, name)
		}
		return nil
	})
	if err != nil || len(out) < 80 {
		t.Fatalf("%d documents: %v", len(out), err)
	}
	return out
}

var (
	fenced    = regexp.MustCompile("(?s)```.*?```")
	link      = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading   = regexp.MustCompile(`(?m)^#+ (.+)$`)
	linkText  = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	noAnchor  = regexp.MustCompile(`[^\p{L}\p{N}_\- ]`)
	makeRow   = regexp.MustCompile("`make ([a-z-]+)[^`]*`")
	testOfTS  = regexp.MustCompile("`(frontend/[\\w./-]+\\.(?:test|spec)\\.tsx?)`")
	goTest    = regexp.MustCompile("`((?:Test|Fuzz)[A-Z]\\w*)`")
	tableLine = regexp.MustCompile(`(?m)^\| (.+) \|$`)
)

// anchors are the headings of a page as links name them.
func anchors(page string) map[string]bool {
	out := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(page, ""), -1) {
		text := noAnchor.ReplaceAllString(strings.ToLower(linkText.ReplaceAllString(m[1], "$1")), "")
		out[strings.ReplaceAll(text, " ", "-")] = true
	}
	return out
}

// Links between documents lead to a page, file or picture that is there, and to a heading
// that it has.
func TestLinksOfDocumentsLeadSomewhere(t *testing.T) {
	t.Parallel()
	found := 0
	for _, name := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(fenced.ReplaceAllString(readFile(t, name), ""), -1) {
			if strings.Contains(m[1], ":") { // of another site, or a mail
				continue
			}
			found++
			path, anchor, _ := strings.Cut(m[1], "#")
			target := name
			if path != "" {
				target = filepath.Join(filepath.Dir(name), path)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s leads to %s: %v", name, m[1], err)
			} else if anchor != "" && filepath.Ext(target) == ".md" && !anchors(readFile(t, target))[anchor] {
				t.Errorf("%s leads to %s, and there is no such heading", name, m[1])
			}
		}
	}
	if found < 200 {
		t.Errorf("only %d links were found", found)
	}
}

// The guide's first page leads to each of the others.
func TestTheGuideNamesItsPages(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("docs/guide/*.md")
	if err != nil || len(pages) < 30 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	index := readFile(t, "docs/guide/README.md")
	for _, page := range pages {
		if name := filepath.Base(page); name != "README.md" && !strings.Contains(index, "]("+name+")") {
			t.Errorf("docs/guide/README.md does not lead to %s", name)
		}
	}
}

// Each line of what is promised names a test that exists, or a target of make that does.
func TestEachPromiseNamesWhatShowsIt(t *testing.T) {
	t.Parallel()
	names, targets := testNames(t), readFile(t, "Makefile")
	lines := 0
	for _, m := range tableLine.FindAllStringSubmatch(readFile(t, "docs/guide/promises.md"), -1) {
		cells := strings.Split(m[1], " | ")
		shown := cells[len(cells)-1]
		if slices.Contains([]string{"Shown by", "Or this fails"}, shown) {
			continue
		}
		lines++
		by := 0
		for _, test := range goTest.FindAllStringSubmatch(shown, -1) {
			by++
			if !names[test[1]] {
				t.Errorf("%s: there is no %s", cells[0], test[1])
			}
		}
		for _, file := range testOfTS.FindAllStringSubmatch(shown, -1) {
			by++
			if !isTestFile(file[1]) {
				t.Errorf("%s: there is no %s", cells[0], file[1])
			}
		}
		for _, target := range makeRow.FindAllStringSubmatch(shown, -1) {
			by++
			if !strings.Contains(targets, "\n"+target[1]+":") {
				t.Errorf("%s: make has no %s", cells[0], target[1])
			}
		}
		if by == 0 {
			t.Errorf("%s: nothing shows it", cells[0])
		}
	}
	if lines < 50 {
		t.Errorf("only %d lines were found", lines)
	}
}
