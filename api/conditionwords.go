package api

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// The words for why a condition is what it is: the one place that has them. The
// site, files and whoever reads the API show the same.

// InWords is why a condition is what it is, in words: what is so, and what there
// is to say beside it, which may be nothing.
func InWords(x action.Explanation) (summary, detail domain.Text) {
	days := 0
	if x.Days != nil {
		days = *x.Days
	}
	fi, sv, en := countedDays(days, "päivä", "päivää"), countedDays(days, "dag", "dagar"), countedDays(days, "day", "days")
	onFI, onEN := finnishDay(x.On), englishDay(x.On) // Swedish writes dates as Finnish does
	said := func(fi, sv, en string) domain.Text { return domain.Text{FI: fi, SV: sv, EN: en} }
	lateBy := said("Myöhässä "+fi+".", "Försenad "+sv+".", "Late by "+en+".")
	if x.Task != nil {
		step := stepWords[x.Task.Kind]
		name := func(lang domain.Lang) string { s, _ := x.Task.Title.In(lang); return s }
		was, are, is := "oli", "var", "was"
		if summary = lateBy; x.Code != string(x.Task.Kind)+"_late" {
			was, are, is = "on", "är", "is"
			if summary = said(step.of.FI+" määräaikaan on "+fi+".", sv+" till "+step.of.SV+" tidsfrist.", step.a.EN+" is due in "+en+"."); days == 0 {
				summary = said(step.of.FI+" määräaika on tänään.", step.a.SV+" har tidsfrist i dag.", step.a.EN+" is due today.")
			}
		}
		return summary, said(
			fmt.Sprintf("%s ”%s” määräaika %s %s.", step.of.FI, name(domain.Finnish), was, onFI),
			fmt.Sprintf("Tidsfristen för %s ”%s” %s %s.", step.the.SV, name(domain.Swedish), are, onFI),
			fmt.Sprintf("The %s “%s” %s due on %s.", step.the.EN, name(domain.English), is, onEN))
	}
	switch x.Code {
	case "late":
		return lateBy, said("Määräaika oli "+onFI+".", "Tidsfristen var "+onFI+".", "It was due on "+onEN+".")
	case "stale":
		return said(fmt.Sprintf("Tietoa ei ole vahvistettu %d päivään.", days), fmt.Sprintf("Uppgiften har inte bekräftats på %s.", sv), "Not confirmed for "+en+"."),
			said(fmt.Sprintf("Raja on %s. Tilanne on voinut muuttua.", countedDays(x.Limit, "päivä", "päivää")),
				fmt.Sprintf("Gränsen är %s. Läget kan ha ändrats.", countedDays(x.Limit, "dag", "dagar")),
				fmt.Sprintf("The limit is %s. The situation may have changed.", countedDays(x.Limit, "day", "days")))
	case "due_soon":
		if days == 0 {
			return said("Määräaika on tänään.", "Tidsfristen är i dag.", "Due today."), domain.Text{}
		}
		return said("Määräaikaan on "+fi+".", sv+" till tidsfristen.", "Due in "+en+"."), said("Määräaika on "+onFI+".", "Tidsfristen är "+onFI+".", "It is due on "+onEN+".")
	case "on_time":
		return said("Ajallaan.", "I tid.", "On time."),
			said("Määräaika on "+onFI+", "+fi+" jäljellä.", "Tidsfristen är "+onFI+", "+sv+" kvar.", "Due on "+onEN+", "+en+" left.")
	case "no_due_date":
		return said("Käynnissä.", "Pågår.", "In progress."), said("Määräaikaa ei ole sovittu.", "Ingen tidsfrist har avtalats.", "No due date has been agreed.")
	case "not_started":
		return notStarted, said("Alkamispäivää ei ole sovittu.", "Inget startdatum har avtalats.", "No start date has been agreed.")
	case "starts_on":
		if x.Precision != domain.Day && x.Precision != "" {
			return notStarted, said("Alkaa viimeistään "+onFI+".", "Börjar senast "+onFI+".", "Starts by "+onEN+".")
		}
		return notStarted, said("Alkaa "+onFI+".", "Börjar "+onFI+".", "Starts on "+onEN+".")
	case "start_passed":
		return notStarted, said("Piti alkaa "+onFI+", siitä on "+fi+".", "Skulle ha börjat "+onFI+", för "+sv+" sedan.", "Was to start on "+onEN+", "+en+" ago.")
	case "paused":
		return said("Tauolla.", "Pausad.", "Paused."),
			said("Määräaika ei vaikuta kuntoon tauon aikana.", "Tidsfristen påverkar inte läget under pausen.", "The due date does not affect the condition during the pause.")
	case "done":
		return said("Valmis.", "Färdig.", "Done."), domain.Text{}
	case "merged":
		return said("Yhdistetty toiseen toimenpiteeseen.", "Sammanslagen med en annan åtgärd.", "Merged into another action."), domain.Text{}
	case "withdrawn":
		return said("Poistettu virheellisenä.", "Borttagen som felaktig.", "Withdrawn as made in error."), domain.Text{}
	case "superseded":
		return said("Korvattu toisella toimenpiteellä.", "Ersatt av en annan åtgärd.", "Superseded by another action."), domain.Text{}
	default:
		return said("Peruttu.", "Inställd.", "Cancelled."), domain.Text{}
	}
}

// RiskInWords is by which late action another one is at risk, in words.
func RiskInWords(r action.Risk) domain.Text {
	through := domain.Text{FI: "Vaarassa", SV: "I riskzonen", EN: "At risk"}
	if r.Steps > 1 {
		through = domain.Text{FI: fmt.Sprintf("Vaarassa toimenpiteen %d kautta", r.Via.No), SV: fmt.Sprintf("I riskzonen via åtgärd %d", r.Via.No), EN: fmt.Sprintf("At risk through action %d", r.Via.No)}
	}
	name := func(lang domain.Lang) string { s, _ := r.Title.In(lang); return s }
	on := finnishDay(r.LateOn)
	return domain.Text{
		FI: fmt.Sprintf("%s: toimenpide %d ”%s” on myöhässä, määräaika oli %s.", through.FI, r.No, name(domain.Finnish), on),
		SV: fmt.Sprintf("%s: åtgärd %d ”%s” är försenad, tidsfristen var %s.", through.SV, r.No, name(domain.Swedish), on),
		EN: fmt.Sprintf("%s: action %d “%s” is late, it was due on %s.", through.EN, r.No, name(domain.English), englishDay(r.LateOn))}
}

var notStarted = domain.Text{FI: "Ei alkanut.", SV: "Inte påbörjad.", EN: "Not started."}

// stepWords names tasks and milestones in the forms that the sentences need.
var stepWords = map[action.TaskKind]struct{ of, a, the domain.Text }{
	action.KindTask:      {of: domain.Text{FI: "Osatehtävän", SV: "en deluppgifts"}, a: domain.Text{SV: "En deluppgift", EN: "A task"}, the: domain.Text{SV: "deluppgiften", EN: "task"}},
	action.KindMilestone: {of: domain.Text{FI: "Virstanpylvään", SV: "en milstolpes"}, a: domain.Text{SV: "En milstolpe", EN: "A milestone"}, the: domain.Text{SV: "milstolpen", EN: "milestone"}},
}

func countedDays(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// finnishDay is a day as Finnish and Swedish write it, englishDay as English does.
func finnishDay(d domain.Date) string { return dayAs(d, "2.1.2006") }
func englishDay(d domain.Date) string { return dayAs(d, "2 January 2006") }

func dayAs(d domain.Date, layout string) string {
	t, err := time.Parse(time.DateOnly, d.String())
	if err != nil {
		return ""
	}
	return t.Format(layout)
}
