package storage

import (
	"database/sql"
	"database/sql/driver"
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"yhdyspinta/domain"
)

// query runs SQL text in the transaction and returns its rows as structs, by
// column name: what tx.Raw(...).Scan(&rows) does, at half the cost, since pgx
// decodes into the fields without database/sql and GORM between. NULL leaves a
// field as it is, zero; columns without a field are not read.
func query[R any](tx Tx, sql string, args ...any) (rows []R, err error) {
	err = each(tx, sql, func(row R) error {
		rows = append(rows, row)
		return nil
	}, args...)
	return rows, err
}

// each is query that hands over row by row, as they arrive, without keeping
// them. It stops at use's first error and returns it. Nothing else can be asked
// in the transaction before it returns.
func each[R any](tx Tx, sql string, use func(R) error, args ...any) error {
	text, args := numbered(tx, sql, args)
	if tx.asOf {
		// A statement of its own: PostgreSQL plans one anew whenever the schemas that its
		// names are looked up in have changed since.
		text += "\n-- as of a day"
	}
	fields, err := fieldsOf[R]()
	if err != nil {
		return err
	}
	read := func(result pgx.Rows, types *pgtype.Map) error {
		var columns []scanned
		var one R
		row := reflect.ValueOf(&one).Elem()
		for result.Next() {
			if columns == nil {
				columns = scannedColumns(fields, result, types)
			}
			one = *new(R)
			values := result.RawValues()
			for _, c := range columns {
				if values[c.at] == nil {
					continue
				}
				if err := c.plan.Scan(values[c.at], row.FieldByIndex(c.index).Addr().Interface()); err != nil {
					return fmt.Errorf("read column %s: %w", c.name, err)
				}
			}
			if err := use(one); err != nil {
				return err
			}
		}
		return result.Err()
	}
	if tx.flow != nil && tx.flow.gathering != nil {
		return tx.flow.gathering.ask(text, args, read)
	}
	if tx.flow != nil && tx.flow.opening.takeOver() {
		q := &question{sql: text, args: args, read: read}
		tx.sendWith([]string{beginReading}, []*question{q}, nil)
		return q.err
	}
	if tx.flow != nil {
		if err := tx.flow.opening.planAsEver(); err != nil {
			return err
		}
	}
	return tx.conn.Raw(func(driverConn any) error {
		conn := driverConn.(*stdlib.Conn).Conn()
		result, err := conn.Query(tx.Statement.Context, text, args...)
		if err != nil {
			return err
		}
		defer result.Close()
		return read(result, conn.TypeMap())
	})
}

// numbered writes ? as $1, $2, and lists out as many of them. GORM does that byte by byte
// for all that it knows; where there is nothing but values, which is nearly always, it is
// done here at a tenth of the cost.
func numbered(tx Tx, text string, args []any) (string, []any) {
	values := make([]any, len(args))
	plain := true
	for i, arg := range args {
		var ok bool
		values[i], ok = plainValue(arg)
		plain = plain && ok
	}
	known, ok := knownTexts.Get(text)
	if !ok {
		if known = numberedText(text); known.values >= 0 {
			knownTexts.Add(text, known)
		}
	}
	if !plain || known.values != len(args) {
		statement := tx.Raw(text, args...).Statement
		return statement.SQL.String(), statement.Vars
	}
	return known.text, values
}

// statementText is SQL text with its values numbered.
type statementText struct {
	text   string
	values int // how many; -1: they have names
}

// knownTexts are those of late, by how they were asked.
var knownTexts, _ = lru.New[string, statementText](400)

func numberedText(text string) statementText {
	if strings.Contains(text, "@") {
		return statementText{values: -1}
	}
	known := statementText{values: strings.Count(text, "?")}
	var out strings.Builder
	out.Grow(len(text) + 2*known.values)
	for i := range known.values {
		before, after, _ := strings.Cut(text, "?")
		out.WriteString(before)
		out.WriteByte('$')
		out.WriteString(strconv.Itoa(i + 1))
		text = after
	}
	out.WriteString(text)
	known.text = out.String()
	return known
}

// plainValue is an argument that GORM passes on as it is, as a type that pgx knows
// without trying. ok is false where GORM would make more of it.
func plainValue(arg any) (value any, ok bool) {
	switch arg := arg.(type) {
	case gorm.Valuer, clause.Interface, clause.Expression, clause.Column, clause.Table, sql.NamedArg, map[string]any, *gorm.DB, []any:
		return nil, false
	case nil, string, time.Time, pgtype.ArrayGetter, encoding.BinaryMarshaler: // the last: ids (see idCodec)
		return arg, true
	case driver.Valuer:
		if reflect.TypeOf(arg).Kind() == reflect.Pointer { // to nothing, perhaps
			return arg, true
		}
		value, err := arg.Value()
		if err != nil {
			return arg, true // pgx will say so
		}
		return value, true
	}
	switch v := reflect.ValueOf(arg); v.Kind() {
	case reflect.String:
		return v.String(), true
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return arg, true
	}
	return nil, false
}

// naming is how fields are called in SQL.
var naming = schema.NamingStrategy{SingularTable: true}

// scanned is a column of a result and the field that it goes to.
type scanned struct {
	*rowField
	at   int // of the column
	plan pgtype.ScanPlan
}

// rowField is a field of a row.
type rowField struct {
	name   string // of its column
	index  []int
	target any // a pointer to something of its type
}

// rowFields are the fields of a row.
type rowFields struct{ byColumn map[string]*rowField }

var knownRowFields sync.Map // *rowFields by the reflect.Type of their row

func fieldsOf[R any]() (*rowFields, error) {
	row := reflect.TypeFor[R]()
	if known, ok := knownRowFields.Load(row); ok {
		return known.(*rowFields), nil
	}
	table, err := schema.Parse(new(R), &sync.Map{}, naming)
	if err != nil {
		return nil, fmt.Errorf("read the fields of %s: %w", row, err)
	}
	fields := &rowFields{map[string]*rowField{}}
	for name, f := range table.FieldsByDBName {
		fields.byColumn[name] = &rowField{name, f.StructField.Index, reflect.New(row.FieldByIndex(f.StructField.Index).Type).Interface()}
	}
	known, _ := knownRowFields.LoadOrStore(row, fields)
	return known.(*rowFields), nil
}

// scannedColumns are the columns of a result that have a field. How a connection reads
// them is found out once for results that look the same.
func scannedColumns(fields *rowFields, result pgx.Rows, types *pgtype.Map) []scanned {
	described := result.FieldDescriptions()
	var known map[*rowFields]scannedResult
	if conn := result.Conn(); conn != nil {
		data := conn.PgConn().CustomData()
		if known, _ = data[scannedResults].(map[*rowFields]scannedResult); known == nil {
			known = map[*rowFields]scannedResult{}
			data[scannedResults] = known
		}
		if r := known[fields]; slices.EqualFunc(r.described, described, sameColumn) {
			return r.columns
		}
	}
	columns := make([]scanned, 0, len(described))
	for i, c := range described {
		if field := fields.byColumn[c.Name]; field != nil {
			columns = append(columns, scanned{field, i, types.PlanScan(c.DataTypeOID, c.Format, field.target)})
		}
	}
	if known != nil {
		known[fields] = scannedResult{slices.Clone(described), columns}
	}
	return columns
}

// scannedResults is where a connection keeps how it reads results into rows.
const scannedResults = "yhdyspinta: scanned results"

// scannedResult is the last result that was read into rows of a type.
type scannedResult struct {
	described []pgconn.FieldDescription
	columns   []scanned
}

func sameColumn(a, b pgconn.FieldDescription) bool {
	return a.DataTypeOID == b.DataTypeOID && a.Format == b.Format && a.Name == b.Name
}

// registerIDs makes pgx read and write ids by their bytes instead of by their
// text.
func registerIDs(types *pgtype.Map) {
	id := &pgtype.Type{Name: "uuid", OID: pgtype.UUIDOID, Codec: idCodec{}}
	types.RegisterType(id)
	types.RegisterType(&pgtype.Type{Name: "_uuid", OID: pgtype.UUIDArrayOID, Codec: &pgtype.ArrayCodec{ElementType: id}})
}

// idCodec is pgx's codec of uuid for types that have a binary form, as the ids of
// the domain do.
type idCodec struct{ pgtype.UUIDCodec }

// PlanScan implements pgtype.Codec.
func (c idCodec) PlanScan(types *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	if _, ok := target.(encoding.BinaryUnmarshaler); ok && format == pgtype.BinaryFormatCode {
		return idPlan{}
	}
	return c.UUIDCodec.PlanScan(types, oid, format, target)
}

// PlanEncode implements pgtype.Codec.
func (c idCodec) PlanEncode(types *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	if _, ok := value.(encoding.BinaryMarshaler); ok && format == pgtype.BinaryFormatCode {
		return idPlan{}
	}
	return c.UUIDCodec.PlanEncode(types, oid, format, value)
}

type idPlan struct{}

// Scan implements pgtype.ScanPlan.
func (idPlan) Scan(src []byte, target any) error {
	if src == nil {
		return fmt.Errorf("cannot read NULL as %T", target)
	}
	return target.(encoding.BinaryUnmarshaler).UnmarshalBinary(src)
}

// Encode implements pgtype.EncodePlan.
func (idPlan) Encode(value any, buf []byte) ([]byte, error) {
	b, err := value.(encoding.BinaryMarshaler).MarshalBinary()
	return append(buf, b...), err
}

// asOne passes ids as one argument, for "= any(?)": one statement for any number
// of them, which PostgreSQL plans once.
func asOne[K any](ids []domain.ID[K]) idList[K] { return ids }

type idList[K any] []domain.ID[K]

// Dimensions, Index and IndexType implement pgtype.ArrayGetter, by which pgx writes
// the bytes of the ids; without them it would try the text of Value first.
func (l idList[K]) Dimensions() []pgtype.ArrayDimension {
	return []pgtype.ArrayDimension{{Length: int32(len(l)), LowerBound: 1}}
}

// Index implements pgtype.ArrayGetter.
func (l idList[K]) Index(i int) any { return l[i] }

// IndexType implements pgtype.ArrayGetter.
func (l idList[K]) IndexType() any { return domain.ID[K]{} }

// Value implements driver.Valuer, by which GORM knows that it is one argument.
func (l idList[K]) Value() (driver.Value, error) {
	b := make([]byte, 0, 2+37*len(l))
	b = append(b, '{')
	for i, id := range l {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, id.String()...)
	}
	return string(append(b, '}')), nil
}
