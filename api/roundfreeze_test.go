package api_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain/round"
)

// A round is frozen while words on its actions change all the time: the hash that is noted
// and logged is that of the bytes that are kept, for staff and for everybody, the two
// agree in what they share, and what is said afterwards is in neither.
func TestARoundIsFrozenWhileWordsChange(t *testing.T) {
	t.Parallel()
	e, f, _, _ := roundWorld(t)
	r := openRound(e, "espoo coordinator", roundInput(f, "vuosi-2026", "2027-01-15"))
	at(e, "2027-01-18 09:00")
	onRound(e, "luvn coordinator", "vuosi-2026", "completion", apitest.JSON{"note": apitest.JSON{"fi": "Kesken"}}).Want(200)
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for i, as := range []string{"espoo coordinator", "luvn coordinator"} {
		writers.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				a := apitest.As[api.Action](e.As(as).Get("/actions/1").Want(200))
				report(e, as, a, apitest.JSON{"status": "in_progress", "progress": 10 + i, "text": apitest.JSON{"fi": fmt.Sprint("Vaihe ", n), "sv": fmt.Sprint("Skede ", n)}})
			}
		})
	}
	res := onRound(e, "espoo coordinator", "vuosi-2026", "completion", apitest.JSON{"note": apitest.JSON{"fi": "Kesken"}})
	close(stop)
	writers.Wait()
	res.Want(200)
	report(e, "espoo coordinator", apitest.As[api.Action](e.As("auditor").Get("/actions/1").Want(200)), apitest.JSON{"status": "in_progress", "text": apitest.JSON{"fi": "Jälkikäteen", "sv": "Efteråt"}}).Want(200)

	read := map[string]round.Snapshot{}
	for _, as := range []string{"auditor", ""} {
		path := "/reporting-rounds/" + r.ID.String()
		bytes := e.As(as).Get(path + "/snapshot.json").Want(200).Bytes
		mark := apitest.As[api.RoundSnapshot](e.As(as).Get(path + "/snapshot").Want(200))
		sum := sha256.Sum256(bytes)
		if hex.EncodeToString(sum[:]) != mark.SHA256 || !mark.Intact || mark.Bytes != len(bytes) {
			t.Errorf("%q: the bytes hash to %x, noted is %s", as, sum, mark.SHA256)
		}
		var logged int
		e.QueryRow("select count(*) from audit_value where changes::text like '%' || $1 || '%'", []any{mark.SHA256}, &logged)
		if logged != 1 {
			t.Errorf("%q: the log has the hash %d times", as, logged)
		}
		var s round.Snapshot
		if err := json.Unmarshal(bytes, &s); err != nil {
			t.Fatal(err)
		}
		read[as] = s
	}
	staff, open := read["auditor"].Public(), read[""]
	if string(staff.Content()) != string(open.Content()) {
		t.Errorf("the public version is another than what staff read without the internal:\n%s\n%s", staff.Content(), open.Content())
	}
}
