package domain

import "strings"

// SecrecyGround is a ground on which a public authority keeps something secret:
// a paragraph of section 24(1) of the Act on the Openness of Government
// Activities (621/1999).
type SecrecyGround struct {
	Key      string // permanent name
	Citation Text   // the provision, short
	Matter   Text   // what is secret by it, shortened from the words of the act
}

// Ground is what is written as the ground of a thing: the provision and what is
// secret by it.
func (g SecrecyGround) Ground() Text {
	return Text{FI: g.Citation.FI + ": " + g.Matter.FI, SV: g.Citation.SV + ": " + g.Matter.SV, EN: g.Citation.EN + ": " + g.Matter.EN}
}

// SecrecyGrounds are the grounds that the service offers, in the order of the
// act: those that cooperation in wellbeing and health meets. They are no
// limit, any other ground can be written. That something is unfinished
// (sections 6, 7 and 9) is no ground for secrecy and therefore not among them.
//
// What is chosen is kept as its words, so a paragraph that the act loses is
// taken off the list and stays where it was named.
var SecrecyGrounds = []SecrecyGround{
	openness("7", Text{"henkilöiden, rakennusten tai tietojärjestelmien turvajärjestelyt", "säkerhetsarrangemang för personer, byggnader eller informationssystem", "security arrangements for people, buildings or information systems"}),
	openness("8", Text{"varautuminen onnettomuuksiin tai poikkeusoloihin", "beredskap för olyckor eller undantagsförhållanden", "preparedness for accidents or emergency conditions"}),
	openness("17", Text{"julkisyhteisön liikesalaisuus", "ett offentligt samfunds företagshemlighet", "trade secret of a public body"}),
	openness("19", Text{"julkisyhteisön valmistautuminen oikeudenkäyntiin", "ett offentligt samfunds förberedelser inför en rättegång", "preparation of a public body for a trial"}),
	openness("20", Text{"yksityinen liikesalaisuus", "en enskilds företagshemlighet", "private trade secret"}),
	openness("23", Text{"henkilön tulot, varallisuus tai taloudellinen asema", "en persons inkomster, förmögenhet eller ekonomiska ställning", "a person's income, assets or financial position"}),
	openness("25", Text{"sosiaalihuollon asiakkuus, terveydentila tai vammaisuus", "klientskap inom socialvården, hälsotillstånd eller funktionsnedsättning", "being a client of social welfare, state of health or disability"}),
	openness("29", Text{"psykologinen testi, soveltuvuuskoe tai arviointi työntekijän valintaa varten", "psykologiskt test, lämplighetsprov eller bedömning för valet av arbetstagare", "psychological or aptitude test, or assessment for selecting an employee"}),
	openness("30", Text{"oppilashuolto tai sanallinen arvio oppilaan henkilökohtaisista ominaisuuksista", "elevvård eller verbal bedömning av en elevs personliga egenskaper", "pupil welfare, or a written assessment of a pupil's personal qualities"}),
	openness("32", Text{"henkilön elintavat, perhe-elämä tai muut henkilökohtaiset olot", "en persons levnadsvanor, familjeliv eller andra personliga förhållanden", "a person's way of life, family life or other personal circumstances"}),
}

func openness(paragraph string, matter Text) SecrecyGround {
	return SecrecyGround{Key: "openness-24-1-" + paragraph, Matter: matter, Citation: Text{
		FI: "JulkL 24 § 1 mom. " + paragraph + " k",
		SV: "OffL 24 § 1 mom. " + paragraph + " p.",
		EN: "Openness Act, section 24(1)(" + paragraph + ")",
	}}
}

// GroundIn returns a ground in a language: one of SecrecyGrounds, whole or its
// citation alone, in whichever language it was written, else the words that
// were written.
func GroundIn(lang Lang, written string) string {
	said := strings.TrimSuffix(strings.TrimSpace(written), ".")
	for _, g := range SecrecyGrounds {
		for _, form := range []Text{g.Ground(), g.Citation} {
			for _, l := range Langs {
				if strings.EqualFold(strings.TrimSuffix(form.get(l), "."), said) {
					return form.get(lang)
				}
			}
		}
	}
	return written
}
