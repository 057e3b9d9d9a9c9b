package demodata

// readLater checks the sections of later features for their shape: what their
// things are called and what they refer to. The rest of them is not read.
func (d *Dataset) readLater(a at) {
	o := a.object()
	for _, s := range laterSections {
		section := o.opt(s.name)
		if !section.present() {
			continue
		}
		var things []at
		if s.list {
			things = section.list()
		} else {
			for _, e := range section.things(s.name) {
				things = append(things, e.at)
			}
		}
		for _, t := range things {
			s.check(t.object())
		}
		d.Later = append(d.Later, Later{s.name, len(things)})
	}
	o.close()
}

// laterSections are the sections that later features will read. Keys that are
// not checked here may hold anything.
var laterSections = []struct {
	name  string
	list  bool // a plain list instead of things under keys
	check func(*object)
}{
	{name: "municipalities_of_luvn", list: true, check: func(o *object) {
		o.need("code").str()
		o.need("fi").str()
		o.need("sv").str()
	}},
	{name: "indicators", check: func(o *object) {
		o.need("title").title()
		o.need("goals").refList(kindGoal)
	}},
	{name: "challenges", check: func(o *object) {
		o.need("title").title()
		o.need("description").prose()
		o.need("owner").ref(kindPost)
		o.need("handovers").refList(kindHandover)
		o.need("actions").refList(kindAction)
		o.need("review_on").date()
	}},
	{name: "participation", check: func(o *object) {
		o.need("title").title()
		o.need("role").ref(kindPost)
		o.need("goal").ref(kindGoal)
		o.need("actions").refList(kindAction)
		o.need("target_groups").refList(kindTargetGroup)
		o.need("date").date()
	}},
	{name: "reports", check: func(o *object) {
		o.need("title").title()
		o.opt("legal_bases").refList(kindLegalBasis)
	}},
}
