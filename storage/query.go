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
				columns = scannedColumns(fields, result.FieldDescriptions(), types)
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
	if strings.Contains(text, "@") || strings.Count(text, "?") != len(args) || slices.ContainsFunc(args, func(arg any) bool { return !isValue(arg) }) {
		statement := tx.Raw(text, args...).Statement
		return statement.SQL.String(), statement.Vars
	}
	var out strings.Builder
	out.Grow(len(text) + 2*len(args))
	for i := range args {
		before, after, _ := strings.Cut(text, "?")
		out.WriteString(before)
		out.WriteByte('$')
		out.WriteString(strconv.Itoa(i + 1))
		text = after
	}
	out.WriteString(text)
	return out.String(), args
}

// isValue reports whether GORM passes an argument on as it is.
func isValue(arg any) bool {
	switch arg.(type) {
	case gorm.Valuer, clause.Interface, clause.Expression, clause.Column, clause.Table, sql.NamedArg, map[string]any, *gorm.DB, []any:
		return false
	case driver.Valuer, nil:
		return true
	}
	switch reflect.TypeOf(arg).Kind() {
	case reflect.Bool, reflect.String, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return true
	}
	_, isTime := arg.(time.Time)
	return isTime
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

// rowFields are the fields of a row by the names of their columns.
type rowFields map[string]*rowField

var knownRowFields sync.Map // rowFields by the reflect.Type of their row

func fieldsOf[R any]() (rowFields, error) {
	row := reflect.TypeFor[R]()
	if known, ok := knownRowFields.Load(row); ok {
		return known.(rowFields), nil
	}
	table, err := schema.Parse(new(R), &sync.Map{}, naming)
	if err != nil {
		return nil, fmt.Errorf("read the fields of %s: %w", row, err)
	}
	fields := rowFields{}
	for name, f := range table.FieldsByDBName {
		fields[name] = &rowField{name, f.StructField.Index, reflect.New(row.FieldByIndex(f.StructField.Index).Type).Interface()}
	}
	knownRowFields.Store(row, fields)
	return fields, nil
}

func scannedColumns(fields rowFields, result []pgconn.FieldDescription, types *pgtype.Map) []scanned {
	columns := make([]scanned, 0, len(result))
	for i, c := range result {
		if field := fields[c.Name]; field != nil {
			columns = append(columns, scanned{field, i, types.PlanScan(c.DataTypeOID, c.Format, field.target)})
		}
	}
	return columns
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
