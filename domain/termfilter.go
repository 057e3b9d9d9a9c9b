package domain

// TermFilter narrows what a page shows by what sorts things. Values of one field
// are OR, different fields are AND. What has no such terms at all, as a chain has
// no districts, counts as having none.
type TermFilter struct {
	Themes       AnyOf[ThemeID]
	TargetGroups AnyOf[TargetGroupID]
	Districts    AnyOf[DistrictID]
	Tags         AnyOf[TagID]
	Plans        AnyOf[PlanID] // goals of these plans, and actions for such goals; nothing else is of a plan
}

// IsZero reports whether everything passes.
func (f TermFilter) IsZero() bool { return f.Themes.IsZero() && f.Plans.IsZero() && !f.Own() }

// Own reports whether the filter asks for terms that a thing has by itself: any
// but a theme and a plan, which actions have by their goals.
func (f TermFilter) Own() bool {
	return !f.TargetGroups.IsZero() || !f.Districts.IsZero() || !f.Tags.IsZero()
}
