package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every code that the product answers with has words in the front end: Swedish
// and English have the type of Finnish, so Finnish is enough to look at.
func TestEveryProblemCodeHasWords(t *testing.T) {
	t.Parallel()
	texts, err := os.ReadFile("../../frontend/src/i18n/fi/problems.ts")
	if err != nil {
		t.Fatal(err)
	}
	words := string(texts)
	has := func(code string) bool {
		return regexp.MustCompile(`\b` + regexp.QuoteMeta(code) + `:`).MatchString(words)
	}
	patterns := []*regexp.Regexp{
		regexp.MustCompile(`domain\.Conflict\("([a-z_]+)"`),
		regexp.MustCompile(`domain\.Invalid\("([a-z_]+)"`),
		regexp.MustCompile(`InvalidField\([^,]+, "([a-z_]+)"\)`),
		regexp.MustCompile(`\bv\.Add\([^,]+, "([a-z_]+)"\)`),
		regexp.MustCompile(`Error{[^}]*Code: "([a-z_]+)"`),
	}
	found := 0
	for _, root := range []string{"../../domain", "../../storage", "../../api"} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				strings.Contains(path, "/apitest/") || strings.Contains(path, "/demoidp/") || strings.Contains(path, "/pg") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, p := range patterns {
				for _, m := range p.FindAllStringSubmatch(string(source), -1) {
					found++
					if !has(m[1]) {
						t.Errorf("%s answers with %q, which has no words in problems.ts", path, m[1])
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 50 {
		t.Errorf("only %d codes found: the patterns no longer fit the code", found)
	}
}
