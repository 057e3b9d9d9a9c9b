package domain

import "testing"

func TestGroundsAreReadInEachLanguage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lang          Lang
		written, want string
	}{
		"chosen in Finnish, read in Swedish": {Swedish, "JulkL 24 § 1 mom. 23 k: henkilön tulot, varallisuus tai taloudellinen asema",
			"OffL 24 § 1 mom. 23 p.: en persons inkomster, förmögenhet eller ekonomiska ställning"},
		"chosen in Swedish, read in Finnish": {Finnish, "OffL 24 § 1 mom. 20 p.: en enskilds företagshemlighet", "JulkL 24 § 1 mom. 20 k: yksityinen liikesalaisuus"},
		"the provision alone":                {Swedish, "JulkL 24 § 1 mom. 25 k", "OffL 24 § 1 mom. 25 p."},
		"with a full stop and blanks":        {Swedish, " JulkL 24 § 1 mom. 25 k. ", "OffL 24 § 1 mom. 25 p."},
		"in English":                         {English, "OffL 24 § 1 mom. 25 p", "Openness Act, section 24(1)(25)"},
		"in its own language":                {Finnish, "JulkL 24 § 1 mom. 25 k", "JulkL 24 § 1 mom. 25 k"},
		"own words":                          {Swedish, "Asia on keskeneräinen", "Asia on keskeneräinen"},
		"own words beside a provision":       {Swedish, "JulkL 24 § 1 mom. 25 k, asiakkaan nimi", "JulkL 24 § 1 mom. 25 k, asiakkaan nimi"},
		"a paragraph that is not offered":    {Swedish, "JulkL 24 § 1 mom. 2 k", "JulkL 24 § 1 mom. 2 k"},
		"nothing":                            {Swedish, "", ""},
	} {
		if got := GroundIn(c.lang, c.written); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// Each ground is told in every language, fits the field, and is told apart from
// the others.
func TestOfferedGroundsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, g := range SecrecyGrounds {
		if seen[g.Key] {
			t.Errorf("%s is offered twice", g.Key)
		}
		seen[g.Key] = true
		for _, lang := range Langs {
			written := g.Ground().get(lang)
			if g.Citation.get(lang) == "" || g.Matter.get(lang) == "" {
				t.Errorf("%s says nothing in %s", g.Key, lang)
			}
			var v Violations
			CheckVisibility(&v, Internal, written)
			if err := v.Err(); err != nil {
				t.Errorf("%s cannot be written: %v", g.Key, err)
			}
			for _, other := range Langs {
				if got := GroundIn(other, written); got != g.Ground().get(other) {
					t.Errorf("%s: %q is read as %q in %s", g.Key, written, got, other)
				}
			}
		}
	}
}
