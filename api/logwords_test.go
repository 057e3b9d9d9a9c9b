package api_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The site puts what the log says into words; a field without one would show as
// its code. The fields are those that the rules track, and those that they name
// in a change of their own.
func TestTheSiteHasAWordForEachFieldOfTheLog(t *testing.T) {
	t.Parallel()
	fields := map[string]string{} // where each was found
	err := filepath.WalkDir("../domain", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, name := range loggedFields(n) {
				fields[name] = path
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(fields) < 100 {
		t.Fatalf("only %d fields found: the search is broken", len(fields))
	}
	site, err := os.ReadFile("../frontend/src/i18n/fi/content.ts")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(site), "\n  fields: {\n")
	block, _, _ = strings.Cut(block, "\n  }")
	var words []string
	for _, m := range regexp.MustCompile(`(?m)^    (\w+):`).FindAllStringSubmatch(block, -1) {
		words = append(words, m[1])
	}
	for name, path := range fields {
		if !slices.Contains(words, name) {
			t.Errorf("%s logs %q, for which frontend/src/i18n/fi/content.ts has no word under fields", path, name)
		}
	}
}

var initialisms = strings.NewReplacer("ID", "Id", "URL", "Url", "SHA", "Sha", "FI", "Fi", "SV", "Sv")

// loggedFields names what a struct's field with an audit class, or a change in
// the rules, brings into the log.
func loggedFields(n ast.Node) []string {
	var out []string
	switch n := n.(type) {
	case *ast.Field:
		if n.Tag == nil {
			return nil
		}
		tag, err := strconv.Unquote(n.Tag.Value)
		if err != nil {
			return nil
		}
		if class := reflect.StructTag(tag).Get("audit"); class == "track" || class == "secret" {
			for _, name := range n.Names {
				s := initialisms.Replace(name.Name)
				out = append(out, strings.ToLower(s[:1])+s[1:])
			}
		}
	case *ast.KeyValueExpr:
		key, ok := n.Key.(*ast.Ident)
		value, lit := n.Value.(*ast.BasicLit)
		if ok && lit && key.Name == "Field" && value.Kind == token.STRING {
			if s, err := strconv.Unquote(value.Value); err == nil {
				out = append(out, s)
			}
		}
	}
	return out
}
