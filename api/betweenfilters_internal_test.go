package api

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yhdyspinta/domain"
)

// filtersWithoutPage are the words of filters that no page offers: programs alone ask by them.
var filtersWithoutPage = []string{"changesAsked", "from", "to", "fromForumId", "toForumId", "listReferrals:listed", "listReferrals:overdue",
	"listReservations:withdrawn", "placed", "unended", "validOn:any"}

// A filter is called the same where days are compared and in files as on the page that has it,
// in each language: its words are a message of the site, alone or before a day.
func TestFiltersAreCalledAsOnThePages(t *testing.T) {
	t.Parallel()
	messages := map[domain.Lang]string{}
	for _, lang := range domain.Langs {
		files, err := filepath.Glob("../frontend/src/i18n/" + string(lang) + "/*.ts")
		if err != nil || len(files) < 20 {
			t.Fatal(len(files), err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			messages[lang] += string(b)
		}
	}
	without := map[string]bool{}
	for _, key := range filtersWithoutPage {
		without[key] = true
	}
	for _, words := range []map[string]domain.Text{filterHeads, filterValues} {
		for key, text := range words {
			said := 0
			for _, lang := range domain.Langs {
				word := text.Of(lang)
				if strings.Contains(messages[lang], "'"+word+"'") || strings.Contains(messages[lang], "`"+word+" ${") {
					said++
				} else if !without[key] {
					t.Errorf("no page says %q of %s in %s", word, key, lang)
				}
			}
			if without[key] && said == len(domain.Langs) {
				t.Errorf("%s is on a page now", key)
			}
			delete(without, key)
		}
	}
	for key := range without {
		t.Errorf("%s is no filter", key)
	}
}
