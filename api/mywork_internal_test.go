package api

import (
	"slices"
	"strconv"
	"testing"

	"yhdyspinta/domain"
)

// Own work that is asked for whole, as its file is, takes as many pages of a list as
// there are, and counts once; as it is on its page it takes one.
func TestOwnWorkTakesAllPages(t *testing.T) {
	t.Parallel()
	const there = 450
	for _, c := range []struct{ limit, want, pages int }{{20, 20, 1}, {200, 200, 1}, {201, 201, 2}, {there, there, 3}, {maxUnpaged, there, 3}} {
		pages, counts := 0, 0
		got, total, err := upTo(c.limit, counting("title"), func(req domain.PageRequest) (domain.Page[int], error) {
			pages++
			first, _ := strconv.Atoi(req.Cursor)
			page := domain.Page[int]{}
			for i := first; i < min(first+req.Size(), there); i++ {
				page.Items = append(page.Items, i)
			}
			if last := first + len(page.Items); last < there {
				page.NextCursor = strconv.Itoa(last)
			}
			if req.Count {
				n := there
				counts, page.Total = counts+1, &n
			}
			if req.Sort != "title" {
				t.Errorf("a page is asked for by %q", req.Sort)
			}
			return page, nil
		})
		if err != nil || len(got) != c.want || got[len(got)-1] != c.want-1 || !slices.IsSorted(got) || total != there || pages != c.pages || counts != 1 {
			t.Errorf("limit %d: %d things of %d in %d pages, counted %d times, %v", c.limit, len(got), total, pages, counts, err)
		}
	}
}
