package api

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

const apiDescription = `The joint tracker of the City of Espoo and the Western Uusimaa Wellbeing Services County.

Public data need no account. Lists answer in pages with a cursor; a repeated filter parameter means OR, different
parameters mean AND, and ` + "`none`" + ` matches the empty field. Changes need ` + "`If-Match`" + ` with the ETag that was read;
reads take ` + "`If-None-Match`" + `. Programs sign in with an API token as ` + "`Authorization: Bearer`" + ` and send an
` + "`Idempotency-Key`" + ` with what creates something. ` + "`RateLimit`" + ` tells what a caller has left, 429 with ` + "`Retry-After`" + ` when to go on.
While the database is away or has no room, every operation answers 503 with ` + "`Retry-After`" + `, and has done nothing or all of it.
Errors are problem documents (RFC 9457) with a stable ` + "`code`" + ` and a pointer per field. With ` + "`asOf`" + ` every list
and item is read as of a past day.`

//go:embed reference/page.html
var referencePage string

//go:embed reference/style.css
var referenceStyle []byte

var referenceTemplate = template.Must(template.New("reference").Parse(referencePage))

// mountReference serves the contract, and the same as a page for people: plain
// HTML without a script, so that it works with every browser and reader.
func (s *Server) mountReference() {
	s.echo.GET("/api/v1/openapi.json", func(c echo.Context) error {
		b, err := s.api.OpenAPI().MarshalJSON()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/vnd.oai.openapi+json", b)
	})
	s.echo.GET("/api/v1/openapi.yaml", func(c echo.Context) error {
		b, err := s.OpenAPI()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/yaml", b)
	})
	s.echo.GET("/api/docs/style.css", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "text/css; charset=utf-8", referenceStyle)
	})
	s.echo.GET("/api/docs", func(c echo.Context) error {
		var page bytes.Buffer
		if err := referenceTemplate.Execute(&page, reference(s.api.OpenAPI())); err != nil {
			return fmt.Errorf("write the reference page: %w", err)
		}
		c.Response().Header().Set("Content-Security-Policy",
			"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		return c.HTMLBlob(http.StatusOK, page.Bytes())
	})
}

type (
	referenceDoc struct {
		Description []string
		Base        string
		Tags        []referenceTag
		Schemas     []referenceSchema
	}
	referenceTag struct {
		ID, Name   string
		Operations []referenceOperation
	}
	referenceOperation struct {
		ID, Method, Path, Summary, Description, Permission string
		Parameters                                         []referenceField
		Body                                               *referenceType
		Responses                                          []referenceResponse
	}
	referenceResponse struct {
		Status, Description string
		Schema              *referenceType
	}
	referenceSchema struct {
		Name   string
		Fields []referenceField
	}
	referenceField struct {
		Name, In, Description string
		Required              bool
		Schema                *referenceType
	}
	// referenceType is a type in words, or the name of a schema; Items is the
	// type of a list's elements.
	referenceType struct {
		Ref, Words string
		Items      *referenceType
	}
)

// reference turns the contract into what the page shows: operations by tag and
// path, schemas by name.
func reference(doc *huma.OpenAPI) referenceDoc {
	out := referenceDoc{Base: doc.Servers[0].URL, Description: strings.Split(strings.ReplaceAll(doc.Info.Description, "`", ""), "\n\n")}
	byTag := map[string][]referenceOperation{}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		for _, op := range operationsOf(doc.Paths[path]) {
			byTag[op.Tags[0]] = append(byTag[op.Tags[0]], referenceOf(op))
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(byTag)) {
		out.Tags = append(out.Tags, referenceTag{"tag-" + strings.ToLower(strings.ReplaceAll(tag, " ", "-")), tag, byTag[tag]})
	}
	schemas := doc.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		schema := referenceSchema{Name: name}
		for _, field := range slices.Sorted(maps.Keys(schemas[name].Properties)) {
			p := schemas[name].Properties[field]
			schema.Fields = append(schema.Fields, referenceField{Name: field, Description: p.Description,
				Required: slices.Contains(schemas[name].Required, field), Schema: typeOf(p)})
		}
		out.Schemas = append(out.Schemas, schema)
	}
	return out
}

func referenceOf(op *huma.Operation) referenceOperation {
	r := referenceOperation{ID: op.OperationID, Method: op.Method, Path: op.Path, Summary: op.Summary, Description: op.Description}
	if p, _ := op.Extensions["x-permission"].(string); p != string(readScope) {
		r.Permission = p
	}
	for _, p := range op.Parameters {
		r.Parameters = append(r.Parameters, referenceField{p.Name, p.In, cmp.Or(p.Description, p.Schema.Description), p.Required, typeOf(p.Schema)})
	}
	if op.RequestBody != nil {
		r.Body = typeOfContent(op.RequestBody.Content)
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		answer := op.Responses[status]
		r.Responses = append(r.Responses, referenceResponse{status, answer.Description, typeOfContent(answer.Content)})
	}
	return r
}

func typeOfContent(content map[string]*huma.MediaType) *referenceType {
	for _, kind := range slices.Sorted(maps.Keys(content)) {
		if content[kind].Schema != nil {
			return typeOf(content[kind].Schema)
		}
	}
	return nil
}

func typeOf(s *huma.Schema) *referenceType {
	if s == nil {
		return nil
	}
	if s.Ref != "" {
		return &referenceType{Ref: s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]}
	}
	words := cmp.Or(s.Type, "any")
	if s.Type == huma.TypeArray {
		return &referenceType{Words: "list", Items: typeOf(s.Items)}
	}
	if s.Format != "" {
		words += " (" + s.Format + ")"
	}
	if len(s.Enum) > 0 {
		values := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			values[i] = fmt.Sprint(v)
		}
		words += ": " + strings.Join(values, ", ")
	}
	return &referenceType{Words: words}
}
