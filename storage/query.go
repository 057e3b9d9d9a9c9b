package storage

import (
	"database/sql/driver"
	"encoding"
	"fmt"
	"reflect"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
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
	statement := tx.Raw(sql, args...).Statement // has ? and lists written out as $1, $2
	text := statement.SQL.String()
	if tx.asOf {
		// A statement of its own: PostgreSQL plans one anew whenever the schemas that its
		// names are looked up in have changed since.
		text += "\n-- as of a day"
	}
	table, err := schema.Parse(new(R), &rowSchemas, naming)
	if err != nil {
		return fmt.Errorf("read the fields of %T: %w", *new(R), err)
	}
	read := func(result pgx.Rows, types *pgtype.Map) error {
		var columns []scanned
		var one R
		row := reflect.ValueOf(&one).Elem()
		for result.Next() {
			if columns == nil {
				columns = scannedColumns(table, reflect.TypeFor[R](), result.FieldDescriptions(), types)
			}
			one = *new(R)
			values := result.RawValues()
			for _, c := range columns {
				if values[c.at] == nil {
					continue
				}
				if err := c.plan.Scan(values[c.at], row.FieldByIndex(c.field).Addr().Interface()); err != nil {
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
		return tx.flow.gathering.ask(text, statement.Vars, read)
	}
	if tx.flow != nil && tx.flow.opening.takeOver() {
		q := &question{sql: text, args: statement.Vars, read: read}
		tx.sendWith([]string{beginReading}, []*question{q}, nil)
		return q.err
	}
	return tx.conn.Raw(func(driverConn any) error {
		conn := driverConn.(*stdlib.Conn).Conn()
		result, err := conn.Query(statement.Context, text, statement.Vars...)
		if err != nil {
			return err
		}
		defer result.Close()
		return read(result, conn.TypeMap())
	})
}

// naming is how fields are called in SQL.
var naming = schema.NamingStrategy{SingularTable: true}

var rowSchemas sync.Map // of query's structs, as schema.Parse keeps them

// scanned is a column of a result and the field that it goes to.
type scanned struct {
	name  string
	at    int // of the column
	field []int
	plan  pgtype.ScanPlan
}

func scannedColumns(table *schema.Schema, row reflect.Type, result []pgconn.FieldDescription, types *pgtype.Map) []scanned {
	columns := []scanned{}
	for i, c := range result {
		field := table.LookUpField(c.Name)
		if field == nil {
			continue
		}
		index := field.StructField.Index
		target := reflect.New(row.FieldByIndex(index).Type).Interface()
		columns = append(columns, scanned{c.Name, i, index, types.PlanScan(c.DataTypeOID, c.Format, target)})
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
