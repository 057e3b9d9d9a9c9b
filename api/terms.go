package api

import "yhdyspinta/domain"

// TermParams narrow a read model by what sorts things.
type TermParams struct {
	Theme       []string `query:"themeId,explode" maxItems:"50" doc:"Goals and chains of these themes, and actions for such goals; none: of no theme"`
	TargetGroup []string `query:"targetGroupId,explode" maxItems:"50" doc:"For one of these target groups; none: for no group"`
	District    []string `query:"districtId,explode" maxItems:"50" doc:"In one of these districts; none: in no named district"`
	Tag         []string `query:"tagId,explode" maxItems:"50" doc:"With one of these tags; none: without tags"`
}

const termsDescription = "Stages and hand-overs have the theme and tags of their chain. What has no such terms at all, as a chain has no districts, counts as having none. "

func (p TermParams) terms(f *domain.TermFilter) error {
	return firstError(idFilter(&f.Themes, "themeId", p.Theme), idFilter(&f.TargetGroups, "targetGroupId", p.TargetGroup),
		idFilter(&f.Districts, "districtId", p.District), idFilter(&f.Tags, "tagId", p.Tag))
}
