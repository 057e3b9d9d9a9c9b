package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/api"
)

// canary stands in every text that an attack sends: no problem may repeat it.
const canary = "KANARIALINTU"

// attack is one request that nobody of good will would send.
type attack struct {
	op     *huma.Operation
	what   string // in words, for a failure
	path   string // below /api/v1, as it stands on the wire
	query  string
	header http.Header
	body   []byte // nil: none
	large  bool   // more than the operation takes: the server may stop reading
}

// attacker makes attacks on the operations of a contract, the same ones of the same
// seed.
type attacker struct {
	rng    *rand.Rand
	schema huma.Registry
	ids    map[string][]string // of what there is, by table
	all    []string            // all of them
	raw    []string            // JSON of the body in hand that no value of Go writes
}

func newAttacker(seed uint64, schema huma.Registry, ids map[string][]string) *attacker {
	a := &attacker{rng: rand.New(rand.NewPCG(seed, seed)), schema: schema, ids: ids}
	for _, list := range ids {
		a.all = append(a.all, list...)
	}
	slices.Sort(a.all)
	return a
}

func pick[T any](a *attacker, list []T) T { return list[a.rng.IntN(len(list))] }

// hostileTexts are hostile as plain text: markup, SQL, formulas, paths, numbers that are none,
// dates beyond the calendar, marks that turn or stack, and what is far too long.
var hostileTexts = []string{
	"", " ", "\t\n", canary + "'; drop table goal; --", `" or 1=1 --` + canary, canary + "\\", "%s%n%x" + canary, "{{.}}${7*7}" + canary,
	"<script>alert(1)</script>" + canary, "=cmd|' /C calc'!A0" + canary, "../../../../etc/passwd", canary + "\u202e\u2066\u200f", "\ufeff" + canary, "\uffff" + canary,
	"Z" + strings.Repeat("\u0301\u0327", 500), "👩‍👩‍👧‍👦" + canary, "NaN", "-Infinity", "1e309", "0x7fffffff", "-1", "99999999999999999999", "2147483648", "-9223372036854775809", "1.5", "true", "null",
	"0000-00-00", "2026-02-30", "infinity", "-infinity", "9999-12-31", "10000-01-01", "-4713-01-01", "2026-11-23T25:61:61Z", "2026-11-23T00:00:00+99:99", "now()", "epoch",
	"none", "*", "%", "_", "&|!():*<->'" + canary, ",,,-,", "-no,-no", "javascript:alert(1)", "https://user:pw@127.0.0.1:5432/" + canary, "file:///etc/passwd", "a@b\r\nBcc: " + canary,
	"00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "{01234567-89ab-cdef-0123-456789abcdef}", "urn:uuid:01234567-89ab-cdef-0123-456789abcdef",
	strings.Repeat(canary, 600), strings.Repeat("9", 20_000), strings.Repeat("ä", 5_000), strings.Repeat("(", 5_000), strings.Repeat("a ", 4_000), strings.Repeat("-", 3_000),
}

// hostileJSON are values in the place of another: of other types, beyond the range of
// any number, too deep, too many, and what is hardly JSON.
var hostileJSON = []string{
	`null`, `true`, `[]`, `{}`, `0`, `-0`, `-1`, `1.5`, `1e400`, `-1e400`, `1e-400`, `2147483648`, `99999999999999999999`, `-9223372036854775809`, `NaN`, `Infinity`, `01`, `.5`, `'x'`, `undefined`,
	`"\ud800"`, `"\udc00\ud800"`, `"\u0000"`, `"\u202e` + canary + `"`, "\"\xff\xfe\"", "\"\x01\"", `"\x41"`, `"` + canary,
	`{"fi":null}`, `{"fi":{"fi":{"fi":""}}}`, `{"` + canary + `":1}`, `{"id":1,"id":2}`, `{"fi":"a","FI":"b"}`, `{"__proto__":{"x":1}}`, `{"":""}`, `[null]`, `[[[[[[[[]]]]]]]]`, `["",""]`, `[{}]`,
	strings.Repeat("[", 3_000) + strings.Repeat("]", 3_000), strings.Repeat(`{"a":`, 3_000) + "1" + strings.Repeat("}", 3_000), strings.Repeat("9", 100_000), "-0." + strings.Repeat("1", 100_000), "1" + strings.Repeat("0", 100_000) + "e-100000",
	`[` + strings.Repeat(`"x",`, 20_000) + `"x"]`, `[` + strings.Repeat(`{},`, 20_000) + `{}]`, `"` + strings.Repeat("a", 300_000) + `"`, `"` + strings.Repeat(`\u0301`, 50_000) + `"`,
}

// variants are n attacks on an operation.
func (a *attacker) variants(op *huma.Operation, n int) (out []attack) {
	kinds := []func(*attack){a.hostilePath, a.hostileQuery, a.hostileHeader}
	if op.RequestBody != nil {
		kinds = append(kinds, a.hostileField, a.hostileField, a.hostileField, a.hostileBody, a.hostileBody)
	}
	for _, p := range op.Parameters {
		if p.In == "query" && p.Name != "lang" {
			kinds = append(kinds, a.hostileQuery)
			break
		}
	}
	first := a.rng.IntN(len(kinds))
	for i := range n {
		k := a.wellMeant(op)
		kinds[(first+i*2+i/len(kinds))%len(kinds)](&k)
		out = append(out, k)
	}
	return out
}

// wellMeant is a request as the contract wants it, about something that there is.
func (a *attacker) wellMeant(op *huma.Operation) attack {
	k := attack{op: op, path: op.Path, header: http.Header{}}
	query := url.Values{}
	for _, p := range op.Parameters {
		switch p.In {
		case "path":
			k.path = strings.ReplaceAll(k.path, "{"+p.Name+"}", url.PathEscape(fmt.Sprint(a.parameter(op, p))))
		case "query":
			if p.Required || a.rng.IntN(5) == 0 {
				query.Set(p.Name, fmt.Sprint(a.parameter(op, p)))
			}
		case "header":
			switch p.Name {
			case "If-Match":
				k.header.Set(p.Name, `"`+strconv.Itoa(1+a.rng.IntN(3))+`"`)
			case "Idempotency-Key":
				k.header.Set(p.Name, strconv.FormatUint(a.rng.Uint64(), 16))
			}
		}
	}
	k.query = query.Encode()
	if op.RequestBody != nil {
		a.raw = nil
		for media, content := range op.RequestBody.Content {
			k.header.Set("Content-Type", media)
			if media == "application/json" {
				k.body = a.encode(a.value(content.Schema, "", 0))
			} else {
				k.body = []byte(canary)
			}
		}
	}
	return k
}

// parameter is a value of a parameter that its schema lets through, as a rule.
func (a *attacker) parameter(op *huma.Operation, p *huma.Param) any {
	if p.In != "path" {
		return a.value(p.Schema, p.Name, 0)
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(op.Path, "/"), "/")
	if list := a.ids[tableOfPath[first]]; p.Name == "id" && len(list) > 0 && a.rng.IntN(4) > 0 {
		return pick(a, list)
	}
	return a.value(p.Schema, p.Name, 0)
}

// value is a value of a schema; ids are of what there is, of the kind that the name
// tells, or of another.
func (a *attacker) value(s *huma.Schema, name string, depth int) any {
	for s != nil && s.Ref != "" {
		s = a.schema.SchemaFromRef(s.Ref)
	}
	if s == nil {
		return canary
	}
	if len(s.Enum) > 0 {
		return pick(a, s.Enum)
	}
	switch s.Type {
	case huma.TypeBoolean:
		return a.rng.IntN(2) == 0
	case huma.TypeInteger, huma.TypeNumber:
		n := a.rng.IntN(4)
		if s.Minimum != nil {
			n += int(*s.Minimum)
		}
		return n
	case huma.TypeArray:
		out := []any{}
		for range max(1, deref(s.MinItems)) {
			out = append(out, a.value(s.Items, strings.TrimSuffix(name, "s"), depth+1))
		}
		return out
	case huma.TypeObject:
		out := map[string]any{}
		names := make([]string, 0, len(s.Properties))
		for name := range s.Properties {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if slices.Contains(s.Required, name) || depth < 4 && a.rng.IntN(2) == 0 {
				out[name] = a.value(s.Properties[name], name, depth+1)
			}
		}
		return out
	}
	switch {
	case s.Format == "uuid" || strings.HasSuffix(name, "Id") || name == "id":
		if list := a.ids[tableOfID(name)]; len(list) > 0 && a.rng.IntN(5) > 0 {
			return pick(a, list)
		}
		return pick(a, a.all)
	case s.Format == "date" || strings.HasSuffix(name, "On") || slices.Contains([]string{"asOf", "since", "before", "from", "date"}, name):
		return fmt.Sprintf("2026-%02d-%02d", 1+a.rng.IntN(12), 1+a.rng.IntN(28))
	case s.Format == "date-time" || strings.HasSuffix(name, "At"):
		return fmt.Sprintf("2026-12-%02dT12:00:00Z", 1+a.rng.IntN(28))
	case name == "party":
		return pick(a, []string{"espoo", "luvn"})
	}
	return "Kokeilu " + canary
}

func deref(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// tableOfID is the table of what a field names by id.
func tableOfID(name string) string {
	if table := tableOfParameter[name]; table != "" {
		return table
	}
	return map[string]string{"postId": "post", "partyId": "party", "unitId": "unit", "actionId": "action", "themeId": "theme", "topicId": "forum_topic", "agendaItemId": "agenda_item",
		"dependsOnId": "action", "phaseId": "phase", "tagId": "tag", "subjectId": "goal", "responsibilityId": "responsibility", "parentId": "unit"}[name]
}

// encode writes a value as JSON; what a.raw holds stands in it as it is.
func (a *attacker) encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // made here of plain values
	}
	for i, raw := range a.raw {
		b = bytes.Replace(b, []byte(`"@@`+strconv.Itoa(i)+`@@"`), []byte(raw), 1)
	}
	return b
}

// hostileField puts something else in one or two places of a body that is good.
func (a *attacker) hostileField(k *attack) {
	content := k.op.RequestBody.Content["application/json"]
	if content == nil {
		a.hostileBody(k)
		return
	}
	a.raw = nil
	v := a.value(content.Schema, "", 0)
	for range 1 + a.rng.IntN(2) {
		v = a.spoilt(v, &k.what)
	}
	k.body = a.encode(v)
}

// spoilt is a value of which one part is another.
func (a *attacker) spoilt(v any, what *string) any {
	switch t := v.(type) {
	case map[string]any:
		names := make([]string, 0, len(t))
		for name := range t {
			names = append(names, name)
		}
		slices.Sort(names)
		if len(names) == 0 || a.rng.IntN(12) == 0 {
			t["x"+canary] = pick(a, a.all)
			*what += " unknown field"
			return t
		}
		name := pick(a, names)
		*what += " " + name
		t[name] = a.spoilt(t[name], what)
		return t
	case []any:
		if len(t) > 0 && a.rng.IntN(3) > 0 {
			i := a.rng.IntN(len(t))
			t[i] = a.spoilt(t[i], what)
			return t
		}
		if len(t) > 0 && a.rng.IntN(2) == 0 { // the same many times
			for range 9 {
				t = append(t, t...)
			}
			*what += " many"
			return t
		}
	case string:
		switch a.rng.IntN(4) {
		case 0:
			*what += " foreign id"
			return pick(a, a.all)
		case 1:
			text := pick(a, hostileTexts)
			*what += " text " + short(text)
			return text
		}
	}
	raw := pick(a, hostileJSON)
	*what += " " + short(raw)
	a.raw = append(a.raw, raw)
	return "@@" + strconv.Itoa(len(a.raw)-1) + "@@"
}

func short(s string) string {
	if len(s) > 40 {
		return strconv.QuoteToASCII(s[:40]) + "… of " + strconv.Itoa(len(s))
	}
	return strconv.QuoteToASCII(s)
}

// hostileBody sends something else in the place of the body, or the body as something else.
func (a *attacker) hostileBody(k *attack) {
	switch n := a.rng.IntN(14); n {
	case 0:
		k.what, k.body = "an empty body", []byte{}
	case 1:
		k.what, k.body = "bytes that are no text", []byte("\xff\xfe\x00\x80"+canary)
	case 2:
		k.what, k.body = "half a body", k.body[:len(k.body)/2]
	case 3:
		k.what, k.body = "two bodies", append(bytes.Clone(k.body), k.body...)
	case 4:
		k.what, k.body = "a gzip bomb said to be one", bombs.gzip
		k.header.Set("Content-Encoding", "gzip")
	case 5:
		k.what = "another content type"
		k.header.Set("Content-Type", pick(a, []string{"", "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "application/json; charset=utf-16", "application/cbor", "a/b;c=" + strings.Repeat("d", 2000), "/", ";;"}))
	case 6:
		depth := pick(a, []int{200, 9_999, 10_001, 300_000})
		k.what, k.body = "nested "+strconv.Itoa(depth)+" deep", []byte(strings.Repeat("[", depth))
	case 7:
		k.what, k.body = "objects in objects", []byte(strings.Repeat(`{"`+canary+`":`, 50_000))
	case 8:
		k.what, k.body = "many long keys", longKeys()
	case 9:
		k.what, k.body, k.large = "more than is taken", tooLarge, true
	case 10:
		k.what, k.body = "a file", encodedFile(pick(a, bombs.files))
	default:
		raw := pick(a, hostileJSON)
		k.what, k.body = "the body "+short(raw), []byte(raw)
	}
}

var tooLarge = bytes.Repeat([]byte(" "), api.MaxImportBody+1)

// longKeys is a body whose pointers are long and many.
func longKeys() []byte {
	return []byte(`{"` + strings.Repeat("k", 400_000) + `":[` + strings.Repeat("0,", 100_000) + `0]}`)
}

// encodedFile is a file of an import, as it is sent.
func encodedFile(data []byte) []byte {
	b, err := json.Marshal(map[string]any{"file": base64.StdEncoding.EncodeToString(data), "name": canary, "language": "fi"})
	if err != nil {
		panic(err)
	}
	return b
}

// bombs are small and unpack to much.
var bombs = func() (b struct {
	gzip  []byte
	files [][]byte
}) {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	zeros := make([]byte, 1<<20)
	for range 32 {
		if _, err := w.Write(zeros); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	b.gzip = buf.Bytes()
	b.files = [][]byte{[]byte("PK\x03\x04" + canary), []byte("a;b\n" + strings.Repeat(`"`, 10_000)), []byte("\xef\xbb\xbf\xff\xfe"), []byte(strings.Repeat(";", 200_000)), {}}
	return b
}()

// hostilePath names something else: of another kind or party, or nothing at all.
func (a *attacker) hostilePath(k *attack) {
	if !strings.Contains(k.op.Path, "{") {
		k.path += pick(a, []string{"/", "//", "/..", "/%2e%2e/", "/%00", "/%ff", ".json", ";x=1", "/" + canary, "%20", "/" + strings.Repeat("a/", 500)})
		k.what = "path"
		return
	}
	path := k.op.Path
	for _, p := range k.op.Parameters {
		if p.In != "path" {
			continue
		}
		var v string
		switch a.rng.IntN(3) {
		case 0:
			v = pick(a, a.all) // of whatever kind and party
		case 1:
			v = pick(a, []string{"%00", "%ff", "%e2%80%ae", "..%2f..%2fetc%2fpasswd", "%2e%2e", ".", "0", "-1", "00001", "1e3", "+1", "99999999999999999999", "2147483647", "2147483648", "%F0%9F%92%A9", strings.Repeat("9", 3000), strings.ToUpper(pick(a, a.all)), "%7b" + pick(a, a.all) + "%7d", "NaN", "%27%3b--"})
		default:
			v = url.PathEscape(pick(a, hostileTexts))
		}
		if len(v) > 6_000 {
			v = v[:6_000-6_000%3]
		}
		path = strings.ReplaceAll(path, "{"+p.Name+"}", v)
		k.what += " " + p.Name + " " + short(v)
	}
	k.path = path
}

// hostileQuery spoils one parameter, forges a cursor, repeats, or adds what is unknown.
func (a *attacker) hostileQuery(k *attack) {
	q, err := url.ParseQuery(k.query)
	if err != nil {
		panic(err)
	}
	var names []string
	for _, p := range k.op.Parameters {
		if p.In == "query" {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 || a.rng.IntN(15) == 0 {
		k.query = pick(a, []string{canary + "=1", "%zz", "a=%ff", "%00=1", "=&=&&", strings.Repeat("a&", 3000), "a;b=c", "asOf=&asOf=", "fields[]=x"})
		k.what = "query " + short(k.query)
		return
	}
	name := pick(a, names)
	v := pick(a, hostileTexts)
	switch {
	case name == "cursor" && a.rng.IntN(4) > 0:
		v = a.forgedCursor(q.Get("sort"))
	case a.rng.IntN(8) == 0:
		v = pick(a, a.all)
	}
	if len(v) > 9_000 {
		v = v[:9_000]
	}
	q.Set(name, v)
	k.what = "query " + name + " " + short(v)
	if a.rng.IntN(10) == 0 {
		for range 300 {
			q.Add(name, v[:min(len(v), 40)])
		}
		k.what += " many times"
	}
	k.query = q.Encode()
}

// forgedCursor is what looks like a cursor of ours.
func (a *attacker) forgedCursor(sort string) string {
	keys := []string{}
	for range a.rng.IntN(5) {
		keys = append(keys, pick(a, append([]string{pick(a, a.all), "1", "infinity", "2026-11-23", "2026-11-23 06:05:00+00", "\x00", "290000-01-01"}, hostileTexts[:40]...)))
	}
	b, err := json.Marshal(map[string]any{"s": sort, "k": keys})
	if err != nil {
		panic(err)
	}
	if a.rng.IntN(4) == 0 {
		b = []byte(pick(a, hostileJSON))
	}
	return base64.RawURLEncoding.EncodeToString(b[:min(len(b), 3_000)])
}

// hostileHeader forges what a header holds.
func (a *attacker) hostileHeader(k *attack) {
	texts := []string{"", `"`, `""`, `W/"1"`, `"-1"`, `"0"`, `"99999999999999999999"`, `"1-x"`, "*", "\xff\xfe\x80" + canary, "ä" + canary, `"` + strings.Repeat("1,", 2000), strings.Repeat("x", 255), strings.Repeat("ä", 255), strings.Repeat("x", 8000), canary + "' or 1=1"}
	name := pick(a, []string{"If-Match", "If-None-Match", "Idempotency-Key", "Idempotency-Key", "Accept", "Accept-Language", "Accept-Encoding", "Cookie", "X-Forwarded-For", "X-Request-Id", "Range", "Origin", "X-HTTP-Method-Override", "Content-Encoding"})
	v := pick(a, texts)
	switch name {
	case "Cookie":
		v = "session=" + v + "; __Host-session=" + v
	case "Accept":
		v = pick(a, []string{v, "text/html", "application/cbor", "*/*;q=nan", strings.Repeat("a/b,", 2000)})
	}
	k.header.Set(name, v)
	k.what = "header " + name + " " + short(v)
}
