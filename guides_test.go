package conventions

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const securityGuide = "docs/guide/security.md"

var (
	codeSpan = regexp.MustCompile("`([^`\n]+)`")
	testName = regexp.MustCompile(`^(?:Test|Fuzz)[A-Z]\w*$`)
	testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(\w+ \*testing\.[TF]\)`)
	ownPath  = regexp.MustCompile(`^(?:api|cmd|deploy|docs|domain|frontend|storage|\.ci)/[\w./-]+$|^[\w.-]+\.(?:go|sum)$`)
	testFile = regexp.MustCompile(`\.(?:spec|test)\.tsx?$`)
)

// exampleTests are names that a guide gives as an example, of no test.
var exampleTests = []string{"TestSomething"}

// testNames are the names of all Go tests of the module.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, more := range goFiles(t) {
		files = append(files, more...)
	}
	names := map[string]bool{}
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range testFunc.FindAllStringSubmatch(readFile(t, file), -1) {
			names[m[1]] = true
		}
	}
	if len(names) < 100 {
		t.Fatalf("only %d tests were found", len(names))
	}
	return names
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A guide names tests that exist: what it says is shown by one is shown.
func TestGuidesNameTestsThatExist(t *testing.T) {
	t.Parallel()
	guides, err := filepath.Glob("docs/guide/*.md")
	if err != nil || len(guides) == 0 {
		t.Fatal("no guides")
	}
	names := testNames(t)
	for _, guide := range append(guides, "SECURITY.md") {
		for _, m := range codeSpan.FindAllStringSubmatch(readFile(t, guide), -1) {
			if testName.MatchString(m[1]) && !names[m[1]] && !slices.Contains(exampleTests, m[1]) {
				t.Errorf("%s names %s, which no file has", guide, m[1])
			}
		}
	}
}

// The files that the guide to security sends its reader to are there.
func TestSecurityGuideNamesFilesThatExist(t *testing.T) {
	t.Parallel()
	paths := 0
	for _, m := range codeSpan.FindAllStringSubmatch(readFile(t, securityGuide), -1) {
		if !ownPath.MatchString(m[1]) {
			continue
		}
		paths++
		if _, err := os.Stat(m[1]); err != nil {
			t.Errorf("%s sends to %s: %v", securityGuide, m[1], err)
		}
	}
	if paths < 30 {
		t.Errorf("only %d paths were found", paths)
	}
}

// asvsLevel2 are the items of levels 1 and 2 of the OWASP ASVS 4.0.3.
const asvsLevel2 = `1.1.1–7, 1.2.1–4, 1.4.1, 1.4.4–5, 1.5.1–4, 1.6.1–4, 1.7.1–2, 1.8.1–2, 1.9.1–2, 1.10.1, 1.11.1–2, 1.12.2, 1.14.1–6,
2.1.1–12, 2.2.1–3, 2.3.1–3, 2.4.1–6, 2.5.1–7, 2.6.1–3, 2.7.1–6, 2.8.1–7, 2.9.1–3, 2.10.1–4,
3.1.1, 3.2.1–4, 3.3.1–4, 3.4.1–5, 3.5.1–3, 3.7.1,
4.1.1–3, 4.1.5, 4.2.1–2, 4.3.1–3,
5.1.1–5, 5.2.1–8, 5.3.1–10, 5.4.1–3, 5.5.1–4,
6.1.1–3, 6.2.1–6, 6.3.1–2, 6.4.1–2,
7.1.1–4, 7.2.1–2, 7.3.1, 7.3.3–4, 7.4.1–3,
8.1.1–4, 8.2.1–3, 8.3.1–8,
9.1.1–3, 9.2.1–4,
10.2.1–2, 10.3.1–3,
11.1.1–8,
12.1.1–3, 12.2.1, 12.3.1–6, 12.4.1–2, 12.5.1–2, 12.6.1,
13.1.1, 13.1.3–5, 13.2.1–3, 13.2.5–6, 13.3.1–2, 13.4.1–2,
14.1.1–4, 14.2.1–6, 14.3.2–3, 14.4.1–7, 14.5.1–4`

var (
	itemRow   = regexp.MustCompile(`(?m)^\| (\d+\.\d+\.\d[^|]*) \|(.*)\|$`)
	itemRange = regexp.MustCompile(`^(\d+\.\d+\.)(\d+)(?:–(\d+))?$`)
)

// items are the single ones of a list with ranges, such as "3.4.1–4, 3.5.1".
func items(t *testing.T, list string) (out []string) {
	t.Helper()
	for one := range strings.SplitSeq(list, ",") {
		m := itemRange.FindStringSubmatch(strings.TrimSpace(one))
		if m == nil {
			t.Errorf("%q names no items", one)
			continue
		}
		first, _ := strconv.Atoi(m[2])
		last := first
		if m[3] != "" {
			last, _ = strconv.Atoi(m[3])
		}
		for n := first; n <= last; n++ {
			out = append(out, fmt.Sprint(m[1], n))
		}
	}
	return out
}

// Every item of level 2 stands in the guide once, be it shown, missing or of no
// concern, and what is said to be shown names a test.
func TestSecurityGuideTellsOfEveryItem(t *testing.T) {
	t.Parallel()
	text := readFile(t, securityGuide)
	told := map[string]int{}
	for _, m := range itemRow.FindAllStringSubmatch(text, -1) {
		for _, item := range items(t, m[1]) {
			told[item]++
		}
	}
	for _, item := range items(t, asvsLevel2) {
		if told[item] != 1 {
			t.Errorf("%s stands %d times", item, told[item])
		}
		delete(told, item)
	}
	if len(told) > 0 {
		t.Errorf("no items of level 2: %v", slices.Sorted(maps.Keys(told)))
	}
	_, shown, found := strings.Cut(text, "\n## Shown by tests\n")
	shown, _, ended := strings.Cut(shown, "\n## ")
	rows := itemRow.FindAllStringSubmatch(shown, -1)
	if !found || !ended || len(rows) < 50 {
		t.Fatalf("%d rows are shown by tests", len(rows))
	}
	for _, row := range rows {
		if !slices.ContainsFunc(codeSpan.FindAllStringSubmatch(row[2], -1), func(m []string) bool { return testName.MatchString(m[1]) || isTestFile(m[1]) }) {
			t.Errorf("%s names no test", row[1])
		}
	}
}

// isTestFile reports whether a path is that of tests of the site.
func isTestFile(name string) bool {
	info, err := os.Stat(name)
	return testFile.MatchString(name) && err == nil && info.Mode().IsRegular()
}

// The site's linter refuses what would run or show as HTML what people typed.
func TestTheLinterForbidsScriptsFromTexts(t *testing.T) {
	t.Parallel()
	rules := readFile(t, "frontend/eslint.config.js")
	for _, want := range []string{"dangerouslySetInnerHTML", "innerHTML|outerHTML|srcdoc", "insertAdjacentHTML", "'no-eval': 'error'", "'@typescript-eslint/no-implied-eval': 'error'", "'no-new-func': 'error'", "'no-script-url': 'error'"} {
		if !strings.Contains(rules, want) {
			t.Errorf("the linter does not know %s", want)
		}
	}
	found := 0
	err := filepath.WalkDir("frontend/src", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".ts") && !strings.HasSuffix(name, ".tsx") {
			return err
		}
		found++
		for line := range strings.Lines(readFile(t, name)) {
			if strings.Contains(line, "eslint-disable") && (strings.Contains(line, "no-eval") || strings.Contains(line, "no-restricted-syntax") || !strings.Contains(line, "eslint-disable-next-line ")) {
				t.Errorf("%s leaves the rules: %s", name, line)
			}
		}
		return nil
	})
	if err != nil || found < 100 {
		t.Fatalf("%d files: %v", found, err)
	}
}
