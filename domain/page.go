package domain

// MaxPage is the largest number of items in one page of a list.
const MaxPage = 200

// PageRequest asks for one page of a list. The zero value asks for the first
// 50 items in the list's own order.
type PageRequest struct {
	Limit  int    // 1 to MaxPage; 0 means 50
	Cursor string // opaque, from the page before; "" for the first page
	Sort   string // comma-separated keys, "-" before a key for descending; "" for the list's own order
	Count  bool   // also count all items that match: costs a second query
}

// Size is the number of items asked for.
func (p PageRequest) Size() int {
	if p.Limit <= 0 {
		return 50
	}
	return min(p.Limit, MaxPage)
}

// Page is one page of a list in a total order.
type Page[T any] struct {
	Items      []T
	NextCursor string // "" on the last page
	Total      *int   // only when asked for
}

// EachPage hands every page of a list to yield, in the list's order: what a file
// of the whole list is made of. list is called within one unit of work, so that
// all pages are of one moment.
func EachPage[T any](sort string, list func(PageRequest) (Page[T], error), yield func([]T) error) error {
	req := PageRequest{Limit: MaxPage, Sort: sort}
	for {
		page, err := list(req)
		if err != nil {
			return err
		}
		if err := yield(page.Items); err != nil || page.NextCursor == "" {
			return err
		}
		req.Cursor = page.NextCursor
	}
}

// AnyOf is a filter on one field: repeated values are OR, and None also (or
// only) matches the empty field. The zero value filters nothing.
type AnyOf[T any] struct {
	Values []T
	None   bool
}

// IsZero reports whether the filter lets everything through.
func (f AnyOf[T]) IsZero() bool { return len(f.Values) == 0 && !f.None }
