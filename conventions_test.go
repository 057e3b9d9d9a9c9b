// Package conventions holds the rules of the house that a machine can check
// over the whole code (docs/guide/adding-a-feature.md tells them in words).
package conventions

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

const module = "yhdyspinta"

// rule says what the packages under a folder may import: of this module, and
// of others where only is set. never holds for tests as well.
type rule struct {
	folder string
	own    []string // packages of this module, with what is under them
	only   []string // modules of others; nil: any but never
	never  []string
}

var (
	web   = []string{"github.com/labstack/echo", "github.com/danielgtaylor/huma"}
	rules = []rule{ // the first that fits
		{folder: "domain", own: []string{"domain"}, only: []string{"github.com/google/uuid", "golang.org/x/text", "github.com/rickar/cal/v2", "github.com/teambition/rrule-go"}},
		{folder: "storage/pgtest", own: []string{"storage"}, never: web},
		{folder: "storage", own: []string{"deploy", "domain", "storage"}, never: web},
		{folder: "deploy", only: []string{}},
		{folder: "api/apitest", own: []string{"api", "domain", "cmd/wiring", "storage"}}, // a test's whole server
		{folder: "api", own: []string{"api", "domain"}, never: []string{"gorm.io", "github.com/jackc/pgx"}},
		{folder: "frontend", only: []string{}},
		{folder: "cmd", own: []string{"api", "cmd", "deploy", "domain", "frontend", "storage"}, never: []string{"gorm.io"}},
	}
)

func under(pkg string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return pkg == root || strings.HasPrefix(pkg, root+"/") })
}

// allows reports whether the rule lets a package import another.
func (r rule) allows(pkg, imported string) bool {
	own, isOwn := strings.CutPrefix(imported, module+"/")
	if isOwn {
		// A feature of the domain knows the domain and no other feature.
		if r.folder == "domain" && strings.HasPrefix(own, "domain/") && own != pkg {
			return false
		}
		return under(own, r.own)
	}
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	if r.only != nil {
		return under(imported, r.only)
	}
	return !under(imported, r.never)
}

// goFiles are the Go files of the module by the folder of their package.
func goFiles(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && name != ".") {
			return filepath.SkipDir
		}
		if path.Ext(name) == ".go" && filepath.Dir(name) != "." {
			folder := filepath.ToSlash(filepath.Dir(name))
			files[folder] = append(files[folder], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Who may import whom. Tests may use the test helpers, what these put together,
// and modules of others.
func TestImports(t *testing.T) {
	t.Parallel()
	helpers := []string{"api", "api/apitest", "cmd/outward", "cmd/wiring", "domain", "storage"}
	for folder, files := range goFiles(t) {
		i := slices.IndexFunc(rules, func(r rule) bool { return under(folder, []string{r.folder}) })
		if i < 0 {
			t.Errorf("no rule says what %s may import", folder)
			continue
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range parsed.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				own, isOwn := strings.CutPrefix(imported, module+"/")
				if strings.HasSuffix(file, "_test.go") && (!isOwn || under(own, helpers)) {
					continue
				}
				if !rules[i].allows(folder, imported) {
					t.Errorf("%s must not import %s", file, imported)
				}
			}
		}
	}
}

func TestTheImportRuleRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ from, to string }{
		{"domain/goal", module + "/domain/action"}, {"domain/goal", "gorm.io/gorm"}, {"domain", module + "/storage"},
		{"api", module + "/storage"}, {"api", "gorm.io/gorm"}, {"storage", module + "/api"}, {"storage", "github.com/labstack/echo/v4"},
	} {
		i := slices.IndexFunc(rules, func(r rule) bool { return under(tt.from, []string{r.folder}) })
		if rules[i].allows(tt.from, tt.to) {
			t.Errorf("%s may import %s", tt.from, tt.to)
		}
	}
}

// assignsFreely are packages beside the stores that may assign the fields of
// entities, with the reason.
var assignsFreely = map[string]string{
	module + "/cmd/bench": "the floor of the benchmark reads rows without the store",
}

// Fields of an entity change only by its methods and, from a row, in its store:
// an assignment anywhere else goes past the rules.
func TestEntityFieldsAreAssignedAtHomeOnly(t *testing.T) {
	t.Parallel()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedSyntax | packages.NeedImports | packages.NeedExportFile},
		module+"/api", module+"/domain/...", module+"/cmd/...")
	if err != nil {
		t.Fatal(err)
	}
	entities := map[string]bool{}
	for _, pkg := range pkgs {
		for _, e := range pkg.Errors {
			t.Fatal(e)
		}
		for _, assigned := range assignedFields(pkg) {
			entities[assigned.entity] = true
			if assigned.in != assigned.entity[:strings.LastIndexByte(assigned.entity, '.')] && assignsFreely[assigned.in] == "" {
				t.Errorf("%s assigns %s of %s", assigned.at, assigned.field, assigned.entity)
			}
		}
	}
	if len(entities) < 5 {
		t.Errorf("looked at assignments to %v only", slices.Sorted(maps.Keys(entities)))
	}
}

type assignment struct{ at, in, entity, field string }

// assignedFields lists the assignments to fields of entities in a package. A
// struct with audit classes is an entity.
func assignedFields(pkg *packages.Package) (out []assignment) {
	for _, file := range pkg.Syntax {
		ast.Inspect(file, func(n ast.Node) bool {
			var targets []ast.Expr
			switch n := n.(type) {
			case *ast.AssignStmt:
				targets = n.Lhs
			case *ast.IncDecStmt:
				targets = []ast.Expr{n.X}
			}
			for _, target := range targets {
				sel, ok := target.(*ast.SelectorExpr)
				if !ok {
					continue
				}
				field, ok := pkg.TypesInfo.Selections[sel]
				if !ok || field.Kind() != types.FieldVal {
					continue
				}
				if entity := entityOf(field); entity != "" {
					out = append(out, assignment{pkg.Fset.Position(sel.Pos()).String(), pkg.PkgPath, entity, sel.Sel.Name})
				}
			}
			return true
		})
	}
	return out
}

// entityOf names the entity, with its package, whose own field is selected; ""
// if it is none.
func entityOf(field *types.Selection) string {
	t := field.Recv()
	for i, step := range field.Index() {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		s, ok := t.Underlying().(*types.Struct)
		if !ok {
			return ""
		}
		if i < len(field.Index())-1 {
			t = s.Field(step).Type()
			continue
		}
		named, ok := t.(*types.Named)
		if !ok || reflect.StructTag(s.Tag(step)).Get("audit") == "" || !strings.HasPrefix(named.Obj().Pkg().Path(), module+"/domain/") {
			return ""
		}
		return named.Obj().Pkg().Path() + "." + named.Obj().Name()
	}
	return ""
}
